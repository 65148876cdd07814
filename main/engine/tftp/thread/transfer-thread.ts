import { ThreadHost } from '../../native/thread-host.ts';
import { threadCalls } from '../../native/thread-calls.ts';
import { openNativeSocket } from '../../net/native-socket.ts';
import type {
  MessageFromThread,
  MessageToThread,
  ThreadProgress,
  ThreadStart,
  ThreadTransfer,
} from './thread-messages.ts';

/**
 * Sends files in a thread of its own, many datagrams to a call of the system. All transfers of an address share a few sockets: a
 * transfer is told by its client's address and port, and the next transfer of the same client port comes from another socket, so that
 * late packets of the one before it are not taken for its own.
 */
const SOCKETS_OF_AN_ADDRESS = 4;
const BUFFER_BYTES = 4 * 1024 * 1024;

export interface TransferThreadOptions {
  readonly interfaceName: string;
  readonly addresses: readonly string[];
  readonly clockRate?: number | undefined;
  readonly onStrangers: (count: number) => void;
}

/** Told of one transfer. */
export interface ThreadTransferListener {
  readonly onProgress: (progress: ThreadProgress) => void;
  readonly onEnded: (ended: Extract<MessageFromThread, { type: 'ended' }>) => void;
  /** The thread is gone. */
  readonly onLost: () => void;
}

export class TransferThread implements AsyncDisposable {
  /** Settles when it works, or is known not to: this system has no such calls. */
  readonly ready: Promise<void>;
  readonly #options: TransferThreadOptions;
  readonly #sockets: number[] = [];
  readonly #firstSocketOf = new Map<string, number>();
  readonly #listeners = new Map<number, ThreadTransferListener>();
  #host: ThreadHost<MessageToThread> | undefined;
  #nextId = 1;

  constructor(options: TransferThreadOptions) {
    this.#options = options;
    this.ready = this.#start().catch(() => this.#closeSockets());
  }

  /** False while it starts, and where it cannot: everything works without it, with more work for the processor. */
  get isAlive(): boolean {
    return this.#host?.isAlive === true;
  }

  begin(
    transfer: Omit<ThreadTransfer, 'id' | 'socketIndex'>,
    serverAddress: string,
    listener: ThreadTransferListener,
  ): number {
    const id = this.#nextId++;
    const socketIndex = (this.#firstSocketOf.get(serverAddress) ?? 0) + (id % SOCKETS_OF_AN_ADDRESS);
    this.#listeners.set(id, listener);
    this.tell({ type: 'begin', transfer: { ...transfer, id, socketIndex } });
    return id;
  }

  tell(message: MessageToThread): void {
    this.#host?.tell(message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.ready;
    await this.#host?.[Symbol.asyncDispose]();
    this.#closeSockets();
  }

  async #start(): Promise<void> {
    if (process.platform !== 'linux') return;
    this.#openSockets();
    this.#host = await ThreadHost.start<MessageToThread, MessageFromThread>({
      from: import.meta.dirname,
      fileNames: ['thread-entry.ts', 'tftp-thread.js'],
      data: { sockets: this.#sockets, clockRate: this.#options.clockRate ?? 1 } satisfies ThreadStart,
      onMessage: (message) => this.#take(message),
      onEnded: () => this.#lost(),
    });
  }

  #openSockets(): void {
    const { interfaceName, addresses } = this.#options;
    const buffers = { receiveBufferBytes: BUFFER_BYTES, sendBufferBytes: BUFFER_BYTES };
    for (const address of addresses) {
      this.#firstSocketOf.set(address, this.#sockets.length);
      for (let count = 0; count < SOCKETS_OF_AN_ADDRESS; count += 1) {
        this.#sockets.push(openNativeSocket({ type: 'udp', interfaceName, address, port: 0, ...buffers }));
      }
    }
  }

  #closeSockets(): void {
    for (const socket of this.#sockets.splice(0)) threadCalls().close(socket);
  }

  #take(message: MessageFromThread): void {
    switch (message.type) {
      case 'progress':
        for (const progress of message.transfers) this.#listeners.get(progress.id)?.onProgress(progress);
        return;
      case 'ended': {
        const listener = this.#listeners.get(message.id);
        this.#listeners.delete(message.id);
        listener?.onEnded(message);
        return;
      }
      case 'strangers':
        this.#options.onStrangers(message.count);
        return;
      default:
        message satisfies never;
    }
  }

  #lost(): void {
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.onLost();
  }
}
