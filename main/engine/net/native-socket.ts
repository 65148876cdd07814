import { createRequire } from 'node:module';
import type Koffi from 'koffi';

/**
 * The few libc calls that Node does not offer: a socket tied to one network interface before it is bound.
 *
 * Node cannot tell on which interface a datagram came in, and a socket bound to a unicast address misses broadcasts
 * on Linux, so the only safe DHCP socket is 0.0.0.0 plus SO_BINDTODEVICE. Since Linux 5.7 the option
 * needs no privilege on a socket that has no device yet. The descriptor is handed to `dgram` by `bind({ fd })` and to
 * `net` by `listen({ fd })`; both take ownership of it.
 */

type LibC = {
  socket: (domain: number, type: number, protocol: number) => number;
  setsockopt: (fd: number, level: number, name: number, value: Buffer, length: number) => number;
  bind: (fd: number, address: Buffer, length: number) => number;
  listen: (fd: number, backlog: number) => number;
  close: (fd: number) => number;
  errno: () => number;
  errorName: (errno: number) => string;
};

const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_BROADCAST = 6;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_BINDTODEVICE = 25;

let libC: LibC | undefined;

function loadLibC(): LibC {
  if (libC !== undefined) return libC;
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
  const library = koffi.load('libc.so.6');
  libC = {
    socket: library.func('int socket(int domain, int type, int protocol)') as LibC['socket'],
    setsockopt: library.func(
      'int setsockopt(int fd, int level, int name, const void *value, uint32_t length)',
    ) as LibC['setsockopt'],
    bind: library.func('int bind(int fd, const void *address, uint32_t length)') as LibC['bind'],
    listen: library.func('int listen(int fd, int backlog)') as LibC['listen'],
    close: library.func('int close(int fd)') as LibC['close'],
    errno: () => koffi.errno(),
    errorName: (errno) =>
      Object.entries(koffi.os.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${errno}`,
  };
  return libC;
}

/** A failed libc call; `code` is the name of its errno ("EACCES"), as on Node's own errors. */
export class NativeSocketError extends Error {
  readonly code: string;
  readonly call: string;

  constructor(call: string, code: string) {
    super(`${call}: ${code}`);
    this.name = 'NativeSocketError';
    this.call = call;
    this.code = code;
  }
}

function socketAddress(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  address.split('.').forEach((part, index) => bytes.writeUInt8(Number(part), 4 + index));
  return bytes;
}

export interface NativeSocketOptions {
  readonly type: 'udp' | 'tcp';
  readonly interfaceName: string;
  readonly address: string;
  readonly port: number;
  readonly broadcast?: boolean;
  /** Share the port with sockets of other interfaces (libvirt's dnsmasq on virbr0, say). */
  readonly reuseAddress?: boolean;
  readonly receiveBufferBytes?: number;
  readonly sendBufferBytes?: number;
  readonly backlog?: number;
}

/** Whether nobody has the port in a way that conflicts with these options. Throws as `openNativeSocket` for other reasons. */
export function isPortFree(options: NativeSocketOptions): boolean {
  try {
    loadLibC().close(openNativeSocket(options));
    return true;
  } catch (error) {
    if (error instanceof NativeSocketError && error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Opens, ties, binds (and for TCP listens); resolves to the descriptor, which the caller owns. Linux only. */
export function openNativeSocket(options: NativeSocketOptions): number {
  const c = loadLibC();
  const fail = (call: string): NativeSocketError => new NativeSocketError(call, c.errorName(c.errno()));

  const type = (options.type === 'udp' ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
  const fd = c.socket(AF_INET, type, 0);
  if (fd < 0) throw fail('socket');

  const setNumber = (name: number, value: number): void => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    if (c.setsockopt(fd, SOL_SOCKET, name, bytes, 4) !== 0) throw fail('setsockopt');
  };
  try {
    const device = Buffer.from(`${options.interfaceName}\0`, 'utf8');
    if (c.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, device.length) !== 0) throw fail('SO_BINDTODEVICE');
    if (options.reuseAddress === true) setNumber(SO_REUSEADDR, 1);
    if (options.broadcast === true) setNumber(SO_BROADCAST, 1);
    if (options.receiveBufferBytes !== undefined) setNumber(SO_RCVBUF, options.receiveBufferBytes);
    if (options.sendBufferBytes !== undefined) setNumber(SO_SNDBUF, options.sendBufferBytes);
    const address = socketAddress(options.address, options.port);
    if (c.bind(fd, address, address.length) !== 0) throw fail('bind');
    if (options.type === 'tcp' && c.listen(fd, options.backlog ?? 511) !== 0) throw fail('listen');
  } catch (error) {
    c.close(fd);
    throw error;
  }
  return fd;
}
