import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageFs } from '../../../../main/engine/iso/image-fs.ts';

/** A tree as one comparable value: path to what is there. */
export type Snapshot = Readonly<Record<string, string>>;

const fingerprint = (bytes: Uint8Array, modifiedAtMs: number | undefined): string =>
  `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}, ${modifiedAtMs === undefined ? 'no time' : new Date(modifiedAtMs).toISOString()}`;

/** Everything in an image, read through the file system under test. */
export async function imageSnapshot(fs: ImageFs): Promise<Snapshot> {
  const snapshot: Record<string, string> = {};
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of (await fs.list(folder)) ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.type === 'directory') {
        folders.push(path);
        snapshot[path] = 'folder';
      } else if (entry.type === 'symlink') {
        snapshot[path] = `link to ${entry.linkTarget}`;
      } else {
        snapshot[path] = fingerprint(await readImageFile(fs, path), entry.modifiedAtMs);
      }
    }
  }
  return snapshot;
}

/** The same of a folder on disk. */
export async function folderSnapshot(root: string): Promise<Snapshot> {
  const snapshot: Record<string, string> = {};
  const folders = [''];
  // readdir's own recursion follows links to folders.
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of await readdir(join(root, folder))) {
      const path = join(folder, name);
      const stats = await lstat(join(root, path));
      if (stats.isDirectory()) {
        folders.push(path);
        snapshot[path] = 'folder';
      } else if (stats.isSymbolicLink()) {
        snapshot[path] = `link to ${await readlink(join(root, path))}`;
      } else {
        snapshot[path] = fingerprint(await readFile(join(root, path)), Math.floor(stats.mtimeMs));
      }
    }
  }
  return snapshot;
}

export async function readImageFile(fs: ImageFs, path: string): Promise<Uint8Array> {
  const file = await fs.open(path);
  if (file === undefined) throw new Error(`no file ${path}`);
  const bytes = new Uint8Array(file.sizeBytes);
  const bytesRead = await file.read(bytes, 0);
  if (bytesRead !== bytes.length) throw new Error(`${path}: read ${bytesRead} of ${bytes.length} bytes`);
  return bytes;
}

export const readImageText = async (fs: ImageFs, path: string): Promise<string> =>
  Buffer.from(await readImageFile(fs, path)).toString();
