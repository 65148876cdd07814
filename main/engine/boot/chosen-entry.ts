import { StationError } from '../../contract/errors.ts';
import type { Entry, ImageDescription } from '../../contract/image.ts';

/**
 * The entry that a session is asked to boot, or the image's default. Pure. Throws E_IMAGE_CANNOT_NETBOOT where the image has no way,
 * E_ENTRY_NOT_FOUND where it has no such entry.
 */
export function chosenEntry(
  { name, netboot, entries, defaultEntryId }: Pick<ImageDescription, 'name' | 'netboot' | 'entries' | 'defaultEntryId'>,
  entryId: string | undefined,
): Entry {
  if (netboot?.possible === false) throw new StationError('E_IMAGE_CANNOT_NETBOOT', { name, because: netboot.because });
  const wanted = entryId ?? defaultEntryId;
  const entry = entries.find(({ id }) => id === wanted);
  if (entry !== undefined) return entry;
  throw new StationError('E_ENTRY_NOT_FOUND', { entry: wanted, known: entries.map(({ id }) => id) });
}

/** Loaders that start what firmware cannot, by method. */
const loaderOfMethod: Partial<Record<string, 'wimboot' | 'memdisk'>> = { wimboot: 'wimboot', memdisk: 'memdisk' };

/**
 * Throws where the entry is started by a loader that is not there: E_LOADER_TO_SUPPLY where a person has to supply it, else
 * E_LOADERS_MISSING. `files`: names of those that are there; `folder`: where they are.
 */
export function refuseMissingLoader({ variants }: Entry, files: ReadonlySet<string>, folder: string): void {
  for (const { method } of variants) {
    const loader = loaderOfMethod[method];
    if (loader === undefined || files.has(loader)) continue;
    if (loader === 'wimboot') throw new StationError('E_LOADER_TO_SUPPLY', { loader, folder });
    throw new StationError('E_LOADERS_MISSING', { folder, missing: [loader] });
  }
}
