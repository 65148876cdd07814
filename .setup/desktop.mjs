import { existsSync, readFileSync } from 'node:fs';
import { reasonOf, run } from './command.mjs';
import { engineEnvironment, engineNode, place } from './places.mjs';
import { say, secondsSince } from './report.mjs';
import { ensureDesktopApp } from './user-interface.mjs';

/**
 * Where there is a screen: fetches Electron's own program, which its npm package comes without, and builds what it runs. Whatever
 * fails, a browser does as well.
 */
export async function ensureDesktop(environment = process.env, platform = process.platform) {
  if (!canOpenWindows(environment, platform)) return;
  if (await ensureElectron(environment)) await ensureDesktopApp();
}

/** As main/commands/desktop.ts decides: nothing is fetched that would not be opened. */
function canOpenWindows({ CI, FIELDBOOT_NO_BROWSER, DISPLAY, WAYLAND_DISPLAY }, platform) {
  if (CI || FIELDBOOT_NO_BROWSER) return false;
  if (platform !== 'linux') return true;
  return Boolean(DISPLAY || WAYLAND_DISPLAY) && process.getuid() !== 0;
}

async function ensureElectron({ ELECTRON_OVERRIDE_DIST_PATH: given }) {
  if (given || isFetched()) return true;
  say('Electron: fetching its program (about 110 MB, once)');
  const startedAt = Date.now();
  const result = await run(engineNode(), [place('node_modules', 'electron', 'install.js')], {
    env: engineEnvironment(),
  });
  if (result.code === 0 && isFetched()) {
    say(`Electron: fetched in ${secondsSince(startedAt)}`);
    return true;
  }
  const [reason] = reasonOf(result).split('\n');
  say(`Electron: cannot be fetched (${reason}). The user interface opens in a browser instead.`);
  return false;
}

function isFetched() {
  try {
    const name = readFileSync(place('node_modules', 'electron', 'path.txt'), 'utf8').trim();
    return existsSync(place('node_modules', 'electron', 'dist', name));
  } catch {
    return false;
  }
}
