import { Poll } from '../../native/poll.ts';
import type { ThreadCalls } from '../../native/thread-calls.ts';
import { ChunkPool } from '../chunk-pool.ts';
import type { TransferEnd } from '../transfer.ts';
import type { DatagramCalls } from './datagram-calls.ts';
import { ReceiveBatch } from './receive-batch.ts';
import { SendBatch } from './send-batch.ts';
import type { MessageFromThread, MessageToThread, SourceFailure, ThreadStart } from './thread-messages.ts';
import { ThreadSender } from './thread-sender.ts';

const PROGRESS_INTERVAL_MS = 100;
const MAX_POOLED_BYTES = 32 * 1024 * 1024;

export interface ThreadLoopOptions extends ThreadStart {
  readonly calls: ThreadCalls;
  readonly datagrams: DatagramCalls;
  readonly wakeDescriptor: number;
  readonly now: () => number;
  readonly tell: (message: MessageFromThread) => void;
  /** The next message, if there is one. */
  readonly nextMessage: () => MessageToThread | undefined;
}

/** Runs until it is told to stop. It waits for datagrams and messages, never for anything else but the disk. */
export class ThreadLoop {
  readonly #options: ThreadLoopOptions;
  readonly #receive: ReceiveBatch;
  readonly #batch: SendBatch;
  readonly #pool = new ChunkPool(MAX_POOLED_BYTES);
  readonly #senders = new Map<number, ThreadSender>();
  /** By socket, then by peer: `address * 65536 + port`. */
  readonly #byPeer: ReadonlyMap<number, Map<number, ThreadSender>>;
  #nearestDeadlineMs = Infinity;
  #progressDueMs = 0;
  #strangers = 0;
  #stopped = false;

  constructor(options: ThreadLoopOptions) {
    this.#options = options;
    const { datagrams, sockets } = options;
    this.#receive = new ReceiveBatch(datagrams);
    this.#batch = new SendBatch(datagrams, (address, port) => this.#tooLarge(address, port));
    this.#byPeer = new Map(sockets.map((socket) => [socket, new Map()]));
  }

  run(): void {
    const { calls, sockets, wakeDescriptor, now } = this.#options;
    using poll = new Poll(calls);
    for (const descriptor of [...sockets, wakeDescriptor]) poll.add(descriptor, 'read');
    const wakes = Buffer.allocUnsafeSlow(8);
    while (!this.#stopped) {
      const ready = poll.wait(this.#waitMs());
      for (let index = 0; index < ready; index += 1) {
        const descriptor = poll.descriptor(index);
        if (descriptor !== wakeDescriptor) this.#takeDatagrams(descriptor);
        else if (calls.read(wakeDescriptor, wakes, 8) > 0) this.#takeMessages();
      }
      if (now() >= this.#nearestDeadlineMs) this.#fireTimers();
      if (!this.#batch.isEmpty) this.#batch.flush();
      if (this.#senders.size > 0 && now() >= this.#progressDueMs) this.#tellProgress();
    }
  }

  #waitMs(): number {
    if (this.#senders.size === 0) return -1;
    const untilMs = Math.min(this.#nearestDeadlineMs, this.#progressDueMs) - this.#options.now();
    return Math.max(0, Math.ceil(untilMs));
  }

  /** How many there were. */
  #takeDatagrams(socket: number): number {
    const senders = this.#byPeer.get(socket);
    const count = this.#receive.receive(socket);
    for (let index = 0; index < count; index += 1) {
      const address = this.#receive.address(index);
      const port = this.#receive.port(index);
      const sender = senders?.get(address * 65_536 + port);
      const block = this.#receive.acknowledgedBlock(index);
      // Most often late packets of a transfer that is over: an answer would come to the client's next one.
      if (sender === undefined) this.#strangers += 1;
      else if (block === undefined) sender.received(this.#receive.datagram(index));
      else sender.acknowledged(block);
      if (sender !== undefined) this.#nearestDeadlineMs = Math.min(this.#nearestDeadlineMs, sender.deadlineMs);
    }
    return count;
  }

  #takeMessages(): void {
    // A client ends its transfer before it asks anew, and its request comes here another way: what it said first is heard first.
    for (const socket of this.#options.sockets) while (this.#takeDatagrams(socket) === this.#receive.capacity);
    for (;;) {
      const message = this.#options.nextMessage();
      if (message === undefined) return;
      this.#take(message);
    }
  }

  #take(message: MessageToThread): void {
    switch (message.type) {
      case 'begin':
        this.#begin(message);
        return;
      case 'repeated':
        this.#senders.get(message.id)?.repeated();
        return;
      case 'superseded':
        this.#senders.get(message.id)?.superseded();
        return;
      case 'fail':
        this.#senders.get(message.id)?.fail(message.outcome, message.reason, message.message);
        return;
      case 'stop':
        this.#stopped = true;
        return;
      default:
        message satisfies never;
    }
  }

  #begin({ transfer }: Extract<MessageToThread, { type: 'begin' }>): void {
    const socket = this.#options.sockets[transfer.socketIndex] ?? -1;
    const { now } = this.#options;
    const sender = new ThreadSender(transfer, socket, {
      batch: this.#batch,
      pool: this.#pool,
      now,
      onEnd: (ended, end, failure) => this.#ended(ended, socket, end, failure),
    });
    this.#senders.set(transfer.id, sender);
    this.#byPeer.get(socket)?.set(transfer.peerAddress * 65_536 + transfer.peerPort, sender);
    sender.start();
    this.#nearestDeadlineMs = Math.min(this.#nearestDeadlineMs, sender.deadlineMs);
  }

  #ended(sender: ThreadSender, socket: number, end: TransferEnd, failure?: SourceFailure): void {
    const { sentBytes, retransmits, repeats } = sender;
    const { id, peerAddress, peerPort, sizeBytes } = sender.transfer;
    this.#senders.delete(id);
    this.#byPeer.get(socket)?.delete(peerAddress * 65_536 + peerPort);
    const sent = end.outcome === 'complete' ? sizeBytes : sentBytes;
    this.#options.tell({ type: 'ended', id, end, failure, sentBytes: sent, retransmits, repeats });
  }

  #tooLarge(address: number, port: number): void {
    for (const sender of this.#senders.values()) {
      const { peerAddress, peerPort } = sender.transfer;
      if (peerAddress !== address || peerPort !== port) continue;
      sender.fail('failed', 'its blocks do not fit the network', 'block size too large');
    }
  }

  #fireTimers(): void {
    const atMs = this.#options.now();
    this.#nearestDeadlineMs = Infinity;
    for (const sender of this.#senders.values()) {
      if (sender.deadlineMs <= atMs) sender.timerFired();
      this.#nearestDeadlineMs = Math.min(this.#nearestDeadlineMs, sender.deadlineMs);
    }
  }

  #tellProgress(): void {
    const { tell, now } = this.#options;
    this.#progressDueMs = now() + PROGRESS_INTERVAL_MS;
    const transfers = [...this.#senders].map(([id, { sentBytes, retransmits }]) => ({ id, sentBytes, retransmits }));
    tell({ type: 'progress', transfers });
    if (this.#strangers > 0) tell({ type: 'strangers', count: this.#strangers });
    this.#strangers = 0;
  }
}
