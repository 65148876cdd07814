/** Buffers for reading ahead, kept for the next transfer: a bench asks for the same few files over and over. */
export class ChunkPool {
  readonly #free = new Map<number, Buffer[]>();
  readonly #maxKeptBytes: number;
  #keptBytes = 0;

  constructor(maxKeptBytes: number) {
    this.#maxKeptBytes = maxKeptBytes;
  }

  take(sizeBytes: number): Buffer {
    const buffer = this.#free.get(sizeBytes)?.pop();
    if (buffer === undefined) return Buffer.allocUnsafeSlow(sizeBytes);
    this.#keptBytes -= sizeBytes;
    return buffer;
  }

  give(buffer: Buffer): void {
    if (this.#keptBytes + buffer.length > this.#maxKeptBytes) return;
    this.#keptBytes += buffer.length;
    const sameSize = this.#free.get(buffer.length);
    if (sameSize === undefined) this.#free.set(buffer.length, [buffer]);
    else sameSize.push(buffer);
  }
}
