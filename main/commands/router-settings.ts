import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import type { RouterSettings } from '../contract/session.ts';
import { firstLoader } from '../engine/boot/loader-rungs.ts';
import { routerSettings } from '../engine/dhcp/router-settings.ts';
import { parseIpv4 } from '../engine/net/ipv4.ts';
import { printJson, printLine } from './output.ts';

export function addRouterSettingsCommand(program: Command): void {
  program
    .command('router-settings')
    .description('what a DHCP server has to say where machines do not listen to this station beside it')
    .requiredOption('--address <IP>', 'the address that this station serves from')
    .option('--http-port <PORT>', 'the port of its HTTP server', '80')
    .option('--json', 'print one JSON document')
    .action((options: { address: string; httpPort: string; json?: boolean }) => {
      const settings = routerSettings(placesOf(options));
      if (options.json === true) printJson(settings);
      else for (const line of settings.flatMap(formatSettings)) printLine(line);
    });
}

function placesOf({ address, httpPort }: { address: string; httpPort: string }): Parameters<typeof routerSettings>[0] {
  const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });
  if (parseIpv4(address) === undefined) throw usage(`--address ${address} is not an address such as 192.168.77.1.`);
  if (!/^\d{1,5}$/.test(httpPort) || Number(httpPort) < 1 || Number(httpPort) > 65_535) {
    throw usage(`--http-port ${httpPort} is no port.`);
  }
  const port = Number(httpPort) === 80 ? '' : `:${Number(httpPort)}`;
  return { address, baseUrl: `http://${address}${port}`, loaderFor: firstLoader };
}

const titles: Readonly<Record<RouterSettings['server'], string>> = {
  dnsmasq: 'dnsmasq (most home and office routers)',
  dhcpd: 'ISC DHCP server',
  router: 'A router’s own page',
};

const formatSettings = ({ server, text }: RouterSettings): string[] => [
  `${titles[server]}:`,
  ...text.split('\n').map((line) => `  ${line}`),
  '',
];
