import { addressOf } from '../../native/memory.ts';
import { BlockSource } from '../block-source.ts';
import type { ChunkPool } from '../chunk-pool.ts';
import { decodePacket, encodeError, encodeOptionAcknowledgement } from '../packet.ts';
import { FileShortened } from '../read-ahead.ts';
import { Transfer, type TransferEnd, type TransferStep } from '../transfer.ts';
import { DirectReader } from './direct-reader.ts';
import { MOST_RUN_BYTES, MOST_RUN_DATAGRAMS, type SendBatch } from './send-batch.ts';
import type { SourceFailure, ThreadTransfer } from './thread-messages.ts';

export interface ThreadSenderServices {
  readonly batch: SendBatch;
  readonly pool: ChunkPool;
  readonly now: () => number;
  readonly onEnd: (sender: ThreadSender, end: TransferEnd, failure: SourceFailure | undefined) => void;
}

/** One transfer of the thread: carries out what the `Transfer` decides, by way of the batch. */
export class ThreadSender {
  readonly transfer: ThreadTransfer;
  readonly #socket: number;
  readonly #services: ThreadSenderServices;
  readonly #state: Transfer;
  readonly #source: BlockSource;
  readonly #ringAddress: number;
  /** Kept as long as the transfer: the batch sends from where it lies. */
  #answer: Buffer;
  #retransmits = 0;
  #repeats = 0;
  #isOver = false;
  /** Its packets wait in the batch while it has this generation: their memory must not change. */
  #queuedGeneration = -1;

  constructor(transfer: ThreadTransfer, socket: number, services: ThreadSenderServices) {
    this.transfer = transfer;
    this.#socket = socket;
    this.#services = services;
    const { negotiated, sizeBytes, source } = transfer;
    this.#state = new Transfer(negotiated, services.now());
    this.#source = new BlockSource(sizeBytes, {
      negotiated,
      mode: 'octet',
      openReader: (chunkBytes) => new DirectReader(source, sizeBytes, { chunkBytes, pool: services.pool }),
    });
    this.#ringAddress = addressOf(this.#source.memory);
    this.#answer = steady(encodeOptionAcknowledgement(negotiated.acknowledged));
  }

  get deadlineMs(): number {
    return this.#state.deadlineMs;
  }

  get retransmits(): number {
    return this.#retransmits;
  }

  get repeats(): number {
    return this.#repeats;
  }

  /** Bytes of the file that the client has acknowledged. */
  get sentBytes(): number {
    const { negotiated, sizeBytes } = this.transfer;
    const block = this.#state.acknowledgedThrough;
    return block === this.#source.lastBlock ? sizeBytes : Math.min(block * negotiated.blockSizeBytes, sizeBytes);
  }

  start(): void {
    this.#carryOut(this.#state.start(this.#services.now()));
    this.#refill();
  }

  acknowledged(block: number): void {
    this.#carryOut(this.#state.acknowledged(block, this.#services.now()));
    this.#refill();
  }

  /** Anything but an acknowledgement. */
  received(packet: Uint8Array): void {
    const decoded = decodePacket(packet);
    if (decoded.type === 'error') this.#carryOut(this.#state.peerError(decoded.code, decoded.message));
  }

  repeated(): void {
    this.#repeats += 1;
    this.#carryOut(this.#state.requestRepeated(this.#services.now()));
  }

  superseded(): void {
    this.#carryOut(this.#state.superseded());
  }

  fail(outcome: 'aborted' | 'failed', reason: string, message: string): void {
    this.#carryOut(this.#state.fail(outcome, reason, message));
  }

  timerFired(): void {
    this.#carryOut(this.#state.timerFired(this.#services.now()));
  }

  #refill(): void {
    if (this.#isOver || !this.#state.wantsData) return;
    const { batch } = this.#services;
    if (this.#queuedGeneration === batch.generation) batch.flush();
    this.#source.fill(this.#state.acknowledgedThrough);
    const { filledThrough, lastBlock, failure } = this.#source;
    this.#carryOut(this.#state.dataAvailable(filledThrough, lastBlock, this.#services.now()));
    if (failure === undefined) return;
    const why = failure instanceof Error ? failure.message : 'it was not said why';
    const reason = failure instanceof FileShortened ? why : `the file could not be read: ${why}`;
    this.#carryOut(this.#state.fail('failed', reason, 'the file could not be read'));
  }

  #carryOut(step: TransferStep): void {
    if (this.#isOver) return;
    if (step.end !== undefined) {
      this.#finish(step.end);
      return;
    }
    this.#retransmits += step.retransmits;
    if (step.sendOptionAcknowledgement) this.#sendAnswer();
    if (step.blockCount > 0) this.#sendBlocks(step.firstBlock, step.blockCount);
  }

  #sendBlocks(firstBlock: number, blockCount: number): void {
    const { batch } = this.#services;
    const { slotBytes, slotCount } = this.#source;
    const mostAtOnce = batch.cutsDatagrams
      ? Math.max(1, Math.min(MOST_RUN_DATAGRAMS, Math.floor(MOST_RUN_BYTES / slotBytes)))
      : 1;
    const end = firstBlock + blockCount;
    for (let block = firstBlock; block < end;) {
      const slot = block % slotCount;
      const count = Math.min(end - block, slotCount - slot, mostAtOnce);
      const lengthBytes = (count - 1) * slotBytes + this.#source.packet(block + count - 1).length;
      batch.add(this.#socket, this.transfer, this.#ringAddress + slot * slotBytes, lengthBytes, slotBytes);
      block += count;
    }
    this.#queuedGeneration = batch.generation;
  }

  #sendAnswer(): void {
    const { length } = this.#answer;
    this.#services.batch.add(this.#socket, this.transfer, addressOf(this.#answer), length, length);
  }

  #finish(end: TransferEnd): void {
    this.#isOver = true;
    if (end.answer !== undefined) {
      this.#answer = steady(encodeError(end.answer.code, end.answer.message));
      this.#sendAnswer();
      // Its memory is given up now.
      this.#services.batch.flush();
    }
    const { failure } = this.#source;
    void this.#source.close();
    this.#services.onEnd(this, end, failure === undefined ? undefined : kindOf(failure));
  }
}

const kindOf = (failure: unknown): SourceFailure => (failure instanceof FileShortened ? 'shortened' : 'unreadable');

/** In memory of its own, which stays where it is. */
function steady(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(Math.max(1, bytes.length));
  bytes.copy(own);
  return own.subarray(0, bytes.length);
}
