import { ThreadHost } from '../../native/thread-host.ts';
import { threadCalls } from '../../native/thread-calls.ts';
import type { Extent } from '../../iso/image-fs.ts';
import type { BodyOutcome, BodyThreadStart, MessageFromBodyThread, MessageToBodyThread } from './body-messages.ts';

export interface BodyToSend {
  readonly descriptor: number;
  readonly pieces: readonly Extent[];
  /** Told of bytes that the system took over. */
  readonly onSent: (bytes: number) => void;
}

export interface BodyBeingSent {
  readonly ended: Promise<BodyOutcome>;
  cancel(): void;
}

/** A connection that the thread may send to: `send` or `release` is called, once. */
export interface OpenedConnection {
  send(body: BodyToSend): BodyBeingSent;
  release(): void;
}

interface Listener {
  readonly socket: number;
  readonly onSent: (bytes: number) => void;
  readonly onEnded: (outcome: BodyOutcome) => void;
  sentBytes: number;
}

/** Sends the bodies of answers in a thread of its own, by sendfile(2): no byte of them is copied into this program. */
export class BodyThread implements AsyncDisposable {
  readonly #listeners = new Map<number, Listener>();
  /** Settles when it works, or is known not to: this system has no such calls. */
  readonly ready: Promise<void>;
  #host: ThreadHost<MessageToBodyThread> | undefined;
  #nextId = 1;

  constructor(start: BodyThreadStart) {
    this.ready = this.#start(start).catch(() => undefined);
  }

  /** False while it starts, and where it cannot: the server then reads and writes by itself. */
  get isAlive(): boolean {
    return this.#host?.isAlive === true;
  }

  /** Undefined where the connection is closed already, or there is no room for another descriptor. */
  open(connectionDescriptor: number): OpenedConnection | undefined {
    // Its own, as the connection may be closed here, and its number given to another, while the thread still sends.
    const socket = threadCalls().dup(connectionDescriptor);
    if (socket < 0) return undefined;
    return {
      send: (body) => this.#send(socket, body),
      release: () => void threadCalls().close(socket),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.ready;
    await this.#host?.[Symbol.asyncDispose]();
  }

  async #start(start: BodyThreadStart): Promise<void> {
    if (process.platform !== 'linux') return;
    this.#host = await ThreadHost.start<MessageToBodyThread, MessageFromBodyThread>({
      from: import.meta.dirname,
      fileNames: ['thread-entry.ts', 'http-thread.js'],
      data: { ...start },
      onMessage: (message) => this.#take(message),
      onEnded: () => this.#lost(),
    });
  }

  #send(socket: number, { descriptor, pieces, onSent }: BodyToSend): BodyBeingSent {
    const id = this.#nextId++;
    const { promise: ended, resolve: onEnded } = Promise.withResolvers<BodyOutcome>();
    this.#listeners.set(id, { socket, onSent, onEnded, sentBytes: 0 });
    this.#host?.tell({ type: 'send', body: { id, socket, descriptor, pieces } });
    if (!this.isAlive) this.#end(id, 0, 'closed');
    return { ended, cancel: () => this.#host?.tell({ type: 'cancel', id }) };
  }

  #take(message: MessageFromBodyThread): void {
    if (message.type === 'ended') this.#end(message.id, message.sentBytes, message.outcome);
    else for (const { id, sentBytes } of message.bodies) this.#count(this.#listeners.get(id), sentBytes);
  }

  #count(listener: Listener | undefined, sentBytes: number): void {
    if (listener === undefined || sentBytes <= listener.sentBytes) return;
    listener.onSent(sentBytes - listener.sentBytes);
    listener.sentBytes = sentBytes;
  }

  #end(id: number, sentBytes: number, outcome: BodyOutcome): void {
    const listener = this.#listeners.get(id);
    if (listener === undefined) return;
    this.#listeners.delete(id);
    threadCalls().close(listener.socket);
    this.#count(listener, sentBytes);
    listener.onEnded(outcome);
  }

  #lost(): void {
    for (const [id, { sentBytes }] of this.#listeners) this.#end(id, sentBytes, 'closed');
  }
}
