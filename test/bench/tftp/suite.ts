import { fileURLToPath } from 'node:url';
import { BenchLink } from '../bench-link.ts';
import { measureServer, stationRoom } from '../contestant-server.ts';
import { unpackedProgram } from '../debian-package.ts';
import type { BenchCase, Contestant, Sample } from '../measurement.ts';
import { OURS } from '../measurement.ts';
import type { ServedFiles } from '../served-files.ts';
import type { LoadRequest, LoadResult } from './load.ts';

const LOAD = fileURLToPath(new URL('load.ts', import.meta.url));
const MEBIBYTE = 1024 * 1024;

/** A round trip of a small LAN with a switch: 0.2 ms each way. */
const LAN_ROUND_TRIP_MICROSECONDS = 400;

interface Shape {
  readonly blockSizeBytes: number;
  readonly windowSize: number;
  readonly clients: number;
  readonly lan: boolean;
  /** Enough for a second or so. */
  readonly sizeBytes: number;
}

const shape = (
  blockSizeBytes: number,
  windowSize: number,
  clients: number,
  lan: boolean,
  mebibytes: number,
): Shape => ({
  blockSizeBytes,
  windowSize,
  clients,
  lan,
  sizeBytes: mebibytes * MEBIBYTE,
});

const quickShapes = [shape(1468, 1, 1, false, 32), shape(1468, 4, 1, true, 4), shape(1468, 1, 8, false, 8)];
const fullShapes = [
  shape(512, 1, 1, false, 16),
  shape(1468, 1, 1, false, 64),
  shape(1468, 4, 1, false, 64),
  shape(1468, 16, 1, false, 128),
  shape(1468, 1, 1, true, 4),
  shape(1468, 4, 1, true, 16),
  shape(1468, 16, 1, true, 32),
  shape(1468, 1, 8, false, 16),
  shape(1468, 4, 8, false, 16),
  shape(1468, 4, 32, true, 2),
];

/** TFTP against tftpd-hpa and dnsmasq, by our own client, which checks every byte. */
export async function tftpCases(link: BenchLink, files: ServedFiles, quick: boolean): Promise<BenchCase[]> {
  const inTftpd = await unpackedProgram('usr/sbin/in.tftpd', 'tftpd-hpa', 'libwrap0');
  const { address } = BenchLink;
  const servers = {
    [OURS]: stationRoom('tftp', files.folder),
    'tftpd-hpa': [...inTftpd, '--foreground', '--user', 'root', '--address', `${address}:69`, '--secure', files.folder],
    dnsmasq: [
      'dnsmasq',
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--port=0',
      '--user=root',
      '--bind-interfaces',
      `--listen-address=${address}`,
      '--enable-tftp',
      `--tftp-root=${files.folder}`,
      '--tftp-max=256',
    ],
  };

  const contestant = (name: string, command: readonly string[], shape: Shape): Contestant => ({
    name,
    run: async () => {
      const file = await files.file(shape.sizeBytes);
      const { blockSizeBytes, windowSize, clients } = shape;
      const byNetem = shape.lan && (await link.delay(LAN_ROUND_TRIP_MICROSECONDS / 2000));
      const roundTripMicroseconds = shape.lan && !byNetem ? LAN_ROUND_TRIP_MICROSECONDS : 0;
      const request: LoadRequest = { file: file.name, blockSizeBytes, windowSize, roundTripMicroseconds };
      const words = [process.execPath, LOAD, String(clients), JSON.stringify(request)];
      const load = async (): Promise<LoadResult> =>
        JSON.parse(await link.clients.check(words, { timeoutMs: 120_000 })) as LoadResult;
      try {
        const { value, use } = await measureServer(link, command, { protocol: 'udp', port: 69 }, load);
        for (const transfer of value.transfers) {
          if (transfer.bytes !== shape.sizeBytes || transfer.crc32 !== file.crc32) throw new Error('wrong bytes came');
        }
        const bytes = shape.sizeBytes * clients;
        const sample: Sample = {
          megabytesPerSecond: bytes / value.milliseconds / 1000,
          processorSecondsPerGigabyte: use.processorSeconds / (bytes / 1e9),
          peakMegabytes: use.peakMegabytes,
        };
        return { sample, note: noteOf(value, shape) };
      } finally {
        await link.plain();
      }
    },
  });

  return (quick ? quickShapes : fullShapes).map((shape) => ({
    room: 'tftp',
    title:
      `blksize ${shape.blockSizeBytes}, windowsize ${shape.windowSize}, ` +
      `${shape.clients === 1 ? '1 client' : `${shape.clients} clients`}, ${shape.lan ? 'LAN' : 'plain'}`,
    contestants: Object.entries(servers).map(([name, command]) => contestant(name, command, shape)),
  }));
}

function noteOf({ transfers }: LoadResult, asked: Shape): string | undefined {
  const notes = [];
  const [first] = transfers;
  if (first !== undefined && first.windowSize !== asked.windowSize)
    notes.push(`granted windowsize ${first.windowSize}`);
  if (first !== undefined && first.blockSizeBytes !== asked.blockSizeBytes) {
    notes.push(`granted blksize ${first.blockSizeBytes}`);
  }
  const timeouts = transfers.reduce((sum, transfer) => sum + transfer.timeouts, 0);
  if (timeouts > 0) notes.push(`${timeouts} timeouts`);
  return notes.length === 0 ? undefined : notes.join(', ');
}
