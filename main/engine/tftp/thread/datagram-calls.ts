import { loadKoffi } from './native-memory.ts';

/** The calls of the C library that take and send many datagrams at once, and wait for them. Linux only. */
export interface DatagramCalls {
  readonly recvmmsg: (fd: number, messages: Buffer, count: number, flags: number, timeout: null) => number;
  readonly sendmmsg: (fd: number, messages: Buffer, count: number, flags: number) => number;
  readonly epollCreate: (flags: number) => number;
  readonly epollControl: (epoll: number, operation: number, fd: number, event: Buffer) => number;
  readonly epollWait: (epoll: number, events: Buffer, most: number, timeoutMs: number) => number;
  readonly eventfd: (value: number, flags: number) => number;
  readonly read: (fd: number, bytes: Buffer, length: number) => number;
  readonly write: (fd: number, bytes: Buffer, length: number) => number;
  readonly close: (fd: number) => number;
  readonly errno: () => number;
}

let calls: DatagramCalls | undefined;

/** Throws where there is no such library or no koffi for this system. */
export function datagramCalls(): DatagramCalls {
  if (calls !== undefined) return calls;
  const koffi = loadKoffi();
  const library = koffi.load('libc.so.6');
  const call = (prototype: string): unknown => library.func(prototype);
  calls = {
    recvmmsg: call('int recvmmsg(int fd, void *messages, uint32_t count, int flags, void *timeout)'),
    sendmmsg: call('int sendmmsg(int fd, void *messages, uint32_t count, int flags)'),
    epollCreate: call('int epoll_create1(int flags)'),
    epollControl: call('int epoll_ctl(int epoll, int operation, int fd, void *event)'),
    epollWait: call('int epoll_wait(int epoll, void *events, int most, int timeout)'),
    eventfd: call('int eventfd(uint32_t value, int flags)'),
    read: call('int64_t read(int fd, void *bytes, uint64_t length)'),
    write: call('int64_t write(int fd, const void *bytes, uint64_t length)'),
    close: call('int close(int fd)'),
    errno: () => koffi.errno(),
  } as DatagramCalls;
  return calls;
}

export const MSG_DONTWAIT = 0x40;
export const EAGAIN = 11;
export const EINTR = 4;
export const EIO = 5;
export const EINVAL = 22;
export const EMSGSIZE = 90;
