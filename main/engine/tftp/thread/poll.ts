import type { DatagramCalls } from './datagram-calls.ts';

const EPOLL_CTL_ADD = 1;
const EPOLLIN = 1;
/** `struct epoll_event` is packed on x86-64 and aligned elsewhere. */
const EVENT_BYTES = process.arch === 'x64' ? 12 : 16;
const DATA = process.arch === 'x64' ? 4 : 8;
const MOST_EVENTS = 32;

/** Waits until descriptors can be read. */
export class Poll implements Disposable {
  readonly #calls: DatagramCalls;
  readonly #descriptor: number;
  readonly #events = Buffer.allocUnsafeSlow(MOST_EVENTS * EVENT_BYTES);

  constructor(calls: DatagramCalls, descriptors: readonly number[]) {
    this.#calls = calls;
    this.#descriptor = calls.epollCreate(0);
    if (this.#descriptor < 0) throw new Error(`epoll_create1: errno ${calls.errno()}`);
    for (const descriptor of descriptors) {
      const event = Buffer.alloc(EVENT_BYTES);
      event.writeUInt32LE(EPOLLIN, 0);
      event.writeInt32LE(descriptor, DATA);
      if (calls.epollControl(this.#descriptor, EPOLL_CTL_ADD, descriptor, event) < 0) {
        throw new Error(`epoll_ctl: errno ${calls.errno()}`);
      }
    }
  }

  /** How many can be read; 0 after the time-out. */
  wait(timeoutMs: number): number {
    return Math.max(0, this.#calls.epollWait(this.#descriptor, this.#events, MOST_EVENTS, timeoutMs));
  }

  descriptor(index: number): number {
    return this.#events.readInt32LE(index * EVENT_BYTES + DATA);
  }

  [Symbol.dispose](): void {
    this.#calls.close(this.#descriptor);
  }
}
