import { loadKoffi } from '../../native/memory.ts';

/** The calls of the C library that take and send many datagrams at once. Linux only. */
export interface DatagramCalls {
  readonly recvmmsg: (fd: number, messages: Buffer, count: number, flags: number, timeout: null) => number;
  readonly sendmmsg: (fd: number, messages: Buffer, count: number, flags: number) => number;
  readonly errno: () => number;
}

/** Throws where there is no such library or no koffi for this system. */
export function datagramCalls(): DatagramCalls {
  const koffi = loadKoffi();
  const library = koffi.load('libc.so.6');
  const call = (prototype: string): unknown => library.func(prototype);
  return {
    recvmmsg: call('int recvmmsg(int fd, void *messages, uint32_t count, int flags, void *timeout)'),
    sendmmsg: call('int sendmmsg(int fd, void *messages, uint32_t count, int flags)'),
    errno: () => koffi.errno(),
  } as DatagramCalls;
}

export const MSG_DONTWAIT = 0x40;
