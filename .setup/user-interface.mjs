import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reasonOf, run } from './command.mjs';
import { engineEnvironment, engineNode, place } from './places.mjs';
import { say, secondsSince } from './report.mjs';

const interfaceOnly = {
  what: 'user interface',
  stamp: place('out', 'renderer.stamp'),
  made: place('out', 'renderer', 'index.html'),
  sources: [place('renderer'), place('main', 'contract')],
  command: [place('node_modules', 'vite', 'bin', 'vite.js'), 'build', place('renderer')],
};

const desktopApp = {
  what: 'desktop app',
  stamp: place('out', 'desktop.stamp'),
  made: place('out', 'main', 'index.js'),
  sources: [place('main'), place('preload'), place('renderer'), place('assets')],
  command: [place('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
};

/** Builds the user interface where what it is made of has changed since it was built. True where it is there. */
export const ensureUserInterface = () => ensureBuilt(interfaceOnly);

/** The same for the bundles that Electron runs. */
export const ensureDesktopApp = () => ensureBuilt(desktopApp);

async function ensureBuilt({ what, stamp, made, sources, command }) {
  const wanted = digestOf(sources);
  if (existsSync(made) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  say(`${what}: building`);
  const startedAt = Date.now();
  const result = await run(engineNode(), command, { cwd: place(), env: engineEnvironment() });
  if (result.code !== 0) {
    say(`${what}: the build failed:\n${reasonOf(result)}`);
    return false;
  }
  mkdirSync(place('out'), { recursive: true });
  writeFileSync(stamp, wanted);
  say(`${what}: built in ${secondsSince(startedAt)}`);
  return true;
}

function digestOf(folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) hash.update(`${relative(place(), file)}\0`).update(readFileSync(file));
  }
  for (const file of ['package-lock.json', 'electron.vite.config.ts']) hash.update(readFileSync(place(file)));
  return hash.digest('hex');
}
