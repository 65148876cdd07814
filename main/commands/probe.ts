import type { Command } from 'commander';
import type { ProbeResult } from '../contract/session.ts';
import { probeForeignDhcp } from '../engine/net/dhcp-probe.ts';
import { interruption } from './interruption.ts';
import { printable, printJson, printLine, printNote } from './output.ts';
import { formatTable } from './table.ts';

export function addProbeCommand(program: Command): void {
  program
    .command('probe')
    .description('other DHCP and ProxyDHCP servers on a network')
    .requiredOption('--interface <IF>', 'the network interface to ask on')
    .option('--json', 'print one JSON document')
    .action(async (options: { interface: string; json?: boolean }) => {
      using signal = interruption();
      if (options.json !== true) printNote(`Asking on ${options.interface} for DHCP servers …`);
      const result = await probeForeignDhcp(options.interface, signal);
      if (options.json === true) printJson(result);
      else for (const line of formatProbe(result)) printLine(line);
    });
}

/** What was found, then what follows. Everything in it comes from the network. */
export function formatProbe({ servers, reason }: ProbeResult): string[] {
  const rows = servers.map((server) => [
    server.address,
    server.kind === 'dhcp' ? 'DHCP' : 'ProxyDHCP',
    server.mac ?? '-',
    server.vendor ?? '-',
    server.offeredAddress ?? '-',
    server.bootFile ?? '-',
  ]);
  const table = formatTable(['SERVER', 'KIND', 'MAC', 'VENDOR', 'OFFERED', 'BOOT FILE'], rows);
  return [...(rows.length === 0 ? [] : table), printable(reason)];
}
