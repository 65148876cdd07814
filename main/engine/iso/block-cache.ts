import type { ByteSource } from './byte-source.ts';

export const CACHE_BLOCK_BYTES = 256 * 1024;

/** A piece of the source in memory. */
export interface CachedBlock {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** Less than the whole only at the end of the source. Rejects as the source does. */
  readonly loaded: Promise<number>;
  /** Reads that copy out of it: it is not given to another piece meanwhile. */
  readers: number;
  /** False from its read ahead until somebody wanted it. */
  wasUsed: boolean;
}

/**
 * A fixed number of blocks of one source, shared by all its readers: who asks for a block that is being read waits for the same read. The
 * block that was used longest ago goes first; one that was read ahead stays until it was used, as long as there are others.
 */
export class BlockCache {
  readonly #source: ByteSource;
  readonly #maxBlocks: number;
  /** In order of last use. */
  readonly #blocks = new Map<number, CachedBlock>();
  readonly #spare: Uint8Array[] = [];
  #buffers = 0;
  #ahead = 0;

  constructor(source: ByteSource, cacheBytes: number) {
    this.#source = source;
    this.#maxBlocks = Math.max(1, Math.floor(cacheBytes / CACHE_BLOCK_BYTES));
  }

  has(index: number): boolean {
    return this.#blocks.has(index);
  }

  /** The block, held until `release`; undefined where all blocks are held, so that the caller has to read by itself. */
  acquire(index: number): CachedBlock | undefined {
    const block = this.#blocks.get(index) ?? this.#load(index);
    if (block === undefined) return undefined;
    if (!block.wasUsed) this.#ahead -= 1;
    block.wasUsed = true;
    block.readers += 1;
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }

  release(block: CachedBlock): void {
    block.readers -= 1;
  }

  /** Starts to read a block that somebody will want soon; does nothing where half of the cache is ahead of its readers already. */
  readAhead(index: number): void {
    const isInside = index * CACHE_BLOCK_BYTES < this.#source.sizeBytes;
    if (!isInside || this.#blocks.has(index) || this.#ahead >= this.#maxBlocks / 2) return;
    const block = this.#load(index);
    // Who really wants it will hear of a failure.
    block?.loaded.catch(() => undefined);
  }

  #load(index: number): CachedBlock | undefined {
    const bytes = this.#buffer();
    if (bytes === undefined) return undefined;
    const block: CachedBlock = {
      index,
      bytes,
      loaded: this.#source.read(bytes, index * CACHE_BLOCK_BYTES),
      readers: 0,
      wasUsed: false,
    };
    this.#ahead += 1;
    this.#blocks.set(index, block);
    // Held while the source writes into it.
    block.readers += 1;
    block.loaded.then(
      () => this.release(block),
      () => {
        this.release(block);
        this.#drop(block);
      },
    );
    return block;
  }

  #buffer(): Uint8Array | undefined {
    const spare = this.#spare.pop();
    if (spare !== undefined) return spare;
    if (this.#buffers < this.#maxBlocks) {
      this.#buffers += 1;
      return Buffer.allocUnsafeSlow(CACHE_BLOCK_BYTES);
    }
    const victim = this.#victim();
    if (victim === undefined) return undefined;
    this.#drop(victim);
    return this.#spare.pop();
  }

  #victim(): CachedBlock | undefined {
    let unused: CachedBlock | undefined;
    for (const block of this.#blocks.values()) {
      if (block.readers > 0) continue;
      if (block.wasUsed) return block;
      unused ??= block;
    }
    return unused;
  }

  /** A block that is still held when its read failed takes its buffer with it. */
  #drop(block: CachedBlock): void {
    if (this.#blocks.get(block.index) !== block) return;
    this.#blocks.delete(block.index);
    if (!block.wasUsed) this.#ahead -= 1;
    if (block.readers === 0) this.#spare.push(block.bytes);
    else this.#buffers -= 1;
  }
}
