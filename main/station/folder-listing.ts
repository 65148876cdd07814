import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StationError } from '../contract/errors.ts';
import type { CallValue } from '../contract/calls.ts';

/** Folders of the station for a browser, which has no file dialog of its own that tells paths. */

const MOST_ENTRIES = 2000;
const imageName = /\.(iso|img)$/i;

type Listing = CallValue<'files.list'>;

/** Folders and images of a folder, folders first, hidden ones left out. Error: E_IMAGE_NOT_READABLE. */
export async function listFolder(folder: string | undefined): Promise<Listing> {
  const shortcuts = await existingShortcuts();
  const wanted = resolve(folder ?? shortcuts[0]?.path ?? homedir());
  try {
    const absolute = await realpath(wanted);
    const found = (await readdir(absolute, { withFileTypes: true }))
      .filter(({ name }) => !name.startsWith('.'))
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || imageName.test(entry.name))
      .slice(0, MOST_ENTRIES);
    const entries = await Promise.all(found.map(({ name }) => describe(join(absolute, name), name)));
    const parent = dirname(absolute);
    return {
      folder: absolute,
      ...(parent === absolute ? {} : { parent }),
      shortcuts,
      entries: entries.filter((entry) => entry !== undefined).sort(byTypeAndName),
    };
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'EACCES' ? 'you may not read it' : 'there is no such folder';
    throw new StationError('E_IMAGE_NOT_READABLE', { path: wanted, reason }, { cause: error });
  }
}

/**
 * The file with that name and size in the usual folders: a browser tells only those of a file that was dropped on it.
 * Undefined where there is none.
 */
export async function locateFile(name: string, sizeBytes: number): Promise<string | undefined> {
  if (/[/\\\0]/.test(name)) return undefined;
  const folders = (await existingShortcuts()).map(({ path }) => path);
  const mounted = (await Promise.all(mountFolders().map(subfolders))).flat();
  for (const folder of [...folders, ...mounted]) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() === true && found.size === sizeBytes) return path;
  }
  return undefined;
}

async function existingShortcuts(): Promise<Listing['shortcuts']> {
  const home = homedir();
  const candidates = [
    { name: 'Downloads', path: join(home, 'Downloads') },
    { name: 'Home', path: home },
    { name: 'Desktop', path: join(home, 'Desktop') },
    { name: 'Documents', path: join(home, 'Documents') },
    ...mountFolders().map((path) => ({ name: path, path })),
  ];
  const exist = await Promise.all(
    candidates.map(({ path }) =>
      stat(path)
        .then((one) => one.isDirectory())
        .catch(() => false),
    ),
  );
  return candidates.filter((_candidate, index) => exist[index]);
}

/** Where removable media appear. */
const mountFolders = (): string[] => (process.platform === 'darwin' ? ['/Volumes'] : ['/media', '/mnt', '/run/media']);

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return [
    folder,
    ...entries
      .filter((entry) => entry.isDirectory())
      .slice(0, 64)
      .map(({ name }) => join(folder, name)),
  ];
}

async function describe(path: string, name: string): Promise<Listing['entries'][number] | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (found.isDirectory()) return { name, path, type: 'folder' };
  if (!found.isFile() || !imageName.test(name)) return undefined;
  return { name, path, type: 'image', sizeBytes: found.size, modifiedAtMs: found.mtimeMs };
}

const byTypeAndName = (a: Listing['entries'][number], b: Listing['entries'][number]): number =>
  a.type.localeCompare(b.type) || a.name.localeCompare(b.name, 'en', { numeric: true });
