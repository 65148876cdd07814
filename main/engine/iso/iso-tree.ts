import { isParent, isSelf, parseDirectorySector } from './directory-record.ts';
import type { DirectoryRecord } from './directory-record.ts';
import { ImageDamage } from './image-damage.ts';
import type { Extent } from './image-fs.ts';
import type { ImageTree, TreeChild, TreeNode } from './image-tree.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { ucs2BigEndian, utf8OrLatin1, withoutEmptyExtension, withoutVersion } from './name-text.ts';
import { parseRockRidge } from './rock-ridge.ts';
import type { RockRidge } from './rock-ridge.ts';
import { SystemUseReader } from './system-use-reader.ts';
import type { VolumeTree } from './volume-descriptor.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

/** How the names of a tree are to be read. */
export type NameSystem =
  | { readonly kind: 'iso9660' }
  | { readonly kind: 'joliet' }
  | { readonly kind: 'rock-ridge'; readonly skipBytes: number };

/** How much of a directory is read at a time. */
const CHUNK_BYTES = 64 * SECTOR_BYTES;

/** A directory tree of ISO 9660. A record holds all there is to know of its file, so a handle is the node itself. */
export class IsoTree implements ImageTree<TreeNode> {
  readonly root: TreeNode;
  readonly #reader: MetadataReader;
  readonly #volume: VolumeTree;
  readonly #names: NameSystem;

  constructor(reader: MetadataReader, volume: VolumeTree, names: NameSystem) {
    this.#reader = reader;
    this.#volume = volume;
    this.#names = names;
    this.root = directoryNode({ offsetBytes: volume.rootBlock * volume.blockBytes, lengthBytes: volume.rootBytes });
  }

  node(handle: TreeNode): Promise<TreeNode> {
    return Promise.resolve(handle);
  }

  identity(directory: TreeNode): number {
    return directory.extents[0]?.offsetBytes ?? 0;
  }

  async children(directory: TreeNode): Promise<readonly TreeChild<TreeNode>[]> {
    const children: TreeChild<TreeNode>[] = [];
    const systemUse = new SystemUseReader(this.#reader, this.#volume.blockBytes);
    let recordCount = 0;
    /** The file whose last extent has not come yet. */
    let pieces: DirectoryRecord[] = [];
    for await (const records of this.#recordBatches(directory)) {
      recordCount += records.length;
      if (recordCount > limits.directoryEntries) {
        throw new ImageDamage(`one of its directories has more than ${limits.directoryEntries} entries`);
      }
      for (const record of records) {
        if (isSelf(record) || isParent(record) || record.isAssociated) continue;
        if (pieces[0] !== undefined && !sameBytes(pieces[0].identifier, record.identifier)) {
          throw new ImageDamage('the last piece of one of its files is missing');
        }
        pieces.push(record);
        if (pieces.length > limits.extentsPerFile) throw new ImageDamage('one of its files is in too many pieces');
        if (record.hasMoreExtents) continue;
        const child = await this.#child(record, pieces, systemUse);
        if (child !== undefined) children.push(child);
        pieces = [];
      }
    }
    if (pieces.length > 0) throw new ImageDamage('the last piece of one of its files is missing');
    return children;
  }

  async *#recordBatches(directory: TreeNode): AsyncGenerator<DirectoryRecord[]> {
    const { offsetBytes, lengthBytes } = await this.#wholeExtent(directory);
    if (lengthBytes > limits.directoryBytes) {
      throw new ImageDamage(`one of its directories claims a size of ${lengthBytes} bytes`);
    }
    this.#reader.checkInside(offsetBytes, lengthBytes);
    for (let done = 0; done < lengthBytes; done += CHUNK_BYTES) {
      const chunk = await this.#reader.read(offsetBytes + done, Math.min(CHUNK_BYTES, lengthBytes - done));
      for (let at = 0; at < chunk.length; at += SECTOR_BYTES) {
        yield parseDirectorySector(chunk.subarray(at, at + SECTOR_BYTES));
      }
    }
  }

  /** A relocated directory is known by its block only; its size stands in its own first record. */
  async #wholeExtent(directory: TreeNode): Promise<Extent> {
    const { offsetBytes, lengthBytes } = directory.extents[0] ?? { offsetBytes: 0, lengthBytes: 0 };
    if (lengthBytes !== UNKNOWN_BYTES) return { offsetBytes, lengthBytes };
    const [self] = parseDirectorySector(await this.#reader.read(offsetBytes, SECTOR_BYTES));
    if (self === undefined || !isSelf(self)) {
      throw new ImageDamage('a relocated directory is not where its link points');
    }
    return { offsetBytes, lengthBytes: self.dataBytes };
  }

  /** The file, directory or link of a record (of several, for a file in pieces); undefined for what is not shown. */
  async #child(
    record: DirectoryRecord,
    pieces: readonly DirectoryRecord[],
    systemUse: SystemUseReader,
  ): Promise<TreeChild<TreeNode> | undefined> {
    if (this.#names.kind === 'rock-ridge') {
      const area = record.systemUse.subarray(this.#names.skipBytes);
      return this.#rockRidgeChild(record, pieces, parseRockRidge(await systemUse.entries(area)));
    }
    const name = this.#names.kind === 'joliet' ? withoutVersion(ucs2BigEndian(record.identifier)) : plainName(record);
    return { name, handle: this.#plainNode(record, pieces) };
  }

  #rockRidgeChild(
    record: DirectoryRecord,
    pieces: readonly DirectoryRecord[],
    rockRidge: RockRidge,
  ): TreeChild<TreeNode> | undefined {
    if (rockRidge.isRelocated || rockRidge.fileType === 'special') return undefined;
    const name = rockRidge.name ?? plainName(record);
    const modifiedAtMs = rockRidge.modifiedAtMs ?? record.modifiedAtMs;
    if (rockRidge.childBlock !== undefined) {
      const offsetBytes = rockRidge.childBlock * this.#volume.blockBytes;
      return { name, handle: directoryNode({ offsetBytes, lengthBytes: UNKNOWN_BYTES }, modifiedAtMs) };
    }
    if (rockRidge.fileType === 'symlink' && rockRidge.linkTarget !== undefined) {
      const { linkTarget } = rockRidge;
      return { name, handle: { type: 'symlink', sizeBytes: 0, modifiedAtMs, linkTarget, extents: [] } };
    }
    return { name, handle: { ...this.#plainNode(record, pieces), modifiedAtMs } };
  }

  #plainNode(record: DirectoryRecord, pieces: readonly DirectoryRecord[]): TreeNode {
    const { modifiedAtMs } = record;
    const extents: Extent[] = [];
    let sizeBytes = 0;
    for (const { dataBlock, dataBytes, isInterleaved } of pieces) {
      if (isInterleaved) throw new ImageDamage('one of its files is interleaved, which only drives of the 1980s wrote');
      const extent = { offsetBytes: dataBlock * this.#volume.blockBytes, lengthBytes: dataBytes };
      if (record.isDirectory) return directoryNode(extent, modifiedAtMs);
      // Writers give empty files any block, also one behind the end.
      if (dataBytes > 0) extents.push(extent);
      sizeBytes += dataBytes;
    }
    return { type: 'file', sizeBytes, modifiedAtMs, linkTarget: undefined, extents };
  }
}

/** Stands for a length that has to be read first; no directory is this short, as it holds at least two records. */
const UNKNOWN_BYTES = 0;

const plainName = (record: DirectoryRecord): string =>
  withoutEmptyExtension(withoutVersion(utf8OrLatin1(record.identifier)));

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function directoryNode(extent: Extent, modifiedAtMs?: number): TreeNode {
  return { type: 'directory', sizeBytes: 0, modifiedAtMs, linkTarget: undefined, extents: [extent] };
}
