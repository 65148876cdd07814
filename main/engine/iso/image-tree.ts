import type { Extent, ImageEntry } from './image-fs.ts';

/** What a format has to provide; paths, links and letter case are then the same for all (`tree-fs.ts`). */

/** What is known of a file, directory or link once its record is read. */
export interface TreeNode {
  readonly type: ImageEntry['type'];
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | undefined;
  readonly linkTarget: string | undefined;
  /** Where the contents lie; of a directory, its records. */
  readonly extents: readonly Extent[];
}

export interface TreeChild<Handle> {
  readonly name: string;
  /** Leads to the node. Some formats keep name and node apart, and most names are never followed. */
  readonly handle: Handle;
}

export interface ImageTree<Handle> {
  readonly root: Handle;
  node(handle: Handle): Promise<TreeNode>;
  /** Children of a directory in the image's order, names unchecked. May throw ImageDamage. */
  children(directory: Handle): Promise<readonly TreeChild<Handle>[]>;
  /** The same for two handles of the same directory: that is how a cycle is seen. */
  identity(directory: Handle): number;
}
