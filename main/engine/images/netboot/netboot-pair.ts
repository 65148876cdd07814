import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openFileSource } from '../../iso/file-source.ts';
import type { ImageFile, ImageFs } from '../../iso/image-fs.ts';
import { openImageFile } from '../../iso/open-image.ts';
import { findPaths } from '../path-pattern.ts';
import { kernelReleaseOf } from './kernel-release.ts';

/** Kernel and initrd of Debian's netboot installer. They belong together, and stay open until disposed of. */
export interface NetbootPair extends AsyncDisposable {
  readonly kernelRelease: string;
  readonly kernel: ImageFile;
  readonly initrd: ImageFile;
}

export interface NetbootPlaces {
  /** Folders with the files `linux` and `initrd.gz`. A `*` stands for any one folder of that level. */
  readonly folders: readonly string[];
  /** Paths of Debian's netboot images (mini.iso). */
  readonly images: readonly string[];
}

/** The first pair of these places with this kernel. What cannot be read is passed over: it is a pair that is not there. */
export async function findNetbootPair(kernelRelease: string, places: NetbootPlaces): Promise<NetbootPair | undefined> {
  for (const folder of (await Promise.all(places.folders.map(expand))).flat()) {
    const pair = await tryPair(kernelRelease, async (kept) => await folderFs(folder, kept));
    if (pair !== undefined) return pair;
  }
  for (const image of places.images) {
    const pair = await tryPair(kernelRelease, async (kept) => kept.use(await openImageFile(image)).fs);
    if (pair !== undefined) return pair;
  }
  return undefined;
}

async function tryPair(
  wanted: string,
  openFs: (kept: AsyncDisposableStack) => Promise<Pick<ImageFs, 'open' | 'list' | 'stat'>>,
): Promise<NetbootPair | undefined> {
  await using kept = new AsyncDisposableStack();
  try {
    const fs = (await openFs(kept)) as ImageFs;
    const [kernelPath] = await findPaths(fs, 'linux|debian-installer/*/linux');
    const initrdPath = kernelPath?.replace(/linux$/i, 'initrd.gz');
    if (kernelPath === undefined || initrdPath === undefined) return undefined;
    if ((await kernelReleaseOf(fs, kernelPath)) !== wanted) return undefined;
    const [kernel, initrd] = [await fs.open(kernelPath), await fs.open(initrdPath)];
    if (kernel === undefined || initrd === undefined) return undefined;
    const all = kept.move();
    return { kernelRelease: wanted, kernel, initrd, [Symbol.asyncDispose]: async () => await all.disposeAsync() };
  } catch {
    return undefined;
  }
}

/** The two files of a folder, which stay open with `kept`. */
async function folderFs(folder: string, kept: AsyncDisposableStack): Promise<Pick<ImageFs, 'open' | 'list' | 'stat'>> {
  const files = new Map<string, ImageFile>();
  for (const name of ['linux', 'initrd.gz']) {
    const source = kept.use(await openFileSource(join(folder, name)));
    const { sizeBytes } = source;
    files.set(name, {
      path: name,
      sizeBytes,
      extents: [{ offsetBytes: 0, lengthBytes: sizeBytes }],
      read: async (target, positionBytes) => await source.read(target, positionBytes),
    });
  }
  return {
    list: () => Promise.resolve(undefined),
    stat: (path) => {
      const file = files.get(path);
      return Promise.resolve(file && { name: path, type: 'file', sizeBytes: file.sizeBytes });
    },
    open: (path) => Promise.resolve(files.get(path)),
  };
}

/** Folders that fit a path with `*` in it; newest release first. */
async function expand(pattern: string): Promise<string[]> {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return [pattern];
  const names = await readdir(start).catch((): string[] => []);
  const newestFirst = names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return (await Promise.all(newestFirst.map((name) => expand(`${start}${name}${rest.join('*')}`)))).flat();
}
