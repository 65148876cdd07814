import type { ServedFile } from '../files/route.ts';
import type { ChunkPool } from './chunk-pool.ts';

interface Chunk {
  readonly buffer: Buffer;
  readonly length: number;
}

/** A source that has fewer bytes than it said. */
export class FileShortened extends Error {
  constructor() {
    super('the file is shorter than it was when the transfer began');
    this.name = 'FileShortened';
  }
}

/**
 * Reads a file from its start in large chunks, one chunk ahead of what is being used: never more than two in memory.
 */
export class ReadAhead {
  readonly #file: ServedFile;
  readonly #pool: ChunkPool;
  readonly #chunkBytes: number;
  readonly #onChange: () => void;
  #current: Chunk | undefined;
  #next: Chunk | undefined;
  #offset = 0;
  #readPosition = 0;
  #usedBytes = 0;
  #reading: Promise<void> | undefined;
  #closed = false;
  #failure: unknown;

  /** `onChange` is called when bytes have come or the source has failed. */
  constructor(file: ServedFile, options: { chunkBytes: number; pool: ChunkPool; onChange: () => void }) {
    this.#file = file;
    this.#pool = options.pool;
    this.#chunkBytes = options.chunkBytes;
    this.#onChange = options.onChange;
  }

  /** Why no more will come: what `ServedFile.read` rejected with, or FileShortened. */
  get failure(): unknown {
    return this.#failure;
  }

  get atEnd(): boolean {
    return this.#usedBytes === this.#file.sizeBytes;
  }

  /** The bytes that come next, for use until `use` is called; undefined where they have still to be read. */
  get available(): Buffer | undefined {
    if (this.#current === undefined) this.#advance();
    return this.#current?.buffer.subarray(this.#offset, this.#current.length);
  }

  /** Counts bytes of `available` as used. */
  use(bytes: number): void {
    this.#offset += bytes;
    this.#usedBytes += bytes;
    if (this.#current === undefined || this.#offset < this.#current.length) return;
    this.#pool.give(this.#current.buffer);
    this.#current = undefined;
    this.#offset = 0;
    this.#advance();
  }

  /** Waits for a read that is under way, then gives everything back. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading;
    for (const chunk of [this.#current, this.#next]) if (chunk !== undefined) this.#pool.give(chunk.buffer);
    this.#current = undefined;
    this.#next = undefined;
    await this.#file.close();
  }

  #advance(): void {
    if (this.#current === undefined && this.#next !== undefined) {
      this.#current = this.#next;
      this.#next = undefined;
    }
    const idle = this.#reading === undefined && this.#next === undefined;
    if (!idle || this.#closed || this.#failure !== undefined || this.#readPosition >= this.#file.sizeBytes) return;
    this.#reading = this.#readChunk();
  }

  async #readChunk(): Promise<void> {
    const length = Math.min(this.#chunkBytes, this.#file.sizeBytes - this.#readPosition);
    const buffer = this.#pool.take(Math.min(this.#chunkBytes, this.#file.sizeBytes));
    try {
      const bytesRead = await this.#file.read(buffer.subarray(0, length), this.#readPosition);
      if (bytesRead < length) throw new FileShortened();
      this.#readPosition += length;
      this.#next = { buffer, length };
    } catch (error) {
      this.#pool.give(buffer);
      this.#failure = error;
    }
    this.#reading = undefined;
    if (this.#closed) return;
    this.#advance();
    this.#onChange();
  }
}
