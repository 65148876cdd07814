import { readFileSync } from 'node:fs';
import { isInstalled, reasonOf, run } from './command.mjs';
import { place } from './places.mjs';
import { say, secondsSince } from './report.mjs';
import { hasTests, suites } from './suites.mjs';

/** Installs the Debian packages that the tests use (system-packages.json). True where all are there. */
export async function ensureSystemPackages() {
  const wanted = wantedPackages();
  if (!isInstalled('dpkg-query') || !isInstalled('apt-get')) {
    say('system packages: this is no Debian, so tests that need other programs are left out. They need, on Debian:');
    say(`system packages: ${wanted.join(' ')}`);
    return false;
  }
  const missing = await missingOf(wanted);
  if (missing.length === 0) return true;
  if (process.getuid() !== 0) {
    say('system packages: some are missing and only root can install them. Run:');
    say(`sudo apt-get install --no-install-recommends ${missing.join(' ')}`);
    return false;
  }

  say(`system packages: installing ${missing.length}: ${missing.join(' ')}`);
  const startedAt = Date.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = (names) => run('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', ...names], { env });
  let result = await install(missing);
  if (result.code !== 0) {
    // Package lists that are old, or absent as in a container's image.
    await run('apt-get', ['-qq', 'update'], { env });
    result = await install(missing);
  }
  if (result.code !== 0) {
    say(`system packages: apt-get could not install them together:\n${reasonOf(result)}`);
    // One that this release does not have must not keep the others away.
    for (const name of missing) await install([name]);
  }
  const left = await missingOf(missing);
  if (left.length > 0) say(`system packages: still missing, and tests that need them will fail: ${left.join(' ')}`);
  else say(`system packages: installed in ${secondsSince(startedAt)}`);
  return left.length === 0;
}

/** All groups; those of a suite (a group of its name) only where the suite has tests. */
function wantedPackages() {
  const groups = JSON.parse(readFileSync(place('.setup', 'system-packages.json'), 'utf8'));
  const idle = suites.filter((suite) => !hasTests(suite)).map(({ name }) => name);
  return Object.entries(groups).flatMap(([name, packages]) => (idle.includes(name) ? [] : packages));
}

async function missingOf(names) {
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Abbrev}\\n', ...names]);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => / ii?\s*$/.test(line))
      .map((line) => line.split(' ')[0]),
  );
  return names.filter((name) => !installed.has(name));
}
