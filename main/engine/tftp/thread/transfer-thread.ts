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
  readonly #options: TransferThreadOptions;
  readonly #sockets: number[] = [];
  readonly #firstSocketOf = new Map<string, number>();
  readonly #listeners = new Map<number, ThreadTransferListener>();
  #host: ThreadHost<MessageToThread> | undefined;
  #nextId = 1;

  private constructor(options: TransferThreadOptions) {
    this.#options = options;
  }

  /** Undefined where this system has no such calls: everything works without the thread, with more work for the processor. */
  static async open(options: TransferThreadOptions): Promise<TransferThread | undefined> {
    if (process.platform !== 'linux') return undefined;
    const thread = new TransferThread(options);
    try {
      thread.#openSockets();
      thread.#host = await ThreadHost.start<MessageToThread, MessageFromThread>({
        from: import.meta.dirname,
        fileNames: ['thread-entry.ts', 'tftp-thread.js'],
        data: { sockets: thread.#sockets, clockRate: options.clockRate ?? 1 } satisfies ThreadStart,
        onMessage: (message) => thread.#take(message),
        onEnded: () => thread.#lost(),
      });
      return thread;
    } catch {
      thread.#closeSockets();
      return undefined;
    }
  }

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
    await this.#host?.[Symbol.asyncDispose]();
    this.#closeSockets();
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
