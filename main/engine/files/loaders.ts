import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import { ownLoaderFiles } from '../boot/loader-rungs.ts';
import type { LoaderManifest, PinnedFile, SuppliedLoader } from './loaders-manifest.ts';

/** A boot loader: the bytes that are pinned, or what a person put there (`ownLoaderFiles`). All of them together take a few MiB, so they are kept in memory. */
export interface Loader {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface Loaders {
  readonly folder: string;
  readonly byFile: ReadonlyMap<string, Loader>;
  /** Names of loaders that are not there and not required. */
  readonly missing: readonly string[];
}

/**
 * Reads the loaders of a folder, and verifies all that are pinned.
 *
 * Errors: E_LOADER_CORRUPT where any of them, required or not, is not the pinned one, or one that a person supplied is no release of its
 * makers; E_LOADERS_MISSING where a required one is not there.
 */
export async function openLoaders(folder: string, manifest: LoaderManifest): Promise<Loaders> {
  const pinned = manifest.packages.flatMap(({ files }) => files);
  const opened = await Promise.all(pinned.map(async (pin) => ({ pin, loader: await openLoader(folder, pin) })));

  const missing = opened.filter(({ loader }) => loader === undefined).map(({ pin }) => pin);
  const required = missing.filter(({ required }) => required).map(({ file }) => file);
  if (required.length > 0) throw new StationError('E_LOADERS_MISSING', { folder, missing: required });

  const own = await Promise.all(ownLoaderFiles.map(async (file) => await openOwnLoader(folder, file)));
  const supplied = await Promise.all(manifest.supplied.map(async (one) => await openSuppliedLoader(folder, one)));
  const loaders = [...opened.map(({ loader }) => loader), ...own, ...supplied].flatMap((loader) =>
    loader === undefined ? [] : [[loader.file, loader] as const],
  );
  return { folder, byFile: new Map(loaders), missing: missing.map(({ file }) => file) };
}

async function openLoader(folder: string, pin: PinnedFile): Promise<Loader | undefined> {
  const path = join(folder, pin.file);
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return undefined;
    if (stat.size !== pin.sizeBytes) throw corrupt(path, pin, `of another file (${stat.size} bytes)`);
    const bytes = await handle.readFile();
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (actual !== pin.sha256) throw corrupt(path, pin, actual);
    return { file: pin.file, sha256: pin.sha256, bytes };
  } finally {
    await handle.close();
  }
}

/** Several times the largest loader there is. */
const LARGEST_OWN_LOADER_BYTES = 16 * 1024 * 1024;

/** Undefined where it is not there, or no file that a firmware could load. */
async function openOwnLoader(folder: string, file: string): Promise<Loader | undefined> {
  try {
    await using handle = await open(join(folder, file), 'r');
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size === 0 || stat.size > LARGEST_OWN_LOADER_BYTES) return undefined;
    const bytes = await handle.readFile();
    return { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  } catch {
    return undefined;
  }
}

async function openSuppliedLoader(folder: string, { file, releases }: SuppliedLoader): Promise<Loader | undefined> {
  const loader = await openOwnLoader(folder, file);
  if (loader === undefined || releases.some(({ sha256 }) => sha256 === loader.sha256)) return loader;
  throw new StationError('E_LOADER_CORRUPT', {
    path: join(folder, file),
    expected: `that of ${file} ${releases.map(({ version, sha256 }) => `${version} (${sha256})`).join(' or ')}`,
    actual: loader.sha256,
  });
}

const corrupt = (path: string, pin: PinnedFile, actual: string): StationError =>
  new StationError('E_LOADER_CORRUPT', { path, expected: pin.sha256, actual });
