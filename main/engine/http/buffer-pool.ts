/** Chunks that are used again and again: a fresh 512 KiB a write would keep the garbage collector busy at 1 GB/s. */

export const LARGE_CHUNK_BYTES = 512 * 1024;
export const SMALL_CHUNK_BYTES = 64 * 1024;

/**
 * Lends chunks of two sizes. Large ones only up to a budget: with more connections than it has chunks for, the later
 * ones work with small chunks, so memory stays bounded and nobody has to wait.
 */
export class BufferPool {
  readonly #large: Buffer[] = [];
  readonly #small: Buffer[] = [];
  readonly #maxLarge: number;
  #lentLarge = 0;

  constructor(budgetBytes: number) {
    this.#maxLarge = Math.floor(budgetBytes / LARGE_CHUNK_BYTES);
  }

  /** A chunk with arbitrary contents, large where that much is wanted and to be had. */
  acquire(wantedBytes: number): Buffer {
    if (wantedBytes <= SMALL_CHUNK_BYTES || this.#lentLarge >= this.#maxLarge) {
      return this.#small.pop() ?? Buffer.allocUnsafeSlow(SMALL_CHUNK_BYTES);
    }
    this.#lentLarge += 1;
    return this.#large.pop() ?? Buffer.allocUnsafeSlow(LARGE_CHUNK_BYTES);
  }

  /** Gives a chunk back; its borrower may not touch it any more. */
  release(chunk: Buffer): void {
    if (chunk.length === LARGE_CHUNK_BYTES) {
      this.#lentLarge -= 1;
      this.#large.push(chunk);
    } else if (this.#small.length < MAX_IDLE_SMALL_CHUNKS) {
      this.#small.push(chunk);
    }
  }
}

const MAX_IDLE_SMALL_CHUNKS = 64;
