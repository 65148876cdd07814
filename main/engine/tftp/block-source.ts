import { NetasciiEncoder } from './netascii.ts';
import type { NegotiatedTransfer, TransferMode } from './options.ts';
import { DATA_HEADER_BYTES } from './packet.ts';
import { PacketRing } from './packet-ring.ts';

// One read serves several windows; a client that takes one block at a time needs no more than the smaller.
const MIN_CHUNK_BYTES = 64 * 1024;
const MAX_CHUNK_BYTES = 256 * 1024;
const WINDOWS_PER_CHUNK = 4;

// The window that is on its way, and the next one, made while the client is busy with the first.
const WINDOWS_IN_RING = 2;

/** The bytes of a file in their order. */
export interface BlockReader {
  /** Why no more will come. */
  readonly failure: unknown;
  readonly atEnd: boolean;
  /** The bytes that come next, for use until `use` is called; undefined where they have still to be read. */
  readonly available: Buffer | undefined;
  /** Counts bytes of `available` as used. */
  use(bytes: number): void;
  close(): void | Promise<void>;
}

/** The blocks of a file in their order, put into packets before they are due. */
export class BlockSource {
  readonly #ring: PacketRing;
  readonly #reader: BlockReader;
  readonly #encoder: NetasciiEncoder | undefined;
  #filledThrough = 0;
  #lastBlock: number | undefined;
  /** Payload bytes of the packet that is being filled. */
  #partBytes = 0;

  /** `openReader` is given the size of the chunks in which it had best read. */
  constructor(
    sizeBytes: number,
    options: {
      readonly negotiated: NegotiatedTransfer;
      readonly mode: TransferMode;
      readonly openReader: (chunkBytes: number) => BlockReader;
    },
  ) {
    const { blockSizeBytes, windowSize, rolloverTo } = options.negotiated;
    // Conversion to netascii doubles a file at most.
    const mostBytes = options.mode === 'netascii' ? 2 * sizeBytes : sizeBytes;
    const mostBlocks = Math.floor(mostBytes / blockSizeBytes) + 1;
    const slotCount = Math.min(WINDOWS_IN_RING * windowSize, mostBlocks);
    this.#ring = new PacketRing({ slotCount, blockSizeBytes, rolloverTo });
    const wantedBytes = WINDOWS_PER_CHUNK * windowSize * blockSizeBytes;
    const chunkBytes = Math.min(Math.max(wantedBytes, MIN_CHUNK_BYTES), MAX_CHUNK_BYTES);
    this.#reader = options.openReader(chunkBytes);
    this.#encoder = options.mode === 'netascii' ? new NetasciiEncoder() : undefined;
  }

  get filledThrough(): number {
    return this.#filledThrough;
  }

  /** Known once it has been filled. */
  get lastBlock(): number | undefined {
    return this.#lastBlock;
  }

  /** Why no more blocks will come. */
  get failure(): unknown {
    return this.#reader.failure;
  }

  /** The packets of all blocks that can be sent now: block n in slot n modulo the number of slots. */
  get memory(): Buffer {
    return this.#ring.memory;
  }

  get slotBytes(): number {
    return this.#ring.slotBytes;
  }

  get slotCount(): number {
    return this.#ring.slotCount;
  }

  /** A filled block that has not been overwritten yet. */
  packet(block: number): Buffer {
    return this.#ring.packet(block);
  }

  /** Fills as many packets as there are bytes and room for; packets up to `acknowledgedThrough` are given up for it. */
  fill(acknowledgedThrough: number): void {
    const throughBlock = acknowledgedThrough + this.#ring.slotCount;
    while (this.#filledThrough < throughBlock && this.#lastBlock === undefined) {
      if (!this.#fillBlock(this.#filledThrough + 1)) return;
    }
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  /** False where the bytes have still to be read. */
  #fillBlock(block: number): boolean {
    const { blockSizeBytes } = this.#ring;
    const slot = this.#ring.slot(block);
    while (this.#partBytes < blockSizeBytes && !this.#atEnd) {
      const bytes = this.#reader.atEnd ? nothing : this.#reader.available;
      if (bytes === undefined) return false;
      this.#partBytes += this.#put(bytes, slot);
    }
    this.#ring.seal(block, this.#partBytes);
    if (this.#partBytes < blockSizeBytes) this.#lastBlock = block;
    this.#filledThrough = block;
    this.#partBytes = 0;
    return true;
  }

  get #atEnd(): boolean {
    return this.#reader.atEnd && this.#encoder?.hasPending !== true;
  }

  #put(bytes: Buffer, slot: Buffer): number {
    const position = DATA_HEADER_BYTES + this.#partBytes;
    if (this.#encoder !== undefined) {
      const { read, written } = this.#encoder.encodeInto(bytes, slot.subarray(position));
      if (read > 0) this.#reader.use(read);
      return written;
    }
    const copied = bytes.copy(slot, position);
    this.#reader.use(copied);
    return copied;
  }
}

const nothing = Buffer.alloc(0);
