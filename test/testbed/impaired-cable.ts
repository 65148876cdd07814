import { openSync, read, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type * as Koffi from 'koffi';
import { z } from 'zod';

/**
 * A cable with faults: two taps whose frames this process carries from one to the other, losing, doubling and delaying
 * some of them. What `tc netem` does, for kernels that are built without it, and the same faults at every run.
 *
 * Run as `node impaired-cable.ts TAP TAP`. Says `ready`, then takes an impairment as a line of JSON at any time and
 * answers `impaired N`. The taps go when it ends.
 */

const percent = z.number().min(0).max(100).default(0);
const impairmentSchema = z.strictObject({
  lossPercent: percent,
  duplicatePercent: percent,
  /** So many frames are held back for `reorderDelayMs` while those behind them overtake. */
  reorderPercent: percent,
  reorderDelayMs: z.number().positive().default(3),
  /** Latency of every frame, one way. */
  delayMs: z.number().nonnegative().default(0),
  /** Which frames it is for, as seen from the first tap: `netem` at one end of a cable spoils one direction only. */
  direction: z.enum(['both', 'to-second', 'to-first']).default('both'),
});
export type Impairment = z.input<typeof impairmentSchema>;

const TUNSETIFF = 0x400454ca;
const IFF_TAP = 0x0002;
const IFF_NO_PI = 0x1000;
const IFREQ_BYTES = 40;
const IFREQ_NAME_BYTES = 16;
const MAX_FRAME_BYTES = 65_536;

function openTap(name: string): number {
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi.default;
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int fd, unsigned long request, void *argument)');
  const fd = openSync('/dev/net/tun', 'r+');
  const request = Buffer.alloc(IFREQ_BYTES);
  request.write(name, 0, 'latin1');
  request.writeUInt16LE(IFF_TAP | IFF_NO_PI, IFREQ_NAME_BYTES);
  if (ioctl(fd, TUNSETIFF, request) !== 0) throw new Error(`TUNSETIFF ${name}: errno ${koffi.errno()}`);
  return fd;
}

/** Mulberry32: chance that is the same at every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const flawless = impairmentSchema.parse({});
let impairment = flawless;

function carry(from: number, to: number, direction: 'to-first' | 'to-second', seed: number): void {
  const next = chance(seed);
  const hits = (likelihood: number): boolean => likelihood > 0 && next() * 100 < likelihood;
  const buffer = Buffer.alloc(MAX_FRAME_BYTES);

  const put = (frame: Buffer): void => {
    try {
      writeSync(to, frame);
    } catch {
      // EIO: the interface at that end is down, and so is the cable.
    }
  };
  const send = (frame: Buffer, delayMs: number): void => {
    if (delayMs === 0) put(frame);
    else setTimeout(put, delayMs, Buffer.from(frame));
  };
  const receive = (): void => {
    read(from, buffer, 0, buffer.length, null, (error, length) => {
      if (error !== null) {
        // EBADFD while the interface moves into its namespace.
        setTimeout(receive, 10);
        return;
      }
      const isSpoiled = impairment.direction === 'both' || impairment.direction === direction;
      const { lossPercent, duplicatePercent, reorderPercent, reorderDelayMs, delayMs } = isSpoiled
        ? impairment
        : flawless;
      const frame = buffer.subarray(0, length);
      if (!hits(lossPercent)) {
        send(frame, hits(reorderPercent) ? delayMs + reorderDelayMs : delayMs);
        if (hits(duplicatePercent)) send(frame, delayMs);
      }
      receive();
    });
  };
  receive();
}

if (import.meta.main) {
  const [first, second] = process.argv.slice(2).map(openTap);
  if (first === undefined || second === undefined) throw new Error('Two tap names are needed');
  carry(first, second, 'to-second', 1);
  carry(second, first, 'to-first', 2);

  process.stdout.write('ready\n');

  let count = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    impairment = impairmentSchema.parse(JSON.parse(line));
    process.stdout.write(`impaired ${++count}\n`);
  }
  process.exit(0);
}
