import { StationError } from '../../contract/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { ImageDamage } from './image-damage.ts';

/** Metadata lies together on a disc: one block usually holds several directories or file entries. */
const BLOCK_BYTES = 32 * 1024;
const CACHED_BLOCKS = 64;

/** Reads of structures (never of file contents) through a small cache: 2 MiB an image. */
export class MetadataReader {
  readonly source: ByteSource;
  /** What the volume claims to be long: tells an image that was cut short from one whose records lie. */
  volumeBytes = 0;
  /** In order of last use. A block is cached as the promise of it, so that reads at the same time share one. */
  readonly #blocks = new Map<number, Promise<Uint8Array>>();

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** The bytes of the range; rejects with E_IMAGE_TRUNCATED or ImageDamage where it is not wholly inside the image. */
  async read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    this.checkInside(offsetBytes, lengthBytes);
    const first = Math.floor(offsetBytes / BLOCK_BYTES);
    const last = Math.floor((offsetBytes + Math.max(lengthBytes, 1) - 1) / BLOCK_BYTES);
    const skip = offsetBytes - first * BLOCK_BYTES;
    if (first === last) return (await this.#block(first)).subarray(skip, skip + lengthBytes);
    // A long range would push everything else out of the cache and is rarely asked for twice.
    if (last - first >= CACHED_BLOCKS / 8) return this.#uncached(offsetBytes, lengthBytes);
    const bytes = new Uint8Array(lengthBytes);
    for (let index = first; index <= last; index += 1) {
      const block = await this.#block(index);
      const from = Math.max(0, offsetBytes - index * BLOCK_BYTES);
      const to = Math.min(BLOCK_BYTES, offsetBytes + lengthBytes - index * BLOCK_BYTES);
      bytes.set(block.subarray(from, to), index * BLOCK_BYTES + from - offsetBytes);
    }
    return bytes;
  }

  /** As `read`, but a range that reaches past the end of the image comes back shorter. */
  readUpTo(offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    const available = Math.max(0, Math.min(lengthBytes, this.source.sizeBytes - offsetBytes));
    return available === 0 ? Promise.resolve(new Uint8Array()) : this.read(offsetBytes, available);
  }

  /** Throws where the range is not wholly inside the image. */
  checkInside(offsetBytes: number, lengthBytes: number): void {
    const { path, sizeBytes } = this.source;
    const end = offsetBytes + lengthBytes;
    if (end <= sizeBytes) return;
    if (end <= this.volumeBytes) {
      throw new StationError('E_IMAGE_TRUNCATED', { path, expectedBytes: this.volumeBytes, actualBytes: sizeBytes });
    }
    throw new ImageDamage(`a record points at byte ${end}, past the end of the volume at ${sizeBytes}`);
  }

  #block(index: number): Promise<Uint8Array> {
    const cached = this.#blocks.get(index);
    const block = cached ?? this.#uncached(index * BLOCK_BYTES, BLOCK_BYTES);
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    if (cached === undefined) {
      block.catch(() => this.#blocks.delete(index));
      const [oldest] = this.#blocks.keys();
      if (this.#blocks.size > CACHED_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    }
    return block;
  }

  async #uncached(offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.min(lengthBytes, this.source.sizeBytes - offsetBytes));
    await this.source.read(bytes, offsetBytes);
    return bytes;
  }
}
