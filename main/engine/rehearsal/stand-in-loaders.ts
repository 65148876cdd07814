import { createHash } from 'node:crypto';
import { firstLoader } from '../boot/loader-rungs.ts';
import type { Loader, Loaders } from '../files/loaders.ts';
import { rehearsedFirmware } from './bench.ts';

/** About the size of the real ones, so that they take as many packets. */
const SIZE_BYTES = 300_000;

/** What a machine with Secure Boot on starts. */
const signedForX64 = ['shimx64.efi', 'grubx64.efi'];
/** What starts that which is no kernel. */
const ofMethods = ['memdisk', 'wimboot'];

/** Files in place of the loaders, for a computer that has none: simulated machines fetch them and do not run them. */
export function standInLoaders(folder: string): Loaders {
  const bytes = Buffer.alloc(SIZE_BYTES, 'This stands in for a boot loader in a rehearsal. ');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const first = rehearsedFirmware.map(firstLoader).filter((file) => file !== undefined);
  const files = [...first, ...signedForX64, ...ofMethods];
  return {
    folder,
    byFile: new Map(files.map((file): [string, Loader] => [file, { file, sha256, bytes }])),
    missing: [],
  };
}
