import type { ByteSource } from './byte-source.ts';
import type { Extent, ImageFile } from './image-fs.ts';
import type { TreeNode } from './image-tree.ts';

/** A file of an image: its extents end to end. It has no position of its own, so reads may overlap. */
export class ExtentFile implements ImageFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | undefined;
  readonly extents: readonly Extent[];
  readonly #source: ByteSource;

  constructor(source: ByteSource, path: string, node: TreeNode) {
    this.path = path;
    this.sizeBytes = node.sizeBytes;
    this.modifiedAtMs = node.modifiedAtMs;
    this.extents = node.extents;
    this.#source = source;
  }

  async read(target: Uint8Array, positionBytes: number): Promise<number> {
    let doneBytes = 0;
    let extentStart = 0;
    for (const { offsetBytes, lengthBytes } of this.extents) {
      if (doneBytes === target.length) break;
      const from = positionBytes + doneBytes - extentStart;
      if (from >= 0 && from < lengthBytes) {
        const part = target.subarray(doneBytes, doneBytes + Math.min(target.length - doneBytes, lengthBytes - from));
        doneBytes += await this.#source.read(part, offsetBytes + from);
      }
      extentStart += lengthBytes;
    }
    return doneBytes;
  }
}
