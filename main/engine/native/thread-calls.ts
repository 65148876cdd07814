import { loadKoffi } from './memory.ts';

/** The calls of the C library with which a thread waits for descriptors by itself. Linux only. */
export interface ThreadCalls {
  readonly epollCreate: (flags: number) => number;
  readonly epollControl: (epoll: number, operation: number, fd: number, event: Buffer) => number;
  readonly epollWait: (epoll: number, events: Buffer, most: number, timeoutMs: number) => number;
  readonly eventfd: (value: number, flags: number) => number;
  readonly read: (fd: number, bytes: Buffer, length: number) => number;
  readonly write: (fd: number, bytes: Buffer, length: number) => number;
  readonly dup: (fd: number) => number;
  readonly close: (fd: number) => number;
  readonly errno: () => number;
}

let calls: ThreadCalls | undefined;

/** Throws where there is no such library or no koffi for this system. */
export function threadCalls(): ThreadCalls {
  if (calls !== undefined) return calls;
  const koffi = loadKoffi();
  const library = koffi.load('libc.so.6');
  const call = (prototype: string): unknown => library.func(prototype);
  calls = {
    epollCreate: call('int epoll_create1(int flags)'),
    epollControl: call('int epoll_ctl(int epoll, int operation, int fd, void *event)'),
    epollWait: call('int epoll_wait(int epoll, void *events, int most, int timeout)'),
    eventfd: call('int eventfd(uint32_t value, int flags)'),
    read: call('int64_t read(int fd, void *bytes, uint64_t length)'),
    write: call('int64_t write(int fd, const void *bytes, uint64_t length)'),
    dup: call('int dup(int fd)'),
    close: call('int close(int fd)'),
    errno: () => koffi.errno(),
  } as ThreadCalls;
  return calls;
}

export const EINTR = 4;
export const EIO = 5;
export const EAGAIN = 11;
export const EINVAL = 22;
export const EMSGSIZE = 90;
