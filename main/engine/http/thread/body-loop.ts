import { Poll } from '../../native/poll.ts';
import type { ThreadCalls } from '../../native/thread-calls.ts';
import type { BodyOutcome, BodyThreadStart, MessageFromBodyThread, MessageToBodyThread } from './body-messages.ts';
import { BodySender } from './body-sender.ts';
import type { SocketCalls } from './socket-calls.ts';

const PROGRESS_INTERVAL_MS = 100;
/** How often it is looked whether the last bytes have left: the client's next request waits for that. */
const LEAVING_INTERVAL_MS = 2;

export interface BodyLoopOptions extends BodyThreadStart {
  readonly wakeDescriptor: number;
  readonly calls: ThreadCalls;
  readonly sockets: SocketCalls;
  readonly now: () => number;
  readonly tell: (message: MessageFromBodyThread) => void;
  /** The next message, if there is one. */
  readonly nextMessage: () => MessageToBodyThread | undefined;
}

/** Runs until it is told to stop. It waits for connections that take bytes and for messages, and else only for the disk. */
export class BodyLoop {
  readonly #options: BodyLoopOptions;
  readonly #poll: Poll;
  readonly #bySocket = new Map<number, BodySender>();
  /** The system has all of theirs, and not all of it has left. */
  readonly #leaving = new Set<BodySender>();
  #progressDueMs = 0;
  #stopped = false;

  constructor(options: BodyLoopOptions) {
    this.#options = options;
    this.#poll = new Poll(options.calls);
  }

  run(): void {
    const { calls, wakeDescriptor, now } = this.#options;
    this.#poll.add(wakeDescriptor, 'read');
    const wakes = Buffer.allocUnsafeSlow(8);
    while (!this.#stopped) {
      const ready = this.#poll.wait(this.#waitMs());
      for (let index = 0; index < ready; index += 1) {
        const descriptor = this.#poll.descriptor(index);
        if (descriptor !== wakeDescriptor) this.#send(descriptor);
        else if (calls.read(wakeDescriptor, wakes, 8) > 0) this.#takeMessages();
      }
      for (const sender of this.#leaving) if (sender.hasLeft) this.#end(sender, 'complete');
      if (this.#bySocket.size > 0 && now() >= this.#progressDueMs) this.#tellProgress();
    }
    for (const sender of this.#bySocket.values()) this.#end(sender, 'cancelled');
    this.#poll[Symbol.dispose]();
  }

  #send(socket: number): void {
    const sender = this.#bySocket.get(socket);
    const outcome = sender?.send(this.#options.now());
    if (sender === undefined || outcome === undefined) return;
    if (outcome !== 'complete' || sender.hasLeft) {
      this.#end(sender, outcome);
      return;
    }
    this.#poll.remove(socket);
    this.#leaving.add(sender);
  }

  #waitMs(): number {
    if (this.#bySocket.size === 0) return -1;
    const untilProgressMs = Math.max(0, this.#progressDueMs - this.#options.now());
    return Math.ceil(this.#leaving.size === 0 ? untilProgressMs : Math.min(LEAVING_INTERVAL_MS, untilProgressMs));
  }

  #takeMessages(): void {
    for (;;) {
      const message = this.#options.nextMessage();
      if (message === undefined) return;
      if (message.type === 'stop') this.#stopped = true;
      else if (message.type === 'cancel') this.#cancel(message.id);
      else this.#begin(message);
    }
  }

  #begin({ body }: Extract<MessageToBodyThread, { type: 'send' }>): void {
    const { sockets, now } = this.#options;
    const sender = new BodySender(body, sockets, now());
    this.#bySocket.set(body.socket, sender);
    if (!this.#poll.add(body.socket, 'write')) this.#end(sender, 'closed');
  }

  #cancel(id: number): void {
    for (const sender of this.#bySocket.values()) if (sender.id === id) this.#end(sender, 'cancelled');
  }

  #end(sender: BodySender, outcome: BodyOutcome): void {
    const { id, socket, sentBytes } = sender;
    this.#bySocket.delete(socket);
    if (!this.#leaving.delete(sender)) this.#poll.remove(socket);
    sender.close();
    this.#options.tell({ type: 'ended', id, sentBytes, outcome });
  }

  #tellProgress(): void {
    const { tell, now, stallTimeoutMs } = this.#options;
    const atMs = now();
    this.#progressDueMs = atMs + PROGRESS_INTERVAL_MS;
    for (const sender of this.#bySocket.values()) {
      if (atMs - sender.lastProgressMs > stallTimeoutMs) this.#end(sender, 'stalled');
    }
    tell({ type: 'progress', bodies: [...this.#bySocket.values()].map(({ id, sentBytes }) => ({ id, sentBytes })) });
  }
}
