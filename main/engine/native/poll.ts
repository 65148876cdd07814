import type { ThreadCalls } from './thread-calls.ts';

const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const readiness = { read: 1, write: 4 } as const;
/** `struct epoll_event` is packed on x86-64 and aligned elsewhere. */
const EVENT_BYTES = process.arch === 'x64' ? 12 : 16;
const DATA = process.arch === 'x64' ? 4 : 8;
const MOST_EVENTS = 64;

/** Waits until descriptors can be read or written. */
export class Poll implements Disposable {
  readonly #calls: ThreadCalls;
  readonly #descriptor: number;
  readonly #events = Buffer.allocUnsafeSlow(MOST_EVENTS * EVENT_BYTES);
  readonly #event = Buffer.alloc(EVENT_BYTES);

  /** Throws where the system gives none. */
  constructor(calls: ThreadCalls) {
    this.#calls = calls;
    this.#descriptor = calls.epollCreate(0);
    if (this.#descriptor < 0) throw new Error(`epoll_create1: errno ${calls.errno()}`);
  }

  /** False where the descriptor cannot be waited for: it is closed, or in here already. */
  add(descriptor: number, until: keyof typeof readiness): boolean {
    this.#event.writeUInt32LE(readiness[until], 0);
    this.#event.writeInt32LE(descriptor, DATA);
    return this.#calls.epollControl(this.#descriptor, EPOLL_CTL_ADD, descriptor, this.#event) === 0;
  }

  remove(descriptor: number): void {
    this.#calls.epollControl(this.#descriptor, EPOLL_CTL_DEL, descriptor, this.#event);
  }

  /** How many are ready; 0 after the time-out. -1 waits without end. */
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
