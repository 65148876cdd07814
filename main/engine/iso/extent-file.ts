import type { ByteSource, LentBytes } from './byte-source.ts';
import type { Extent, ImageFile, OpenFile } from './image-fs.ts';
import type { TreeNode } from './image-tree.ts';

/** A file of an image: its extents end to end. It has no position of its own, so reads may overlap. */
export class ExtentFile implements ImageFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | undefined;
  readonly extents: readonly Extent[];
  readonly within: OpenFile | undefined;
  readonly #source: ByteSource;

  constructor(source: ByteSource, path: string, node: TreeNode) {
    this.path = path;
    this.sizeBytes = node.sizeBytes;
    this.modifiedAtMs = node.modifiedAtMs;
    this.extents = node.extents;
    this.within = openFileOf(source);
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

  async lend(positionBytes: number, maxBytes: number): Promise<LentBytes | undefined> {
    let extentStart = 0;
    for (const { offsetBytes, lengthBytes } of this.extents) {
      const from = positionBytes - extentStart;
      if (from < lengthBytes) {
        return await this.#source.lend?.(offsetBytes + from, Math.min(maxBytes, lengthBytes - from));
      }
      extentStart += lengthBytes;
    }
    return undefined;
  }
}

/** The open file that a source is; undefined for a source that is none, or a part of one. */
export function openFileOf(source: ByteSource): OpenFile | undefined {
  const { descriptor } = source;
  if (descriptor === undefined) return undefined;
  return { descriptor, checkUnchanged: async () => await source.check?.() };
}
