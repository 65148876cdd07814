import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensurePinnedFiles, verifyGivenFolder } from './pinned-files.mjs';
import { place } from './places.mjs';
import { say } from './report.mjs';

const WHAT = 'boot loaders';

/** Fetches or verifies the boot loaders. True where all are there. */
export async function ensureLoaders(given = process.env.FIELDBOOT_LOADERS) {
  const manifest = JSON.parse(readFileSync(place('assets', 'loaders.json'), 'utf8'));
  if (given) return verifyGivenFolder(WHAT, manifest, resolve(given));
  if (await ensurePinnedFiles(WHAT, manifest, place('.loaders'))) return true;
  say(
    `${WHAT}: to go on without them here, run "npm run setup" on a Debian computer, copy its .loaders folder to this`,
  );
  say(`${WHAT}: one and set FIELDBOOT_LOADERS to it (assets/loaders.json lists names and SHA-256).`);
  return false;
}
