import type { Command } from 'commander';
import type { NetworkInterface } from '../contract/network.ts';
import { listInterfaces } from '../engine/net/interfaces.ts';
import { printJson, printLine } from './output.ts';
import { formatTable } from './table.ts';

export function addInterfacesCommand(program: Command): void {
  program
    .command('interfaces')
    .description('the network interfaces, which are fit for use and why not')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const interfaces = await listInterfaces();
      if (options.json === true) printJson({ interfaces });
      else for (const line of formatInterfaces(interfaces)) printLine(line);
    });
}

export function formatInterfaces(interfaces: readonly NetworkInterface[]): string[] {
  return formatTable(
    ['INTERFACE', 'KIND', 'LINK', 'SPEED', 'MAC', 'ADDRESS', 'FIT FOR USE'],
    interfaces.map((one) => [
      one.name,
      one.kind,
      one.link,
      one.speedMbps === undefined ? '-' : formatSpeed(one.speedMbps),
      one.mac || '-',
      one.addresses.find(({ family }) => family === 'IPv4')?.address ?? '-',
      one.fit ? `yes${one.reason === undefined ? '' : ` (${one.reason})`}` : `no: ${one.reason ?? ''}`,
    ]),
  );
}

const formatSpeed = (megabitsPerSecond: number): string =>
  megabitsPerSecond >= 1000 ? `${megabitsPerSecond / 1000} Gbit/s` : `${megabitsPerSecond} Mbit/s`;
