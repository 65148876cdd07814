/**
 * The archive that Linux unpacks into its initial RAM disk: cpio in the "newc" format, uncompressed
 * (Documentation/driver-api/early-userspace/buffer-format.rst). Pure: gives the archive as pieces, and leaves the contents of the
 * files where they are, so that its size is known before any of them is read.
 */

export interface NewcFile {
  /** Where it appears, with or without a leading slash. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Permissions; default 0644. */
  readonly mode?: number | undefined;
}

/** Bytes of the archive itself, or the whole contents of the file with this index. */
export type NewcPiece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'contents'; readonly fileIndex: number; readonly sizeBytes: number };

const HEADER_BYTES = 110;
const ALIGNMENT = 4;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
/** The size of a file stands in eight hexadecimal digits. */
const maxFileBytes = 2 ** 32 - 1;
const maxPathBytes = 4000;

/**
 * Folders that are links into /usr in many initial RAM disks. Linux replaces such a link by the folder that an archive names
 * (init/initramfs.c, clean_path), which would take /bin away; they are always there, so they are not named.
 */
const linkedFolders = new Set(['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'var/run', 'var/lock']);

/** Naming a folder that is there already sets its permissions: these keep those that they have everywhere. */
const folderModes: Readonly<Record<string, number>> = { root: 0o700, tmp: 0o1777, 'var/tmp': 0o1777 };

/** Throws a RangeError for a path that no file can have, twice the same path, or a file of 4 GiB or more. */
export function newcArchive(files: readonly NewcFile[]): NewcPiece[] {
  const paths = files.map(({ path }) => archivePath(path));
  if (new Set(paths).size !== paths.length) throw new RangeError('two files of an archive have the same path');
  const pieces: NewcPiece[] = [];
  const folders = new Set<string>();
  let inode = 1;
  for (const [fileIndex, { path, sizeBytes, mode = 0o644 }] of files.entries()) {
    const name = paths[fileIndex] ?? '';
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || sizeBytes > maxFileBytes) {
      throw new RangeError(`${path} has ${sizeBytes} bytes, and the archive holds files below 4 GiB only`);
    }
    for (const folder of parentsOf(name)) {
      if (folders.has(folder) || linkedFolders.has(folder)) continue;
      folders.add(folder);
      pieces.push(bytesPiece(header(folder, { inode: inode++, mode: DIRECTORY | (folderModes[folder] ?? 0o755) })));
    }
    pieces.push(bytesPiece(header(name, { inode: inode++, mode: REGULAR | (mode & 0o7777), sizeBytes })));
    if (sizeBytes > 0) pieces.push({ kind: 'contents', fileIndex, sizeBytes });
    if (sizeBytes % ALIGNMENT !== 0) pieces.push(bytesPiece(newcPadding(sizeBytes)));
  }
  pieces.push(bytesPiece(header('TRAILER!!!', { inode: 0, mode: 0 })));
  return pieces;
}

/** Zeros up to the alignment that Linux wants between the archives of one file. */
export const newcPadding = (sizeBytes: number): Uint8Array =>
  new Uint8Array((ALIGNMENT - (sizeBytes % ALIGNMENT)) % ALIGNMENT);

const bytesPiece = (bytes: Uint8Array): NewcPiece => ({ kind: 'bytes', bytes });

function archivePath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const name = segments.join('/');
  const isBad = name === '' || name === 'TRAILER!!!' || segments.includes('..') || name.includes('\0');
  if (isBad || Buffer.byteLength(name) > maxPathBytes) {
    throw new RangeError(`${JSON.stringify(path.slice(0, 200))} is no path of a file in an archive`);
  }
  return name;
}

function parentsOf(name: string): string[] {
  const segments = name.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** Header and name, padded. Owner is root; the times are zero, so that the same files give the same archive. */
function header(name: string, fields: { inode: number; mode: number; sizeBytes?: number }): Uint8Array {
  const nameBytes = Buffer.from(`${name}\0`, 'utf8');
  const isFolder = (fields.mode & DIRECTORY) !== 0;
  const links = isFolder ? 2 : 1;
  const numbers = [fields.inode, fields.mode, 0, 0, links, 0, fields.sizeBytes ?? 0, 0, 0, 0, 0, nameBytes.length, 0];
  const text = `070701${numbers.map((number) => number.toString(16).toUpperCase().padStart(8, '0')).join('')}`;
  return Buffer.concat([Buffer.from(text, 'latin1'), nameBytes, newcPadding(HEADER_BYTES + nameBytes.length)]);
}
