import { mkdir, open, readFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { Loaders } from '../files/loaders.ts';
import type { OpenedImage } from '../iso/open-image.ts';
import { freeSpaceBytes } from './free-space.ts';
import { replaceFolder } from './replace-folder.ts';
import { chosenEntry } from '../boot/chosen-entry.ts';
import { type TreeFile, treeFiles, treeScripts } from './tree-contents.ts';
import { codeOf, withWriteErrors } from './write-error.ts';

export interface BootTreeProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface BootTreeOptions {
  /** Where the tree will be served, such as "http://192.168.77.1"; without it the scripts name their files relatively. */
  readonly baseUrl?: string | undefined;
  /** Entry that is started at once; without it the scripts show the menu. */
  readonly entryId?: string | undefined;
  /** Also the files that the systems fetch while they start; for a tree that some other server has alone. */
  readonly systemFiles?: boolean | undefined;
  /** Also the boot loaders, and what they start without an image; for a server that has none. */
  readonly loaders?: Pick<Loaders, 'byFile'> | undefined;
  readonly onProgress?: ((progress: BootTreeProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WrittenTree {
  readonly folder: string;
  /** Paths in the tree, `/`-separated. */
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[];
  readonly totalBytes: number;
}

/** Tells a tree of ours from a folder of somebody's, which is never replaced. */
const markerName = 'fieldboot-tree.json';
const markerSchema = z.object({ version: z.literal(1), imageId: z.string() });

const chunkBytes = 1024 * 1024;

/**
 * Writes the boot tree of an image: kernels and initrds at `<imageId>/<path in the image>`, and boot scripts for iPXE, GRUB and PXELINUX. The
 * folder appears as a whole; a tree that was there is replaced as a whole, or stays as it was.
 *
 * Rejects with E_IMAGE_CANNOT_NETBOOT, E_ENTRY_NOT_FOUND, E_OUTPUT_NOT_WRITABLE, E_DISK_FULL, what reading the image rejects with, or the reason of `signal`.
 */
export async function writeBootTree(
  opened: Pick<OpenedImage, 'fs' | 'source'>,
  image: ImageDescription,
  outFolder: string,
  options: BootTreeOptions = {},
): Promise<WrittenTree> {
  const { baseUrl, entryId, systemFiles = false, loaders, onProgress, signal } = options;
  // Of an image that has no way it says so; without an entry the tree shows them all.
  const first = chosenEntry(image, entryId);
  const chosen = entryId === undefined ? undefined : first;
  const folder = resolve(outFolder);
  const loaderFiles = [...(loaders?.byFile.values() ?? [])];
  const names = new Set(loaderFiles.map(({ file }) => file));
  const scripts = treeScripts(image, chosen, baseUrl, names).map(({ path, text }) => memoryFile(path, text));
  const marker = memoryFile(markerName, `${JSON.stringify({ version: 1, imageId: image.id })}\n`);
  const files = [
    ...(await treeFiles(opened, image, systemFiles)),
    ...scripts,
    ...loaderFiles.map(({ file, bytes }) => bytesFile(file, bytes)),
    marker,
  ];
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  await withWriteErrors(folder, async () => {
    if ((await bootTreeState(folder)) === 'foreign') {
      throw new StationError('E_OUTPUT_NOT_WRITABLE', {
        path: folder,
        reason: 'it is there already, and it is no boot tree that could be replaced',
      });
    }
    await checkFreeSpace(folder, totalBytes);
    await replaceFolder(folder, async (fresh) => {
      for (const file of files) {
        await copyFile(file, fresh, signal, (bytes) => {
          doneBytes += bytes;
          onProgress?.({ doneBytes, totalBytes });
        });
      }
    });
  });
  return { folder, files: files.map(({ path, sizeBytes }) => ({ path, sizeBytes })), totalBytes };
}

/** What stands at a path: nothing (or an empty folder), a boot tree, or something of somebody's. */
export async function bootTreeState(folder: string): Promise<'absent' | 'tree' | 'foreign'> {
  try {
    const names = await readdir(folder);
    if (names.length === 0) return 'absent';
    if (!names.includes(markerName)) return 'foreign';
    const marker = markerSchema.safeParse(JSON.parse(await readFile(join(folder, markerName), 'utf8')));
    return marker.success ? 'tree' : 'foreign';
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return 'absent';
    if (codeOf(thrown) === 'ENOTDIR' || thrown instanceof SyntaxError) return 'foreign';
    throw thrown;
  }
}

const memoryFile = (path: string, text: string): TreeFile => bytesFile(path, new TextEncoder().encode(text));

function bytesFile(path: string, bytes: Uint8Array): TreeFile {
  return {
    path,
    sizeBytes: bytes.length,
    read(target, positionBytes) {
      const part = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(part);
      return Promise.resolve(part.length);
    },
  };
}

async function checkFreeSpace(folder: string, neededBytes: number): Promise<void> {
  if ((await freeSpaceBytes(dirname(folder))) < neededBytes) throw new StationError('E_DISK_FULL', { path: folder });
}

async function copyFile(
  file: TreeFile,
  root: string,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const target = confined(root, file.path);
  await mkdir(dirname(target), { recursive: true });
  const handle = await open(target, 'wx');
  try {
    const buffer = new Uint8Array(Math.min(chunkBytes, Math.max(1, file.sizeBytes)));
    for (let position = 0; position < file.sizeBytes;) {
      signal?.throwIfAborted();
      const length = await file.read(buffer.subarray(0, Math.min(buffer.length, file.sizeBytes - position)), position);
      if (length === 0) throw new StationError('E_INTERNAL', { detail: `${file.path} ended early` });
      await handle.writeFile(buffer.subarray(0, length));
      position += length;
      onBytes(length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Names come out of the image: none may lead out of the tree, on any platform. */
function confined(root: string, path: string): string {
  const segments = path.split('/');
  const isBad = (segment: string): boolean =>
    segment === '' || segment === '.' || segment === '..' || /[\\:\0]/.test(segment);
  const target = join(root, ...segments);
  if (segments.some(isBad) || !target.startsWith(root + sep)) {
    throw new StationError('E_OUTPUT_NOT_WRITABLE', {
      path: root,
      reason: `the image names a file ${JSON.stringify(path)}`,
    });
  }
  return target;
}
