import { ImageDamage } from './image-damage.ts';
import type { Extent } from './image-fs.ts';
import type { ImageTree, TreeChild, TreeNode } from './image-tree.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import type { UdfAddress } from './udf-descriptor.ts';
import { parseUdfDirectory, parseUdfLinkTarget } from './udf-directory.ts';
import { readUdfNode } from './udf-node-reader.ts';
import type { UdfPartitionSpace } from './udf-partitions.ts';

/** A directory tree of UDF. A directory names the address of each child's file entry, which is read when needed. */
export class UdfTree implements ImageTree<UdfAddress> {
  readonly root: UdfAddress;
  readonly #reader: MetadataReader;
  readonly #spaces: readonly UdfPartitionSpace[];

  constructor(reader: MetadataReader, spaces: readonly UdfPartitionSpace[], root: UdfAddress) {
    this.#reader = reader;
    this.#spaces = spaces;
    this.root = root;
  }

  identity({ block, partition }: UdfAddress): number {
    return block * this.#spaces.length + partition;
  }

  async node(address: UdfAddress): Promise<TreeNode> {
    const { entry, extents } = await readUdfNode(this.#reader, this.#spaces, address);
    const { fileType, sizeBytes, modifiedAtMs } = entry;
    const linkTarget =
      fileType === 'symlink'
        ? parseUdfLinkTarget(await this.#contents(extents, limits.linkTargetBytes, 'symbolic links'))
        : undefined;
    return { type: fileType, sizeBytes, modifiedAtMs, linkTarget, extents };
  }

  async children(directory: UdfAddress): Promise<readonly TreeChild<UdfAddress>[]> {
    const { extents } = await this.node(directory);
    const entries = parseUdfDirectory(await this.#contents(extents, limits.directoryBytes, 'directories'));
    return entries.map(({ name, address }) => ({ name, handle: address }));
  }

  async #contents(extents: readonly Extent[], limitBytes: number, what: string): Promise<Uint8Array> {
    const sizeBytes = extents.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    if (sizeBytes > limitBytes) throw new ImageDamage(`one of its ${what} claims a size of ${sizeBytes} bytes`);
    const parts: Uint8Array[] = [];
    for (const { offsetBytes, lengthBytes } of extents) parts.push(await this.#reader.read(offsetBytes, lengthBytes));
    return Buffer.concat(parts);
  }
}
