import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, reasonOf, run } from './command.mjs';

/**
 * Packages of a Debian release that this machine need not run, by a private apt configuration: nothing of the system's
 * own is changed, and no privilege is needed. The mirror is the one the machine already uses.
 */

const SUITES = 'stretch|buster|bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
// The loaders are x64's whatever this machine is, save where a package says so; packages for all architectures come with any.
const ARCHITECTURE = 'amd64';
const qualified = ({ package: name, architecture }) => (architecture === undefined ? name : `${name}:${architecture}`);

export class DebianUnavailable extends Error {}

/**
 * Downloads and unpacks packages (`{ package, version, suite, architecture }`), calls `use(folderOf)` while they are there, then
 * removes them. `folderOf(pinned)` is the folder with its files, or a sentence why there is none as `{ problem }`.
 * Throws DebianUnavailable where no package can be had here.
 */
export async function withDebianPackages(packages, use) {
  const missing = ['apt-get', 'apt-cache', 'dpkg-deb'].filter((program) => !isInstalled(program));
  if (missing.length > 0) throw new DebianUnavailable(`this computer has no ${missing.join(', ')}`);

  const work = mkdtempSync(join(tmpdir(), 'fieldboot-setup-'));
  try {
    // apt gives up its privileges to download: its own user must be able to enter.
    chmodSync(work, 0o755);
    const suites = [...new Set(packages.map(({ suite }) => suite))];
    const architectures = [...new Set(packages.map(({ architecture = ARCHITECTURE }) => architecture))];
    const apt = await openPrivateApt(work, suites, architectures);
    const folders = new Map();
    for (const pinned of packages) folders.set(qualified(pinned), await unpack(apt, work, pinned));
    return await use((pinned) => folders.get(qualified(pinned)));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function openPrivateApt(work, suites, architectures) {
  const lists = join(work, 'lists');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  mkdirSync(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  const mirror = await machineMirror(lists);

  const sources = join(work, 'sources.list');
  const signedBy = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : '';
  writeFileSync(sources, suites.map((suite) => `deb ${signedBy}${mirror} ${suite} main\n`).join(''));
  const status = join(work, 'status');
  writeFileSync(status, '');

  const settings = Object.entries({
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::lists': lists,
    'Dir::State::status': status,
    'Dir::Cache': join(work, 'cache'),
    'APT::Architecture': ARCHITECTURE,
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
  });
  for (const architecture of architectures) settings.push(['APT::Architectures::', architecture]);
  const options = settings.flatMap(([name, value]) => ['-o', `${name}=${value}`]);

  const update = await run('apt-get', [...options, '-q', '--error-on=any', 'update']);
  if (update.code !== 0) {
    throw new DebianUnavailable(
      `apt cannot read ${suites.join(', ')} from this machine's mirror:\n${reasonOf(update)}`,
    );
  }
  return options;
}

/** Address of the Debian mirror in the machine's own sources, in either of their two formats: apt itself reads them. */
async function machineMirror(emptyLists) {
  const uris = await run('apt-get', ['-o', `Dir::State::lists=${emptyLists}`, 'update', '--print-uris']);
  const index = new RegExp(`^'(.+)/dists/(?:${SUITES})/main/binary-`, 'm').exec(uris.stdout);
  if (index === null) throw new DebianUnavailable("no Debian mirror is in this machine's apt sources");
  return index[1];
}

async function unpack(apt, work, pinned) {
  const { version, suite } = pinned;
  const name = qualified(pinned);
  const known = await run('apt-cache', [...apt, 'madison', name]);
  const versions = known.stdout.split('\n').flatMap((line) => line.split('|')[1]?.trim() || []);
  if (!versions.includes(version)) {
    const found = versions.length === 0 ? 'does not have it any more' : `has ${versions.join(', ')} in its place`;
    return { problem: `${name} ${version} is pinned, and Debian ${suite} ${found}` };
  }
  const folder = join(work, 'packages', name);
  mkdirSync(folder, { recursive: true });
  // The download folder is apt's working directory; the version holds characters that file names do not.
  chmodSync(folder, 0o777);
  const download = await run('apt-get', [...apt, '-q', 'download', `${name}=${version}`], { cwd: folder });
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  if (download.code !== 0 || archive === undefined) {
    return { problem: `${name} ${version} could not be downloaded: ${reasonOf(download)}` };
  }
  const unpacked = await run('dpkg-deb', ['-x', join(folder, archive), folder]);
  return unpacked.code === 0 ? { folder } : { problem: `${name} could not be unpacked: ${reasonOf(unpacked)}` };
}
