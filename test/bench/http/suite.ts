import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchLink } from '../bench-link.ts';
import { measureServer, stationRoom } from '../contestant-server.ts';
import { type BenchCase, type Contestant, OURS, type Sample } from '../measurement.ts';
import type { ServedFiles, ServedTestFile } from '../served-files.ts';

const MEBIBYTE = 1024 * 1024;

interface Shape {
  readonly title: string;
  readonly sizeBytes: number;
  readonly clients: number;
  readonly requestsPerClient: number;
  /** A range somewhere in the file, of so many bytes, as iPXE reads the blocks of a disk. */
  readonly rangeBytes?: number;
}

const large = (gibibytes: number): Shape[] => [
  { title: '1 client', sizeBytes: gibibytes * 1024 * MEBIBYTE, clients: 1, requestsPerClient: 1 },
  { title: '8 clients', sizeBytes: (gibibytes * 1024 * MEBIBYTE) / 4, clients: 8, requestsPerClient: 1 },
];
const quickShapes: Shape[] = [
  ...large(0.5),
  { title: '4 KiB files, 1 connection', sizeBytes: 4096, clients: 1, requestsPerClient: 2000 },
];
const fullShapes: Shape[] = [
  ...large(4),
  { title: '64 clients', sizeBytes: 64 * MEBIBYTE, clients: 64, requestsPerClient: 1 },
  { title: '4 KiB files, 1 connection', sizeBytes: 4096, clients: 1, requestsPerClient: 5000 },
  { title: '4 KiB files, 8 connections', sizeBytes: 4096, clients: 8, requestsPerClient: 2000 },
  {
    title: 'ranges of 64 KiB, 1 connection',
    sizeBytes: 64 * MEBIBYTE,
    clients: 1,
    requestsPerClient: 5000,
    rangeBytes: 65_536,
  },
];

/** HTTP against nginx as Debian sets it up (sendfile, a worker for each core, keep-alive), by curl. */
export async function httpCases(link: BenchLink, files: ServedFiles, quick: boolean): Promise<BenchCase[]> {
  const configuration = join(files.folder, 'nginx.conf');
  await writeFile(configuration, nginxConfiguration(files.folder));
  const servers = {
    [OURS]: stationRoom('http', files.folder),
    nginx: ['nginx', '-c', configuration],
  };
  const contestant = (name: string, command: readonly string[], shape: Shape): Contestant => ({
    name,
    run: async () => {
      const file = await files.file(shape.sizeBytes);
      const load = async (): Promise<number> => await fetchAll(link, file, shape);
      const { value: seconds, use } = await measureServer(link, command, { protocol: 'tcp', port: 80 }, load);
      return { sample: sampleOf(shape, seconds, use) };
    },
  });
  return (quick ? quickShapes : fullShapes).map((shape) => ({
    room: 'http',
    title:
      shape.sizeBytes > MEBIBYTE && shape.rangeBytes === undefined
        ? `${shape.title}, ${shape.sizeBytes / MEBIBYTE} MiB each`
        : shape.title,
    contestants: Object.entries(servers).map(([name, command]) => contestant(name, command, shape)),
  }));
}

function sampleOf(shape: Shape, seconds: number, use: { processorSeconds: number; peakMegabytes: number }): Sample {
  const requests = shape.clients * shape.requestsPerClient;
  const bytes = requests * (shape.rangeBytes ?? shape.sizeBytes);
  const { peakMegabytes, processorSeconds } = use;
  return shape.requestsPerClient > 1
    ? {
        requestsPerSecond: requests / seconds,
        processorMicrosecondsEach: (processorSeconds / requests) * 1e6,
        peakMegabytes,
      }
    : {
        megabytesPerSecond: bytes / seconds / 1e6,
        processorSecondsPerGigabyte: processorSeconds / (bytes / 1e9),
        peakMegabytes,
      };
}

/** A curl for each client, all at once; each must say that it got every byte. Resolves to seconds. */
async function fetchAll(link: BenchLink, file: ServedTestFile, shape: Shape): Promise<number> {
  const url = `http://${BenchLink.address}/${file.name}`;
  const requested = shape.requestsPerClient > 1 ? `${url}?[1-${shape.requestsPerClient}]` : url;
  const range = shape.rangeBytes === undefined ? [] : ['--range', `1048576-${1_048_576 + shape.rangeBytes - 1}`];
  const curl = ['curl', '--silent', '--show-error', '--fail', '--output', '/dev/null', ...range];
  const startedAtMs = performance.now();
  const outputs = await Promise.all(
    Array.from(
      { length: shape.clients },
      async () =>
        await link.clients.check([...curl, '--write-out', '%{size_download}\\n', requested], { timeoutMs: 120_000 }),
    ),
  );
  const seconds = (performance.now() - startedAtMs) / 1000;
  const expected = String(shape.rangeBytes ?? file.sizeBytes);
  const received = outputs.flatMap((output) => output.trim().split('\n'));
  if (received.length !== shape.clients * shape.requestsPerClient || received.some((size) => size !== expected)) {
    throw new Error('curl did not get every byte');
  }
  return seconds;
}

const nginxConfiguration = (folder: string): string => `
daemon off;
user root;
worker_processes auto;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx-error.log;
events { worker_connections 1024; }
http {
  sendfile on;
  tcp_nopush on;
  access_log off;
  keepalive_timeout 65;
  keepalive_requests 100000;
  default_type application/octet-stream;
  server { listen ${BenchLink.address}:80; root ${folder}; }
}
`;
