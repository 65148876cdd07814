import { readFileSync } from 'node:fs';
import { ensureLoaders } from './loaders.mjs';
import { ensureNodePackages } from './node-packages.mjs';
import { ensurePinnedFiles } from './pinned-files.mjs';
import { place } from './places.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { ensureUserInterface } from './user-interface.mjs';

/**
 * Everything a fresh clone needs, said while it is done; nothing is said or done where all is there.
 *
 * Resolves to whether the program can run at all, and whether everything is there.
 */
export async function prepare({ forTests, withNetboot = false }) {
  const runnable = await ensureNodePackages();
  const rest = [await ensureLoaders(), runnable && (await ensureUserInterface())];
  if (withNetboot) {
    // Large, and of use only to who installs from Debian's discs.
    const installers = JSON.parse(readFileSync(place('assets', 'netboot-installers.json'), 'utf8'));
    rest.push(await ensurePinnedFiles('netboot installers', installers, place('.loaders', 'netboot')));
  }
  if (forTests) {
    rest.push(await ensureSystemPackages());
    const images = JSON.parse(readFileSync(place('test', 'testbed', 'images.json'), 'utf8'));
    rest.push(await ensurePinnedFiles('test images', images, place('.testbed')));
  }
  return { runnable, complete: runnable && rest.every(Boolean) };
}
