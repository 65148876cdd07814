import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../testbed/command.ts';
import { BenchLink } from './bench-link.ts';
import { TESTBED_FOLDER } from './debian-package.ts';
import { dhcpCases } from './dhcp/suite.ts';
import { httpCases } from './http/suite.ts';
import { inspectCases } from './inspect/suite.ts';
import { type BenchCase, type CaseResult, runInTurns } from './measurement.ts';
import { type BenchReport, toJson, toMarkdown } from './report.ts';
import { ServedFiles } from './served-files.ts';
import { tftpCases } from './tftp/suite.ts';

const USAGE = `npm run bench -- [--quick] [--only ROOM,…] [--repeats N] [--json FILE]

Measures the station beside the servers people know, on this machine, in network namespaces. Needs root on Linux and
the Debian packages dnsmasq-base nginx-light kea-dhcp4-server kea-admin xorriso p7zip-full libarchive-tools genisoimage
curl; tftpd-hpa is unpacked into .testbed/ by itself.

--quick        fewer cases and repeats, under three minutes
--only         of tftp, http, dhcp, inspect
--repeats      runs of every contestant in every case; 5 by default, 3 with --quick
--json FILE    where the results go, with a table beside it (FILE with .md); .testbed/bench.json by default`;

const rooms = ['tftp', 'http', 'dhcp', 'inspect'] as const;
type Room = (typeof rooms)[number];

/** Addresses of clients that fetch at once. */
const CLIENTS = 32;

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: rooms.join(',') },
    repeats: { type: 'string' },
    json: { type: 'string', default: join(TESTBED_FOLDER, 'bench.json') },
    help: { type: 'boolean', default: false },
  },
});
const chosen = flags.only.split(',').filter((name): name is Room => rooms.includes(name as Room));
const repeats = Number(flags.repeats ?? (flags.quick ? 3 : 5));

if (flags.help) {
  console.log(USAGE);
} else if (chosen.length !== flags.only.split(',').length || !(repeats >= 1)) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error('The benchmark makes network namespaces: run it on Linux as root.');
  process.exitCode = 1;
} else {
  await run();
}

async function run(): Promise<void> {
  const startedAt = new Date().toISOString();
  const load = loadavg()[0] ?? 0;
  const results: CaseResult[] = [];
  {
    await using files = await ServedFiles.open();
    await using link = await BenchLink.open(CLIENTS);
    const makers: Record<Room, () => BenchCase[] | Promise<BenchCase[]>> = {
      tftp: async () => await tftpCases(link, files, flags.quick),
      http: async () => await httpCases(link, files, flags.quick),
      dhcp: () => dhcpCases(link, files, flags.quick),
      inspect: inspectCases,
    };
    for (const room of chosen) {
      for (const benchCase of await makers[room]()) {
        const startedAtMs = performance.now();
        results.push(await runInTurns(benchCase, repeats, (line) => console.error(line)));
        console.error(`${room}: ${benchCase.title} (${((performance.now() - startedAtMs) / 1000).toFixed(1)} s)`);
      }
    }
  }
  const report: BenchReport = {
    startedAt,
    quick: flags.quick,
    repeats,
    machine: describeMachine(),
    peers: await peerVersions(),
    notes: notesOn(load),
    cases: results,
  };
  const jsonFile = resolve(flags.json);
  await mkdir(dirname(jsonFile), { recursive: true });
  await writeFile(jsonFile, toJson(report));
  const markdown = toMarkdown(report);
  await writeFile(jsonFile.replace(/(\.json)?$/, '.md'), markdown);
  console.log(markdown);
}

function notesOn(load: number): string[] {
  const notes = [
    'Clients and server share the machine; what the client costs is not in the server’s processor time.',
    '"LAN" adds a round trip of 0.4 ms: by netem where the kernel has it, else by the client, which waits before it ' +
      'acknowledges. Without either a round trip is some 10 µs.',
    'Processor time has a resolution of 10 ms; memory is the resident size of all processes of a server.',
    `Load of the machine before the start: ${load.toFixed(2)}.`,
  ];
  if (load > 0.5)
    notes.push('**Something else was running: these numbers are worth little, their ratios a bit more.**');
  return notes;
}

function describeMachine(): BenchReport['machine'] {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    kernel: release(),
    node: process.versions.node,
  };
}

async function peerVersions(): Promise<Record<string, string>> {
  const packages = ['tftpd-hpa', 'dnsmasq-base', 'nginx-light', 'kea-dhcp4-server', 'xorriso', 'p7zip-full'];
  const versions = await Promise.all(
    packages.map(async (name): Promise<[string, string]> => {
      const { stdout } = await runCommand(['apt-cache', 'policy', name]);
      const [, installed, candidate] = /Installed: (\S+)\s+Candidate: (\S+)/.exec(stdout) ?? [];
      return [name, (installed === '(none)' ? candidate : installed) ?? 'of unknown version'];
    }),
  );
  return Object.fromEntries(versions);
}
