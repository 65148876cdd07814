import koffi from 'koffi';

/**
 * A UDP socket whose calls wait: a client in lock-step with its server spends its time in `receive`, and libuv's way
 * there and back would be measured with the server. One thread for each. Linux only.
 */

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVTIMEO = 20;
const PR_SET_TIMERSLACK = 29;

const library = koffi.load('libc.so.6');

type Call<Arguments extends unknown[]> = (...words: Arguments) => number;

const c = {
  socket: library.func('int socket(int, int, int)') as Call<[number, number, number]>,
  setsockopt: library.func('int setsockopt(int, int, int, const void *, uint32_t)') as Call<
    [number, number, number, Buffer, number]
  >,
  bind: library.func('int bind(int, const void *, uint32_t)') as Call<[number, Buffer, number]>,
  connect: library.func('int connect(int, const void *, uint32_t)') as Call<[number, Buffer, number]>,
  sendto: library.func('long sendto(int, const void *, size_t, int, const void *, uint32_t)') as Call<
    [number, Uint8Array, number, number, Buffer, number]
  >,
  send: library.func('long send(int, const void *, size_t, int)') as Call<[number, Uint8Array, number, number]>,
  recvfrom: library.func('long recvfrom(int, void *, size_t, int, void *, void *)') as Call<
    [number, Uint8Array, number, number, Buffer, Buffer]
  >,
  recv: library.func('long recv(int, void *, size_t, int)') as Call<[number, Uint8Array, number, number]>,
  usleep: library.func('int usleep(uint32_t)') as Call<[number]>,
  prctl: library.func('int prctl(int, ulong, ulong, ulong, ulong)') as Call<[number, number, number, number, number]>,
  close: library.func('int close(int)') as Call<[number]>,
};

const ADDRESS_BYTES = 16;

function socketAddress(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(ADDRESS_BYTES);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(address.split('.').map(Number), 4);
  return bytes;
}

function checked(call: string, result: number): number {
  if (result < 0) throw new Error(`${call}: ${koffi.os.errno[String(koffi.errno())] ?? `errno ${koffi.errno()}`}`);
  return result;
}

export class BlockingUdpSocket implements Disposable {
  readonly #fd: number;
  readonly #source = Buffer.alloc(ADDRESS_BYTES);

  constructor(localAddress: string, options: { receiveTimeoutMs: number; receiveBufferBytes: number }) {
    this.#fd = checked('socket', c.socket(AF_INET, SOCK_DGRAM, 0));
    const size = Buffer.alloc(4);
    size.writeInt32LE(options.receiveBufferBytes);
    checked('SO_RCVBUF', c.setsockopt(this.#fd, SOL_SOCKET, SO_RCVBUF, size, size.length));
    const timeout = Buffer.alloc(16);
    timeout.writeBigInt64LE(BigInt(Math.floor(options.receiveTimeoutMs / 1000)), 0);
    timeout.writeBigInt64LE(BigInt(options.receiveTimeoutMs % 1000) * 1000n, 8);
    checked('SO_RCVTIMEO', c.setsockopt(this.#fd, SOL_SOCKET, SO_RCVTIMEO, timeout, timeout.length));
    checked('bind', c.bind(this.#fd, socketAddress(localAddress, 0), ADDRESS_BYTES));
  }

  sendTo(bytes: Uint8Array, address: string, port: number): void {
    checked('sendto', c.sendto(this.#fd, bytes, bytes.length, 0, socketAddress(address, port), ADDRESS_BYTES));
  }

  /** Bytes of the next datagram, whose sender it hears alone from now on; undefined where none comes in time. */
  receiveAndConnect(into: Uint8Array): number | undefined {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(ADDRESS_BYTES);
    const bytes = c.recvfrom(this.#fd, into, into.length, 0, this.#source, length);
    if (bytes < 0) return undefined;
    checked('connect', c.connect(this.#fd, this.#source, ADDRESS_BYTES));
    return bytes;
  }

  send(bytes: Uint8Array): void {
    checked('send', c.send(this.#fd, bytes, bytes.length, 0));
  }

  receive(into: Uint8Array): number | undefined {
    const bytes = c.recv(this.#fd, into, into.length, 0);
    return bytes < 0 ? undefined : bytes;
  }

  [Symbol.dispose](): void {
    c.close(this.#fd);
  }
}

/** Waits as exactly as the kernel can, without spinning: the other core is the server's. */
export function sleepMicroseconds(microseconds: number): void {
  c.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  c.usleep(microseconds);
}
