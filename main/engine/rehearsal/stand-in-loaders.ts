import { createHash } from 'node:crypto';
import { loaderFor } from '../boot/loader-choice.ts';
import type { Loader, Loaders } from '../files/loaders.ts';
import { rehearsedFirmware } from './bench.ts';

/** About the size of the real ones, so that they take as many packets. */
const SIZE_BYTES = 300_000;

/** Files in place of the loaders, for a computer that has none: simulated machines fetch them and do not run them. */
export function standInLoaders(folder: string): Loaders {
  const bytes = Buffer.alloc(SIZE_BYTES, 'This stands in for a boot loader in a rehearsal. ');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const files = rehearsedFirmware.map(loaderFor).filter((file) => file !== undefined);
  return {
    folder,
    byFile: new Map(files.map((file): [string, Loader] => [file, { file, sha256, bytes }])),
    missing: [],
  };
}
