import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { reasonOf, run } from './command.mjs';
import { engineNode, nodeMajor, OLDEST_NODE, place } from './places.mjs';
import { say, secondsSince } from './report.mjs';

/** Installs the npm packages of package-lock.json where node_modules does not hold them. True where they are there. */
export async function ensureNodePackages() {
  if (nodeMajor < OLDEST_NODE) {
    say(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (nodejs.org), and run it again.`,
    );
    return false;
  }
  const difference = lockDifference();
  if (difference === undefined) return true;

  say(`npm packages: ${difference}; installing those of package-lock.json`);
  const startedAt = Date.now();
  // Not `npm ci`: it refuses a lock file without an entry for every platform, and npm leaves out of the lock file the
  // optional packages of other platforms that its registry did not have. What was installed is compared below.
  const result = await runNpm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.code !== 0) {
    say(`npm packages: npm install failed:\n${reasonOf(result)}`);
    say('npm packages: it needs the registry that npm is set up for (npm config get registry).');
    return false;
  }
  const left = lockDifference();
  if (left !== undefined) {
    say(`npm packages: still not right: ${left}.`);
    say('npm packages: if npm is set to ignore install scripts, run: npm rebuild node --ignore-scripts=false');
    return false;
  }
  say(`npm packages: installed in ${secondsSince(startedAt)}`);
  return true;
}

/** What node_modules lacks of package-lock.json; undefined where nothing. */
function lockDifference() {
  const wanted = readPackages(place('package-lock.json')) ?? {};
  const installed = readPackages(place('node_modules', '.package-lock.json'));
  if (installed === undefined) return 'none are installed';
  const differing = Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && isForThisMachine(entry))
    .filter(([path, { version, integrity }]) => {
      const found = installed[path];
      return found?.version !== version || found.integrity !== integrity;
    })
    .map(([path]) => path.replace(/^node_modules\//, ''));
  if (differing.length > 0) {
    const more = differing.length > 3 ? ` and ${differing.length - 3} more` : '';
    return `${differing.slice(0, 3).join(', ')}${more} missing or of another version`;
  }
  return engineNode() === undefined ? 'the package "node" has no program' : undefined;
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** npm leaves out what is for another system. Which C library this one has is npm's to find out. */
function isForThisMachine({ optional, os, cpu, libc }) {
  if (!optional) return true;
  return libc === undefined && (os?.includes(process.platform) ?? false) && (cpu?.includes(process.arch) ?? false);
}

function runNpm(args) {
  // Never by the Node in node_modules: npm is about to remove it. npm says which one runs npm itself.
  const { npm_node_execpath: npmNode, npm_execpath: npmScript, ...env } = process.env;
  const bin = place('node_modules', '.bin');
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== bin)
    .join(delimiter);
  const options = { cwd: place(), env };
  if (npmScript !== undefined && existsSync(npmScript)) {
    const node = npmNode !== undefined && existsSync(npmNode) ? npmNode : process.execPath;
    return run(node, [npmScript, ...args], options);
  }
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
