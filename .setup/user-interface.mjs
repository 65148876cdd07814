import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reasonOf, run } from './command.mjs';
import { engineEnvironment, engineNode, place } from './places.mjs';
import { say, secondsSince } from './report.mjs';

const STAMP = place('out', 'renderer.stamp');

/** Builds the user interface where what it is made of has changed since it was built. True where it is there. */
export async function ensureUserInterface() {
  const wanted = digestOfSources();
  const isBuilt = existsSync(place('out', 'renderer', 'index.html'));
  if (isBuilt && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return true;
  say('user interface: building');
  const startedAt = Date.now();
  const result = await run(
    engineNode(),
    [place('node_modules', 'vite', 'bin', 'vite.js'), 'build', place('renderer')],
    {
      cwd: place(),
      env: engineEnvironment(),
    },
  );
  if (result.code !== 0) {
    say(`user interface: the build failed:\n${reasonOf(result)}`);
    return false;
  }
  mkdirSync(place('out'), { recursive: true });
  writeFileSync(STAMP, wanted);
  say(`user interface: built in ${secondsSince(startedAt)}`);
  return true;
}

function digestOfSources() {
  const hash = createHash('sha256');
  for (const folder of [place('renderer'), place('main', 'contract')]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) hash.update(`${relative(place(), file)}\0`).update(readFileSync(file));
  }
  return hash.update(readFileSync(place('package-lock.json'))).digest('hex');
}
