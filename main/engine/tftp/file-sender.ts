import type { Socket } from 'node:dgram';
import { StationError } from '../../contract/errors.ts';
import type { ServedFile } from '../files/route.ts';
import type { MeteredTransfer } from '../files/transfer-meter.ts';
import { BlockSource } from './block-source.ts';
import type { ChunkPool } from './chunk-pool.ts';
import type { NegotiatedTransfer, TransferMode } from './options.ts';
import { decodePacket, encodeError, encodeOptionAcknowledgement } from './packet.ts';
import { FileShortened, ReadAhead } from './read-ahead.ts';
import type { Sending } from './sending.ts';
import { Transfer, type TransferEnd, type TransferStep } from './transfer.ts';

export interface Peer {
  readonly address: string;
  readonly port: number;
}

export interface FileSenderOptions {
  /** Bound to the address that was asked; owned and closed by the sender. */
  readonly socket: Socket;
  readonly peer: Peer;
  /** Closed by the sender. */
  readonly file: ServedFile;
  readonly negotiated: NegotiatedTransfer;
  readonly mode: TransferMode;
  readonly pool: ChunkPool;
  readonly meter: MeteredTransfer;
  readonly now: () => number;
  /** Somebody else wrote to this transfer's port. */
  readonly onStranger: (sender: Peer, packet: Uint8Array) => void;
}

/** One transfer with its socket, its file and its timer: carries out what the `Transfer` decides. */
export class FileSender implements Sending {
  readonly #options: FileSenderOptions;
  readonly #transfer: Transfer;
  readonly #source: BlockSource;
  readonly #ended = Promise.withResolvers<TransferEnd>();
  readonly #optionAcknowledgement: Buffer;
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = Infinity;
  #isOver = false;

  constructor(options: FileSenderOptions) {
    this.#options = options;
    const { socket, file, negotiated, mode, pool, now } = options;
    this.#transfer = new Transfer(negotiated, now());
    const onChange = (): void => this.#refill();
    this.#source = new BlockSource(file.sizeBytes, {
      negotiated,
      mode,
      openReader: (chunkBytes) => new ReadAhead(file, { chunkBytes, pool, onChange }),
    });
    this.#optionAcknowledgement = encodeOptionAcknowledgement(negotiated.acknowledged);
    socket.on('message', (packet, sender) => this.#receive(packet, sender));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#sendingFailed(error));
  }

  get ended(): Promise<TransferEnd> {
    return this.#ended.promise;
  }

  get failure(): unknown {
    return this.#source.failure;
  }

  start(): void {
    this.#carryOut(this.#transfer.start(this.#options.now()));
    this.#refill();
  }

  requestRepeated(): void {
    this.#carryOut(this.#transfer.requestRepeated(this.#options.now()));
  }

  supersede(): void {
    this.#carryOut(this.#transfer.superseded());
  }

  abort(reason: string, message: string): void {
    this.#carryOut(this.#transfer.fail('aborted', reason, message));
  }

  #receive(packet: Uint8Array, sender: Peer): void {
    if (this.#isOver) return;
    const { peer, onStranger, now } = this.#options;
    if (sender.port !== peer.port || sender.address !== peer.address) {
      onStranger(sender, packet);
      return;
    }
    const decoded = decodePacket(packet);
    if (decoded.type === 'acknowledgement') {
      this.#carryOut(this.#transfer.acknowledged(decoded.block, now()));
      this.#refill();
    } else if (decoded.type === 'error') {
      this.#carryOut(this.#transfer.peerError(decoded.code, decoded.message));
    }
  }

  #refill(): void {
    if (!this.#transfer.wantsData) return;
    this.#source.fill(this.#transfer.acknowledgedThrough);
    const { filledThrough, lastBlock, failure } = this.#source;
    this.#carryOut(this.#transfer.dataAvailable(filledThrough, lastBlock, this.#options.now()));
    if (failure !== undefined) {
      this.#carryOut(this.#transfer.fail('failed', reasonOf(failure), 'the file could not be read'));
    }
  }

  #carryOut(step: TransferStep): void {
    if (this.#isOver) return;
    if (step.end !== undefined) {
      void this.#finish(step.end);
      return;
    }
    const { peer, meter } = this.#options;
    if (step.retransmits > 0) meter.addRetransmits(step.retransmits);
    if (step.sendOptionAcknowledgement) this.#send(this.#optionAcknowledgement, peer);
    for (let block = step.firstBlock; block < step.firstBlock + step.blockCount; block += 1) {
      this.#send(this.#source.packet(block), peer);
    }
    this.#countAcknowledged(this.#transfer.acknowledgedThrough);
    this.#armTimer();
  }

  #send(packet: Buffer, peer: Peer): void {
    this.#options.socket.send(packet, peer.port, peer.address);
  }

  /** Sending fails as losing does (no route for a moment, a full queue): only what can never pass ends the transfer. */
  #sendingFailed(error: NodeJS.ErrnoException): void {
    if (error.code !== 'EMSGSIZE') return;
    this.#carryOut(this.#transfer.fail('failed', 'its blocks do not fit the network', 'block size too large'));
  }

  #countAcknowledged(block: number): void {
    const { meter, negotiated, file } = this.#options;
    const isLast = block === this.#source.lastBlock;
    const bytes = isLast ? file.sizeBytes : Math.min(block * negotiated.blockSizeBytes, file.sizeBytes);
    if (bytes > meter.sentBytes) meter.addSent(bytes - meter.sentBytes);
  }

  /** One timer, set anew only where the deadline came nearer or it fired too early: acknowledgements are frequent. */
  #armTimer(): void {
    const { deadlineMs } = this.#transfer;
    if (this.#timer !== undefined && this.#timerDueMs <= deadlineMs) return;
    clearTimeout(this.#timer);
    this.#timerDueMs = deadlineMs;
    this.#timer = setTimeout(() => this.#timerFired(), Math.max(0, Math.ceil(deadlineMs - this.#options.now())));
  }

  #timerFired(): void {
    this.#timer = undefined;
    this.#carryOut(this.#transfer.timerFired(this.#options.now()));
  }

  async #finish(end: TransferEnd): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const { socket, peer, meter } = this.#options;
    const isComplete = end.outcome === 'complete';
    this.#countAcknowledged(isComplete ? (this.#source.lastBlock ?? 0) : this.#transfer.acknowledgedThrough);
    meter.end(end.outcome, end.reason);
    if (end.answer !== undefined) {
      const packet = encodeError(end.answer.code, end.answer.message);
      await new Promise<void>((resolve) => socket.send(packet, peer.port, peer.address, () => resolve()));
    }
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    // A source that cannot be closed either is no reason to keep the transfer.
    await this.#source.close().catch(() => undefined);
    this.#ended.resolve(end);
  }
}

function reasonOf(failure: unknown): string {
  if (failure instanceof StationError) return failure.title;
  return failure instanceof FileShortened ? failure.message : `the file could not be read: ${String(failure)}`;
}
