import { FAT_RECORD_BYTES, type FatVolume } from './fat-boot-sector.ts';
import { type FatRecord, parseFatDirectory } from './fat-directory.ts';
import { FatTable } from './fat-table.ts';
import { ImageDamage } from './image-damage.ts';
import type { Extent } from './image-fs.ts';
import type { ImageTree, TreeChild, TreeNode } from './image-tree.ts';
import type { MetadataReader } from './metadata-reader.ts';

/** The root directory, which has no record. */
type FatHandle = FatRecord | 'root';

/** Offsets in a directory are 16 bits wide in every driver: longer ones cannot be. */
const maxDirectoryBytes = 65_536 * FAT_RECORD_BYTES;

/** A directory tree of FAT12, FAT16 or FAT32. */
export class FatTree implements ImageTree<FatHandle> {
  readonly root = 'root';
  readonly #reader: MetadataReader;
  readonly #volume: FatVolume;
  readonly #table: FatTable;

  constructor(reader: MetadataReader, volume: FatVolume) {
    this.#reader = reader;
    this.#volume = volume;
    this.#table = new FatTable(reader, volume);
  }

  /** 0 is the root, as it is in the records that lead up to it. */
  identity(directory: FatHandle): number {
    if (directory === 'root') return 0;
    const { root } = this.#volume;
    const cluster = this.#firstCluster(directory);
    return root.kind === 'cluster' && root.cluster === cluster ? 0 : cluster;
  }

  async node(handle: FatHandle): Promise<TreeNode> {
    if (handle === 'root')
      return { type: 'directory', sizeBytes: 0, modifiedAtMs: undefined, linkTarget: undefined, extents: [] };
    const { isDirectory, sizeBytes, modifiedAtMs } = handle;
    return {
      type: isDirectory ? 'directory' : 'file',
      sizeBytes,
      modifiedAtMs,
      linkTarget: undefined,
      extents: isDirectory ? [] : await this.#fileExtents(handle),
    };
  }

  async children(directory: FatHandle): Promise<readonly TreeChild<FatHandle>[]> {
    const { records } = parseFatDirectory(await this.#directoryBytes(directory));
    const { clusterBytes, clusterCount } = this.#volume;
    // Files do not overlap, so together they are no larger than the volume; without this, a table could be followed for hours.
    const claimedBytes = records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (claimedBytes > clusterBytes * clusterCount)
      throw new ImageDamage('the files of one of its directories overlap');
    return records.map((record) => ({ name: record.name, handle: record }));
  }

  /** The label that the root directory gives, which goes before that of the boot sector. */
  async volumeLabel(): Promise<string> {
    return parseFatDirectory(await this.#directoryBytes('root')).volumeLabel ?? this.#volume.volumeLabel;
  }

  async #fileExtents(record: FatRecord): Promise<readonly Extent[]> {
    const { sizeBytes } = record;
    if (sizeBytes === 0) return [];
    const extents = await this.#table.extents(this.#firstCluster(record), sizeBytes);
    const foundBytes = extents.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    if (foundBytes < sizeBytes)
      throw new ImageDamage(`one of its files claims a size of ${sizeBytes} bytes and has fewer`);
    return extents;
  }

  async #directoryBytes(directory: FatHandle): Promise<Uint8Array> {
    const extents = await this.#directoryExtents(directory);
    const totalBytes = extents.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    if (totalBytes > maxDirectoryBytes)
      throw new ImageDamage('one of its directories is absurdly large or leads in a circle');
    const parts: Uint8Array[] = [];
    for (const { offsetBytes, lengthBytes } of extents) parts.push(await this.#reader.read(offsetBytes, lengthBytes));
    return Buffer.concat(parts);
  }

  async #directoryExtents(directory: FatHandle): Promise<readonly Extent[]> {
    const { root } = this.#volume;
    if (directory === 'root' && root.kind === 'area') return [root];
    const first = directory === 'root' ? (root.kind === 'cluster' ? root.cluster : 0) : this.#firstCluster(directory);
    return await this.#table.extents(first, maxDirectoryBytes + FAT_RECORD_BYTES);
  }

  /** The upper half of the field means something else in FAT12 and FAT16. */
  #firstCluster({ firstCluster }: FatRecord): number {
    return this.#volume.kind === 32 ? firstCluster & 0x0fff_ffff : firstCluster & 0xffff;
  }
}
