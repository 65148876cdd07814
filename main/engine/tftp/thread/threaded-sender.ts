import type { DirectBytes, ServedFile } from '../../files/route.ts';
import type { MeteredTransfer } from '../../files/transfer-meter.ts';
import type { NegotiatedTransfer } from '../options.ts';
import { FileShortened } from '../read-ahead.ts';
import type { Sending } from '../sending.ts';
import type { TransferEnd } from '../transfer.ts';
import type { ThreadProgress } from './thread-messages.ts';
import type { TransferThread } from './transfer-thread.ts';

export interface ThreadedSenderOptions {
  readonly thread: TransferThread;
  readonly serverAddress: string;
  /** As a number, and port. */
  readonly peerAddress: number;
  readonly peerPort: number;
  /** Closed by the sender. */
  readonly file: ServedFile;
  readonly bytes: DirectBytes;
  readonly negotiated: NegotiatedTransfer;
  readonly meter: MeteredTransfer;
}

/** How often it is asked whether the source is still what it was. */
const CHECK_INTERVAL_MS = 1_000;

/** A transfer whose packets the thread sends; here are its file and its measurement. */
export class ThreadedSender implements Sending {
  readonly #options: ThreadedSenderOptions;
  readonly #ended = Promise.withResolvers<TransferEnd>();
  #id: number | undefined;
  #failure: unknown;
  #retransmits = 0;
  #repeats = 0;
  /** Of those, how many the thread heard before it was done: another one begins a new transfer. */
  #repeatsHeard = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: ThreadedSenderOptions) {
    this.#options = options;
  }

  get ended(): Promise<TransferEnd> {
    return this.#ended.promise;
  }

  get failure(): unknown {
    return this.#failure;
  }

  start(): void {
    const { thread, serverAddress, peerAddress, peerPort, file, bytes, negotiated } = this.#options;
    const source =
      bytes.kind === 'bytes' ? bytes : { kind: bytes.kind, descriptor: bytes.descriptor, extents: bytes.extents };
    const transfer = { peerAddress, peerPort, negotiated, sizeBytes: file.sizeBytes, source };
    this.#id = thread.begin(transfer, serverAddress, {
      onProgress: (progress) => this.#count(progress),
      onEnded: ({ end, failure, repeats, ...progress }) => {
        this.#count(progress);
        if (failure !== undefined)
          this.#failure ??= failure === 'shortened' ? new FileShortened() : new Error(end.reason);
        this.#repeatsHeard = repeats;
        void this.#finish(end);
      },
      onLost: () => void this.#finish({ outcome: 'failed', reason: 'the thread that sent it ended' }),
    });
    if (bytes.kind === 'descriptor') {
      this.#timer = setInterval(() => void this.#check(bytes.checkUnchanged), CHECK_INTERVAL_MS).unref();
    }
  }

  requestRepeated(): void {
    this.#repeats += 1;
    this.#tell((id) => ({ type: 'repeated', id }));
  }

  supersede(): void {
    this.#tell((id) => ({ type: 'superseded', id }));
  }

  abort(reason: string, message: string): void {
    this.#tell((id) => ({ type: 'fail', id, outcome: 'aborted', reason, message }));
  }

  #tell(message: (id: number) => Parameters<TransferThread['tell']>[0]): void {
    if (this.#id !== undefined && !this.#isOver) this.#options.thread.tell(message(this.#id));
  }

  async #check(checkUnchanged: (() => Promise<void>) | undefined): Promise<void> {
    try {
      await checkUnchanged?.();
    } catch (error) {
      this.#failure = error;
      const reason = error instanceof Error ? error.message : String(error);
      this.#tell((id) => ({ type: 'fail', id, outcome: 'failed', reason, message: 'the file could not be read' }));
    }
  }

  #count({ sentBytes, retransmits }: ThreadProgress): void {
    const { meter } = this.#options;
    if (sentBytes > meter.sentBytes) meter.addSent(sentBytes - meter.sentBytes);
    if (retransmits > this.#retransmits) meter.addRetransmits(retransmits - this.#retransmits);
    this.#retransmits = Math.max(this.#retransmits, retransmits);
  }

  async #finish(end: TransferEnd): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    const { meter, file } = this.#options;
    meter.end(end.outcome, end.reason);
    await file.close().catch(() => undefined);
    this.#ended.resolve(this.#repeats > this.#repeatsHeard ? { ...end, startsAgain: true } : end);
  }
}
