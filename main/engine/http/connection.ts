import type { Socket } from 'node:net';

/**
 * One client connection. Pipelined requests are answered one after the other: Node would let all of them read their
 * file at once and hold the later answers in memory.
 */
export class Connection {
  readonly socket: Socket;
  readonly peerAddress: string;
  readonly #maxWaiting: number;
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();
  #refused = false;

  constructor(socket: Socket, maxWaiting: number) {
    this.socket = socket;
    this.peerAddress = peerAddressOf(socket);
    this.#maxWaiting = maxWaiting;
  }

  /** Settles when every answer begun so far is done. */
  get idle(): Promise<void> {
    return this.#tail;
  }

  /** Runs `answer` when those before it are done and the client is still there. Nothing may reject out of `answer`. */
  enqueue(answer: () => Promise<void>): void {
    if (this.#waiting >= this.#maxWaiting) {
      this.socket.destroy();
      return;
    }
    this.#waiting += 1;
    this.#append(async () => {
      this.#waiting -= 1;
      if (!this.socket.destroyed) await answer();
    });
  }

  /** Says `bytes` after the answers that are still due, and closes. Only the first call counts. */
  refuse(bytes: Uint8Array): void {
    if (this.#refused) return;
    this.#refused = true;
    this.socket.pause();
    this.#append(() => {
      if (this.socket.writable) this.socket.end(bytes, () => this.socket.destroySoon());
      else this.socket.destroy();
    });
  }

  #append(task: () => void | Promise<void>): void {
    const previous = this.#tail;
    this.#tail = (async () => {
      await previous;
      await task();
    })();
  }
}

/** A dual-stack socket would give IPv4 peers as `::ffff:10.0.0.1`. */
export const peerAddressOf = (socket: Socket): string => (socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
