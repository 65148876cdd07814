import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecked } from '../testbed/command.ts';

/** Where things that are fetched or made for the benchmark stay; ignored by git. */
export const TESTBED_FOLDER = join(import.meta.dirname, '..', '..', '.testbed');

/**
 * A program out of Debian packages that are unpacked, not installed: tftpd-hpa cannot be installed beside atftpd, and
 * would start a server of its own. Gives the words that start it, with the libraries of the other packages.
 */
export async function unpackedProgram(program: string, ...packageNames: readonly string[]): Promise<readonly string[]> {
  const folder = join(TESTBED_FOLDER, packageNames.join('+'));
  const path = join(folder, program);
  if (!existsSync(path)) await unpack(packageNames, folder);
  const libraries = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.name.includes('.so.'))
    .map((entry) => entry.parentPath);
  return libraries.length === 0 ? [path] : ['env', `LD_LIBRARY_PATH=${[...new Set(libraries)].join(':')}`, path];
}

async function unpack(packageNames: readonly string[], folder: string): Promise<void> {
  const downloads = await mkdtemp(join(tmpdir(), 'fieldboot-packages-'));
  try {
    // apt fetches as a user of its own, which has to be let in.
    await chmod(downloads, 0o777);
    await runChecked(['apt-get', 'download', ...packageNames], { workingFolder: downloads, timeoutMs: 120_000 });
    await mkdir(folder, { recursive: true });
    for (const file of await readdir(downloads)) await runChecked(['dpkg', '-x', join(downloads, file), folder]);
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
}
