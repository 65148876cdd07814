import { closeSync, fdatasync, openSync, rmSync, writeSync } from 'node:fs';
import { formatHead, type SegmentHead } from './journal-line.ts';

/** Writes bytes to an open file and returns how many it took; another one stands in for a full disk in tests. */
export type WriteBytes = (descriptor: number, bytes: Buffer) => number;

/** How often what was written is made to outlast a power failure. */
const SYNC_INTERVAL_MS = 200;

/** One file of a journal that is written to. Dispose closes it, with all of it on disk. */
export class SegmentFile implements AsyncDisposable {
  readonly number: number;
  readonly path: string;
  readonly #descriptor: number;
  readonly #write: WriteBytes;
  #sizeBytes = 0;
  #isDirty = true;
  #timer: NodeJS.Timeout | undefined;
  #syncing: Promise<void> | undefined;

  /** Makes the file with its first line, or leaves none behind. Throws what the file system throws. */
  constructor(path: string, number: number, head: SegmentHead, write: WriteBytes = writeSync) {
    this.number = number;
    this.path = path;
    this.#write = write;
    this.#descriptor = openSync(path, 'ax', 0o600);
    try {
      let rest = Buffer.from(formatHead(head));
      while (rest.length > 0) rest = rest.subarray(this.write(rest));
    } catch (error) {
      clearTimeout(this.#timer);
      closeSync(this.#descriptor);
      rmSync(path, { force: true });
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** How many bytes of it the file took. Throws what the file system throws. */
  write(bytes: Buffer): number {
    const taken = this.#write(this.#descriptor, bytes);
    if (taken === 0) throw Object.assign(new Error('The disk takes nothing'), { code: 'ENOSPC' });
    this.#sizeBytes += taken;
    this.#isDirty = true;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A disk that cannot do it now is told by the next write.
      this.sync().catch(() => undefined);
    }, SYNC_INTERVAL_MS).unref();
    return taken;
  }

  /** Resolves when all that was written before outlasts a power failure; one at a time. */
  async sync(): Promise<void> {
    while (this.#syncing !== undefined) await this.#syncing.catch(() => undefined);
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#syncing = dataSync(this.#descriptor);
    try {
      await this.#syncing;
    } finally {
      this.#syncing = undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.sync();
    } finally {
      closeSync(this.#descriptor);
    }
  }
}

function dataSync(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
  });
}
