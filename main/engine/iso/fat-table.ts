import { uint16le, uint32le } from './byte-fields.ts';
import type { FatVolume } from './fat-boot-sector.ts';
import { ImageDamage } from './image-damage.ts';
import type { Extent } from './image-fs.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';

const BLOCK_BYTES = 24 * 1024;

/** The allocation table: follows the clusters of a file, neighbours put together. */
export class FatTable {
  readonly #reader: MetadataReader;
  readonly #volume: FatVolume;
  /** The piece of the table that was asked for last: a chain mostly stays in it. A multiple of 3 bytes, for entries of 12 bits. */
  #block: { readonly index: number; readonly bytes: Uint8Array } | undefined;

  constructor(reader: MetadataReader, volume: FatVolume) {
    this.#reader = reader;
    this.#volume = volume;
  }

  /**
   * Where the clusters from `first` on lie, up to `maxBytes`; shorter where the chain ends before. Throws ImageDamage for a chain that
   * leaves the volume or is in absurdly many pieces. One that leads in a circle is followed for `maxBytes`, no further.
   */
  async extents(first: number, maxBytes: number): Promise<Extent[]> {
    const { clusterBytes, clusterCount, dataOffsetBytes } = this.#volume;
    const extents: { offsetBytes: number; lengthBytes: number }[] = [];
    let missing = maxBytes;
    for (let cluster: number | undefined = first; cluster !== undefined && missing > 0;) {
      if (cluster < 2 || cluster >= clusterCount + 2)
        throw new ImageDamage('a chain of its FAT leads out of the volume');
      const lengthBytes = Math.min(clusterBytes, missing);
      const offsetBytes = dataOffsetBytes + (cluster - 2) * clusterBytes;
      const last = extents.at(-1);
      if (last !== undefined && last.offsetBytes + last.lengthBytes === offsetBytes) last.lengthBytes += lengthBytes;
      else extents.push({ offsetBytes, lengthBytes });
      if (extents.length > limits.extentsPerFile) throw new ImageDamage('one of its files is in too many pieces');
      missing -= lengthBytes;
      cluster = missing > 0 ? await this.#next(cluster) : undefined;
    }
    return extents;
  }

  /** The cluster behind another one; undefined at the end of a chain. */
  async #next(cluster: number): Promise<number | undefined> {
    const { kind } = this.#volume;
    const offset = kind === 12 ? cluster + (cluster >> 1) : cluster * (kind / 8);
    const index = Math.floor(offset / BLOCK_BYTES);
    if (this.#block?.index !== index) await this.#load(index);
    const bytes = this.#block?.bytes ?? new Uint8Array();
    const at = offset - index * BLOCK_BYTES;
    if (kind === 32) return endOr(uint32le(bytes, at) & 0x0fff_ffff, 0x0fff_fff8);
    if (kind === 16) return endOr(uint16le(bytes, at), 0xfff8);
    const pair = uint16le(bytes, at);
    return endOr((cluster & 1) === 0 ? pair & 0xfff : pair >> 4, 0xff8);
  }

  async #load(index: number): Promise<void> {
    const { tableOffsetBytes, tableBytes } = this.#volume;
    const start = index * BLOCK_BYTES;
    // One byte more: an entry of 12 bits may reach into the next piece.
    const length = Math.min(BLOCK_BYTES + 1, tableBytes - start);
    const bytes = await this.#reader.read(tableOffsetBytes + start, length);
    this.#block = { index, bytes };
  }
}

const endOr = (entry: number, end: number): number | undefined => (entry >= end ? undefined : entry);
