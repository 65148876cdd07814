import { loadKoffi } from '../../native/memory.ts';

/** The calls of the C library that a body is sent with. Linux only. */
export interface SocketCalls {
  readonly sendFile: (output: number, input: number, offset: Buffer, count: number) => number;
  /** Bytes that wait for room on the other side: they have not been on the wire. */
  readonly unsent: (socket: number) => number;
  readonly errno: () => number;
}

const SIOCOUTQNSD = 0x894b;

/** Throws where there is no such library or no koffi for this system. */
export function socketCalls(): SocketCalls {
  const koffi = loadKoffi();
  const library = koffi.load('libc.so.6');
  const ioctl = library.func('int ioctl(int fd, uint64_t request, void *argument)') as (
    fd: number,
    request: number,
    argument: Buffer,
  ) => number;
  const count = Buffer.alloc(4);
  return {
    sendFile: library.func(
      'int64_t sendfile64(int output, int input, void *offset, uint64_t count)',
    ) as SocketCalls['sendFile'],
    unsent: (socket) => (ioctl(socket, SIOCOUTQNSD, count) === 0 ? count.readInt32LE() : 0),
    errno: () => koffi.errno(),
  };
}
