import type { ListedMachine } from '../../contract/machines.ts';

/** A list of machines as CSV (RFC 4180), which `readMachineList` and every spreadsheet read again. Pure. */
export function writeMachineList(machines: readonly ListedMachine[]): string {
  const own = [...new Set(machines.flatMap(({ values }) => Object.keys(values)))];
  const lines = [
    ['mac', 'serial', 'uuid', 'name', 'hostname', 'address', ...own],
    ...machines.map(({ macs, serial, uuid, name, hostName, address, values }) => [
      macs.join(' '),
      serial,
      uuid,
      name,
      hostName,
      address,
      ...own.map((column) => (Object.hasOwn(values, column) ? values[column] : undefined)),
    ]),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** A spreadsheet would run a cell that begins like a formula; an apostrophe makes it text, and is what a person would type. */
function quoted(cell = ''): string {
  const safe = /^[=+@-]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
