import { ImageDamage } from './image-damage.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { parseSystemUse } from './system-use.ts';
import type { SystemUseEntry } from './system-use.ts';

/** Gathers the SUSP entries of records, following CE. One of these for each directory: it carries the directory's budget. */
export class SystemUseReader {
  readonly #reader: MetadataReader;
  readonly #blockBytes: number;
  #budgetBytes: number = limits.continuationBytesPerDirectory;

  constructor(reader: MetadataReader, blockBytes: number) {
    this.#reader = reader;
    this.#blockBytes = blockBytes;
  }

  /** All entries of a record's system use area, in order. */
  async entries(area: Uint8Array): Promise<readonly SystemUseEntry[]> {
    const entries: SystemUseEntry[] = [];
    let { entries: found, continuation } = parseSystemUse(area);
    for (let hops = 0; ; hops += 1) {
      entries.push(...found);
      if (continuation === undefined) return entries;
      const { block, offsetBytes, lengthBytes } = continuation;
      this.#budgetBytes -= lengthBytes;
      const isAbsurd = lengthBytes > limits.continuationAreaBytes || this.#budgetBytes < 0;
      if (isAbsurd || hops === limits.continuationsPerRecord) {
        throw new ImageDamage('a Rock Ridge continuation leads in a circle or is absurdly long');
      }
      const continued = await this.#reader.read(block * this.#blockBytes + offsetBytes, lengthBytes);
      ({ entries: found, continuation } = parseSystemUse(continued));
    }
  }
}
