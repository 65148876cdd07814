import { crc32 } from 'node:zlib';
import { BlockingUdpSocket, sleepMicroseconds } from './blocking-socket.ts';

/** A TFTP client (RFC 1350, 2347, 2348, 2349, 7440) that drives block size and window together, for the benchmark. */

export interface FetchOptions {
  readonly serverAddress: string;
  readonly localAddress: string;
  readonly file: string;
  readonly blockSizeBytes: number;
  readonly windowSize: number;
  /** Added before every acknowledgement, as a longer cable would: what a lock-step protocol suffers from. */
  readonly roundTripMicroseconds: number;
}

export interface FetchResult {
  readonly bytes: number;
  readonly crc32: number;
  readonly milliseconds: number;
  /** What the server granted. */
  readonly blockSizeBytes: number;
  readonly windowSize: number;
  /** Times that nothing came and the last acknowledgement was sent again. */
  readonly timeouts: number;
}

const PORT = 69;
const [RRQ, DATA, ACK, ERROR, OACK] = [1, 3, 4, 5, 6];
const TIMEOUT_MS = 1000;
const MAX_TIMEOUTS = 8;
const HEADER_BYTES = 4;

/** Fetches one file, waiting in system calls: for a thread of its own. */
export function fetchByTftp(options: FetchOptions): FetchResult {
  using socket = new BlockingUdpSocket(options.localAddress, {
    receiveTimeoutMs: TIMEOUT_MS,
    receiveBufferBytes: 4 * 1024 * 1024,
  });
  const startedAtMs = performance.now();
  const packet = Buffer.alloc(65_536);
  const request = readRequest(options);
  let timeouts = 0;
  const again = (): void => {
    timeouts += 1;
    if (timeouts > MAX_TIMEOUTS) throw new Error(`no answer of the server for ${timeouts} s`);
  };

  let length: number | undefined;
  while (length === undefined) {
    socket.sendTo(request, options.serverAddress, PORT);
    length = socket.receiveAndConnect(packet);
    if (length === undefined) again();
  }

  let granted = { blockSizeBytes: 512, windowSize: 1 };
  const ack = Buffer.from([0, ACK, 0, 0]);
  let block = 0;
  let sinceAck = 0;
  let bytes = 0;
  let checksum = 0;
  const acknowledge = (): void => {
    ack.writeUInt16BE(block & 0xffff, 2);
    if (options.roundTripMicroseconds > 0) sleepMicroseconds(options.roundTripMicroseconds);
    socket.send(ack);
    sinceAck = 0;
  };

  if (packet.readUInt16BE(0) === OACK) {
    granted = readOptions(packet.subarray(2, length));
    acknowledge();
    length = socket.receive(packet);
  }
  for (;;) {
    if (length === undefined) {
      again();
      acknowledge();
      length = socket.receive(packet);
      continue;
    }
    const opcode = packet.readUInt16BE(0);
    if (opcode === ERROR) throw new Error(`the server says: ${packet.toString('latin1', HEADER_BYTES, length - 1)}`);
    const isNext = opcode === DATA && packet.readUInt16BE(2) === ((block + 1) & 0xffff);
    if (isNext) {
      block += 1;
      sinceAck += 1;
      checksum = crc32(packet.subarray(HEADER_BYTES, length), checksum);
      bytes += length - HEADER_BYTES;
      const isLast = length - HEADER_BYTES < granted.blockSizeBytes;
      if (isLast || sinceAck === granted.windowSize) acknowledge();
      if (isLast) break;
    }
    length = socket.receive(packet);
  }
  return { bytes, crc32: checksum, milliseconds: performance.now() - startedAtMs, timeouts, ...granted };
}

function readRequest({ file, blockSizeBytes, windowSize }: FetchOptions): Buffer {
  const options = ['tsize', '0', 'blksize', String(blockSizeBytes)];
  if (windowSize > 1) options.push('windowsize', String(windowSize));
  return Buffer.concat([Buffer.from([0, RRQ]), Buffer.from([file, 'octet', ...options, ''].join('\0'), 'latin1')]);
}

function readOptions(bytes: Buffer): { blockSizeBytes: number; windowSize: number } {
  const fields = bytes.toString('latin1').toLowerCase().split('\0');
  const value = (name: string, otherwise: number): number => {
    const at = fields.indexOf(name);
    return at === -1 ? otherwise : Number(fields[at + 1]);
  };
  return { blockSizeBytes: value('blksize', 512), windowSize: value('windowsize', 1) };
}
