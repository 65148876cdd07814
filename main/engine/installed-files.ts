import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where the files that come with the program are. The program runs from its sources (`main/engine/…`), bundled (`out/main/…`, with the
 * assets beside it) and packed (`resources/app.asar/out/main/…`, the loaders beside the archive): what all three have in common is
 * that a file is in the nearest folder above that has it.
 */

/** The path of a file or folder in `from` or in the nearest folder above it that has one of these; the first of them wins there. */
export function findUpward(from: string, ...wanted: readonly [string, ...string[]]): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of wanted) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** The path of a file that comes with the program; where it is not there, the path that it would have in a checkout. */
export function installedFile(...wanted: readonly [string, ...string[]]): string {
  return findUpward(import.meta.dirname, ...wanted) ?? join(import.meta.dirname, '..', '..', wanted[0]);
}
