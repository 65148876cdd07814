import type { LentBytes } from './byte-source.ts';

/** A read-only file system inside an image, whatever its format. Paths are `/`-separated and relative to its root. */

export interface ImageEntry {
  /** Name as the richest name system of the image gives it (Rock Ridge, then Joliet, then ISO 9660 without version). */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink';
  readonly sizeBytes: number;
  readonly modifiedAtMs?: number | undefined;
  /** Target of a symbolic link, as written in the image. */
  readonly linkTarget?: string | undefined;
}

/** Where the bytes of a file lie in the image: in order, without holes. */
export interface Extent {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** A file of this computer that is open. */
export interface OpenFile {
  readonly descriptor: number;
  /** Rejects where it is no longer what it was when it was opened. */
  readonly checkUnchanged: () => Promise<void>;
}

/** An opened file: its size, and any range of its bytes. */
export interface ImageFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs?: number | undefined;
  readonly extents: readonly Extent[];
  /** The open file that the extents are in, where they are in one. */
  readonly within?: OpenFile | undefined;
  /** Fills `target` from `positionBytes` on; fewer bytes than `target.length` only at the end of the file. */
  read(target: Uint8Array, positionBytes: number): Promise<number>;
  /** As `ByteSource.lend`. */
  lend?(positionBytes: number, maxBytes: number): Promise<LentBytes | undefined>;
}

export interface ImageFs {
  readonly format: 'iso9660' | 'udf' | 'fat';
  readonly volumeLabel: string;
  /** File systems inside the image that paths lead into, although the root does not list them (see `mounted-fs.ts`). */
  readonly mounts?: readonly { readonly folder: string; readonly fs: ImageFs }[];
  /** Entries of a directory in the image's order; undefined where there is no such directory. */
  list(directoryPath: string): Promise<readonly ImageEntry[] | undefined>;
  /** Follows symbolic links; undefined where there is nothing. Exact case first, then a unique match without case. */
  stat(path: string): Promise<ImageEntry | undefined>;
  /** The file behind a path (links followed); undefined where there is none or it is a directory. */
  open(path: string): Promise<ImageFile | undefined>;
}
