import { type ListedMachine, type MachineList, mostListedMachines } from '../../contract/machines.ts';
import { serialKey, uuidKey } from '../clients/smbios-identity.ts';
import { type BrokenLine, readDelimitedText } from './delimited-text.ts';
import { type Column, type KnownColumn, readColumns } from './machine-columns.ts';
import {
  hostNamePattern,
  InvalidCell,
  readAddress,
  readHostName,
  readMacs,
  readName,
  readSerial,
  readUuid,
} from './machine-fields.ts';

/**
 * A list of machines out of a spreadsheet's text: one line each, told apart by MAC, serial or UUID. A line that is broken, or says what
 * another line said, is left out and named; the others are used. Pure.
 */

const MOST_TOLD_PROBLEMS = 100;
/** Values of a person's own beyond this are cut: they go into answer files, not into books. */
const LONGEST_VALUE = 1_000;

export function readMachineList(text: string): MachineList {
  const { rows, broken } = readDelimitedText(text, mostListedMachines + 1);
  const [header, ...body] = rows;
  if (header === undefined) return listOf([], [], [{ line: 1, reason: 'the list is empty' }, ...broken]);
  const { byIndex, problems } = readColumns(header.cells);
  const hasIdentity = byIndex.some((column) => column !== undefined && identifying.has(column.known));
  if (!hasIdentity) {
    const reason = 'no column is headed "MAC", "serial" or "UUID": nothing tells which machine a line is about';
    return listOf(byIndex, [], [{ line: header.line, reason }]);
  }
  const lines: BrokenLine[] = [...broken, ...problems.map((reason) => ({ line: header.line, reason }))];
  const seen = new SeenMachines();
  const machines: ListedMachine[] = [];
  for (const { line, cells } of body) {
    const machine = machineOf(line, cells, byIndex);
    const reason = typeof machine === 'string' ? machine : seen.conflictOf(machine);
    if (typeof machine === 'string' || reason !== undefined) {
      lines.push({ line, reason: reason ?? '' });
      continue;
    }
    seen.add(machine);
    machines.push(machine);
  }
  return listOf(byIndex, machines, lines);
}

const identifying: ReadonlySet<KnownColumn | undefined> = new Set<KnownColumn>(['mac', 'serial', 'uuid']);

/** The machine, or why the line is none. */
function machineOf(
  line: number,
  cells: readonly string[],
  columns: readonly (Column | undefined)[],
): ListedMachine | string {
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '')) {
    return `it has ${cells.length} cells, and the heading ${columns.length}`;
  }
  const cellsOf = (known: KnownColumn): string[] =>
    columns.flatMap((column, index) => (column?.known === known ? [cells[index] ?? ''] : []));
  const cellOf = (known: KnownColumn): string => cellsOf(known)[0] ?? '';
  try {
    const macs = readMacs(cellsOf('mac').join(' '));
    const serial = readSerial(cellOf('serial'));
    const uuid = readUuid(cellOf('uuid'));
    if (macs.length === 0 && serial === undefined && uuid === undefined) return nothingToGoBy(cellOf);
    const name = readName(cellOf('name'));
    const host = readHostName(cellOf('hostName')) ?? (hostNamePattern.test(name ?? '') ? name : undefined);
    const address = readAddress(cellOf('address'));
    return {
      line,
      macs,
      ...(serial === undefined ? {} : { serial }),
      ...(uuid === undefined ? {} : { uuid }),
      ...(name === undefined && host === undefined ? {} : { name: name ?? host }),
      ...(host === undefined ? {} : { hostName: host }),
      ...(address === undefined ? {} : { address }),
      values: ownValues(cells, columns),
    };
  } catch (error) {
    if (error instanceof InvalidCell) return error.message;
    throw error;
  }
}

function nothingToGoBy(cellOf: (known: KnownColumn) => string): string {
  const given = [cellOf('serial'), cellOf('uuid')].find((cell) => cell !== '');
  if (given === undefined) return 'it has neither MAC nor serial nor UUID';
  return `many machines have the identity "${given.slice(0, 40)}", and it has no other`;
}

const ownValues = (cells: readonly string[], columns: readonly (Column | undefined)[]): Record<string, string> =>
  Object.fromEntries(
    columns.flatMap((column, index) => {
      const cell = cells[index] ?? '';
      return column === undefined || column.known !== undefined || cell === ''
        ? []
        : [[column.name, cell.slice(0, LONGEST_VALUE)]];
    }),
  );

/** Two lines about one machine, or two machines with one address: the first line counts. */
class SeenMachines {
  readonly #lineOf = new Map<string, number>();
  /** Adapters of lines that have neither serial nor UUID: nobody else may have them. */
  readonly #bareMacs = new Map<string, number>();

  conflictOf(machine: ListedMachine): string | undefined {
    for (const [key, words] of keysOf(machine)) {
      const line = this.#lineOf.get(key);
      if (line !== undefined) return `${words} stands in line ${line} already`;
    }
    const isBare = isBareOf(machine);
    for (const mac of machine.macs) {
      // One USB adapter may serve many machines, as long as something else tells them apart.
      const line = this.#bareMacs.get(mac) ?? (isBare ? this.#lineOf.get(`mac ${mac}`) : undefined);
      if (line !== undefined) return `${mac} stands in line ${line} already`;
    }
    return undefined;
  }

  add(machine: ListedMachine): void {
    for (const [key] of keysOf(machine)) this.#lineOf.set(key, machine.line);
    for (const mac of machine.macs) {
      if (!this.#lineOf.has(`mac ${mac}`)) this.#lineOf.set(`mac ${mac}`, machine.line);
      if (isBareOf(machine)) this.#bareMacs.set(mac, machine.line);
    }
  }
}

const isBareOf = ({ serial, uuid }: ListedMachine): boolean => serial === undefined && uuid === undefined;

function keysOf({ serial, uuid, address, hostName }: ListedMachine): [string, string][] {
  return [
    ...(serial === undefined ? [] : [[`serial ${serialKey(serial)}`, `the serial ${serial}`] as [string, string]]),
    ...(uuid === undefined ? [] : [[`uuid ${uuidKey(uuid)}`, `the UUID ${uuid}`] as [string, string]]),
    ...(address === undefined ? [] : [[`address ${address}`, `the address ${address}`] as [string, string]]),
    ...(hostName === undefined
      ? []
      : [[`host ${hostName.toLowerCase()}`, `the host name ${hostName}`] as [string, string]]),
  ];
}

function listOf(
  columns: readonly (Column | undefined)[],
  machines: readonly ListedMachine[],
  problems: readonly BrokenLine[],
): MachineList {
  const own = columns.flatMap((column) =>
    column === undefined || column.known !== undefined ? [] : [{ heading: column.heading, name: column.name }],
  );
  const sorted = problems.toSorted((a, b) => a.line - b.line);
  return {
    columns: own,
    machines: [...machines],
    problems: sorted.slice(0, MOST_TOLD_PROBLEMS),
    problemCount: sorted.length,
  };
}
