// Messages between threads, not between windows of a browser, which would have to say whom they may reach.
// oxlint-disable unicorn/require-post-message-target-origin
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { findUpward } from '../../installed-files.ts';
import { openNativeSocket } from '../../net/native-socket.ts';
import { type DatagramCalls, datagramCalls } from './datagram-calls.ts';
import type { MessageFromThread, MessageToThread, ThreadProgress, ThreadTransfer } from './thread-messages.ts';

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
  readonly #calls: DatagramCalls;
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  readonly #sockets: readonly number[];
  readonly #firstSocketOf: ReadonlyMap<string, number>;
  readonly #wakeDescriptor: number;
  readonly #listeners = new Map<number, ThreadTransferListener>();
  readonly #onStrangers: (count: number) => void;
  #nextId = 1;
  #isAlive = true;

  private constructor(calls: DatagramCalls, sockets: readonly number[], options: TransferThreadOptions) {
    this.#calls = calls;
    this.#sockets = sockets;
    this.#firstSocketOf = new Map(options.addresses.map((address, index) => [address, index * SOCKETS_OF_AN_ADDRESS]));
    this.#onStrangers = options.onStrangers;
    this.#wakeDescriptor = calls.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    this.#worker = new Worker(threadFile(), { workerData: { sockets, wakeDescriptor: this.#wakeDescriptor } });
    this.#exited = once(this.#worker, 'exit').finally(() => this.#lost());
    this.#worker.on('error', () => this.#lost());
    this.#worker.on('message', (message: MessageFromThread | { type: 'ready' }) => this.#take(message));
  }

  /** Undefined where this system has no such calls: everything works without the thread, with more work for the processor. */
  static async open(options: TransferThreadOptions): Promise<TransferThread | undefined> {
    if (process.platform !== 'linux') return undefined;
    const sockets: number[] = [];
    try {
      const calls = datagramCalls();
      try {
        for (const address of options.addresses) {
          for (let count = 0; count < SOCKETS_OF_AN_ADDRESS; count += 1) {
            sockets.push(
              openNativeSocket({
                type: 'udp',
                interfaceName: options.interfaceName,
                address,
                port: 0,
                receiveBufferBytes: BUFFER_BYTES,
                sendBufferBytes: BUFFER_BYTES,
              }),
            );
          }
        }
        const thread = new TransferThread(calls, sockets, options);
        await once(thread.#worker, 'message');
        return thread;
      } catch {
        for (const socket of sockets) calls.close(socket);
        return undefined;
      }
    } catch {
      return undefined;
    }
  }

  get isAlive(): boolean {
    return this.#isAlive;
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
    if (!this.#isAlive) return;
    this.#worker.postMessage(message);
    this.#calls.write(this.#wakeDescriptor, one, one.length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.tell({ type: 'stop' });
    await this.#exited;
    for (const descriptor of [...this.#sockets, this.#wakeDescriptor]) this.#calls.close(descriptor);
  }

  #take(message: MessageFromThread | { type: 'ready' }): void {
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
        this.#onStrangers(message.count);
        return;
      case 'ready':
        return;
      default:
        message satisfies never;
    }
  }

  #lost(): void {
    this.#isAlive = false;
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.onLost();
  }
}

const EFD_CLOEXEC = 0o2000000;
const EFD_NONBLOCK = 0o4000;

/** What an eventfd is written: it adds it to its count. */
const one = Buffer.alloc(8);
one.writeBigUInt64LE(1n);

/** From the sources the file beside this one, from a bundle the one that is made of it. */
function threadFile(): string {
  const file = findUpward(import.meta.dirname, 'thread-entry.ts', 'tftp-thread.js');
  if (file === undefined) throw new Error('the program of the transfer thread is not there');
  return file;
}
