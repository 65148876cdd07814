import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchLink } from '../bench-link.ts';
import { measureServer, stationRoom } from '../contestant-server.ts';
import { type BenchCase, type Contestant, OURS } from '../measurement.ts';
import type { ServedFiles } from '../served-files.ts';
import { parsePerfdhcpReport } from './perfdhcp-report.ts';

const POOL = { first: '10.78.16.0', last: '10.78.47.255' };
// Seen in its log as "DHCPNAK … address in use"; perfdhcp does not start again as a machine would.
const DNSMASQ_NOTE = 'offers an address to several machines and refuses all but one';

/** perfdhcp plays so many, in turn. */
const MACHINES = 2000;
const EXIT_WAIT_MICROSECONDS = 1_000_000;

/** DHCP against dnsmasq and Kea, with their lease files and without, by perfdhcp at several rates. */
export function dhcpCases(link: BenchLink, files: ServedFiles, quick: boolean): BenchCase[] {
  const seconds = quick ? 2 : 4;
  const contestant = (name: string, command: ServerCommand, ratePerSecond: number): Contestant => ({
    name,
    run: async () => {
      // Leases of an earlier run would make this one's requests renewals.
      const folder = await mkdtemp(join(files.folder, 'dhcp-'));
      try {
        const load = async (): Promise<string> => {
          const words = `perfdhcp -4 -l ${BenchLink.clientInterface} -r ${ratePerSecond} -R ${MACHINES} -p ${seconds}`;
          // Its exit code says that packets were lost, which is a result here.
          const { stdout, stderr } = await link.clients.run(`${words} -W ${EXIT_WAIT_MICROSECONDS}`.split(' '));
          return `${stdout}\n${stderr}`;
        };
        const listening = { protocol: 'udp', port: 67 } as const;
        const { value, use } = await measureServer(link, await command(folder), listening, load);
        const { exchanges, ...report } = parsePerfdhcpReport(value);
        const processorMicrosecondsEach = (use.processorSeconds / Math.max(1, exchanges)) * 1e6;
        // Not perfdhcp's own rate, which counts the time that it waits for the last answers.
        const sample = { exchangesPerSecond: exchanges / seconds, ...report, processorMicrosecondsEach };
        const note = name.startsWith('dnsmasq') && report.unansweredPercent > 1 ? DNSMASQ_NOTE : undefined;
        return { sample: { ...sample, peakMegabytes: use.peakMegabytes }, note };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  });

  const rates = quick ? [1000] : [200, 1000, 4000];
  const chosen = Object.entries(servers).filter(([name]) => !quick || !name.endsWith(WITHOUT_LEASES));
  return rates.map((rate) => ({
    room: 'dhcp',
    title: `${rate} exchanges/s asked`,
    contestants: chosen.map(([name, command]) => contestant(name, command, rate)),
  }));
}

/** The command of a server that keeps its state in a folder. */
type ServerCommand = (folder: string) => Promise<readonly string[]>;

// Ours does not ping an address before it offers it either.
const dnsmasq = (...words: readonly string[]): readonly string[] => [
  'dnsmasq',
  '--keep-in-foreground',
  '--conf-file=/dev/null',
  '--port=0',
  '--user=root',
  '--bind-interfaces',
  `--interface=${BenchLink.serverInterface}`,
  `--dhcp-range=${POOL.first},${POOL.last},1h`,
  '--dhcp-lease-max=8192',
  '--dhcp-authoritative',
  '--no-ping',
  '--quiet-dhcp',
  // Else it waits for a system log, which a namespace need not have.
  '--log-facility=/dev/null',
  ...words,
];

const kea =
  (persist: boolean): ServerCommand =>
  async (folder) => {
    const configuration = join(folder, 'kea-dhcp4.json');
    await writeFile(configuration, JSON.stringify(keaConfiguration(folder, persist)));
    return ['env', `KEA_PIDFILE_DIR=${folder}`, `KEA_LOCKFILE_DIR=${folder}`, 'kea-dhcp4', '-c', configuration];
  };

const keaConfiguration = (folder: string, persist: boolean): unknown => ({
  Dhcp4: {
    'interfaces-config': { interfaces: [BenchLink.serverInterface], 'dhcp-socket-type': 'raw' },
    'lease-database': { type: 'memfile', persist, name: join(folder, 'leases'), 'lfc-interval': 0 },
    'valid-lifetime': 3600,
    subnet4: [{ id: 1, subnet: '10.78.0.0/16', pools: [{ pool: `${POOL.first} - ${POOL.last}` }] }],
    loggers: [{ name: 'kea-dhcp4', severity: 'ERROR', output_options: [{ output: 'stdout' }] }],
  },
});

const WITHOUT_LEASES = ', no lease file';

const servers: Readonly<Record<string, ServerCommand>> = {
  [OURS]: (folder) => Promise.resolve(stationRoom('dhcp', folder)),
  dnsmasq: (folder) => Promise.resolve(dnsmasq(`--dhcp-leasefile=${join(folder, 'leases')}`)),
  [`dnsmasq${WITHOUT_LEASES}`]: () => Promise.resolve(dnsmasq('--leasefile-ro')),
  Kea: kea(true),
  [`Kea${WITHOUT_LEASES}`]: kea(false),
};
