import { readSync } from 'node:fs';
import type { BlockReader } from '../block-source.ts';
import type { ChunkPool } from '../chunk-pool.ts';
import { FileShortened } from '../read-ahead.ts';
import type { ThreadSource } from './thread-messages.ts';

/**
 * Reads a file from its start in large chunks at the moment when they are needed: the system reads ahead of it by itself. Only for a
 * thread that may wait for a disk.
 */
export class DirectReader implements BlockReader {
  readonly #source: ThreadSource;
  readonly #sizeBytes: number;
  readonly #chunk: Buffer;
  readonly #pool: ChunkPool;
  #offset = 0;
  #length = 0;
  #readPosition = 0;
  #usedBytes = 0;
  #failure: unknown;
  #isClosed = false;

  constructor(source: ThreadSource, sizeBytes: number, options: { chunkBytes: number; pool: ChunkPool }) {
    this.#source = source;
    this.#sizeBytes = sizeBytes;
    this.#pool = options.pool;
    this.#chunk = options.pool.take(options.chunkBytes);
  }

  get failure(): unknown {
    return this.#failure;
  }

  get atEnd(): boolean {
    return this.#usedBytes === this.#sizeBytes;
  }

  get available(): Buffer | undefined {
    if (this.#offset === this.#length) this.#readChunk();
    return this.#failure === undefined ? this.#chunk.subarray(this.#offset, this.#length) : undefined;
  }

  use(bytes: number): void {
    this.#offset += bytes;
    this.#usedBytes += bytes;
  }

  close(): void {
    if (!this.#isClosed) this.#pool.give(this.#chunk);
    this.#isClosed = true;
  }

  #readChunk(): void {
    if (this.#failure !== undefined) return;
    const wanted = Math.min(this.#chunk.length, this.#sizeBytes - this.#readPosition);
    try {
      this.#fill(wanted);
    } catch (error) {
      this.#failure = error;
      return;
    }
    this.#readPosition += wanted;
    this.#offset = 0;
    this.#length = wanted;
  }

  #fill(wanted: number): void {
    const source = this.#source;
    if (source.kind === 'bytes') {
      const bytes = source.bytes.subarray(this.#readPosition, this.#readPosition + wanted);
      if (bytes.length < wanted) throw new FileShortened();
      this.#chunk.set(bytes);
      return;
    }
    let done = 0;
    let extentStart = 0;
    for (const { offsetBytes, lengthBytes } of source.extents) {
      while (done < wanted) {
        const inExtent = this.#readPosition + done - extentStart;
        if (inExtent < 0 || inExtent >= lengthBytes) break;
        const most = Math.min(wanted - done, lengthBytes - inExtent);
        const read = readSync(source.descriptor, this.#chunk, done, most, offsetBytes + inExtent);
        if (read === 0) throw new FileShortened();
        done += read;
      }
      extentStart += lengthBytes;
    }
    if (done < wanted) throw new FileShortened();
  }
}
