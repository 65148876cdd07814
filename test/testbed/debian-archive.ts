import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecked } from './command.ts';

/**
 * Packages of a Debian release, with those of its installer, by a private apt configuration: nothing of the system's own is changed. The
 * mirror is the machine's own.
 */

/** A paragraph of a Packages file. */
export interface PackageRecord {
  readonly name: string;
  /** `main` or `main/debian-installer`. */
  readonly component: string;
  readonly priority: string;
  readonly essential: boolean;
  readonly kernelVersion: string | undefined;
  /** Names of what it needs; of alternatives the first. */
  readonly needs: readonly string[];
  readonly provides: readonly string[];
  /** As it stands in the Packages file. */
  readonly text: string;
  /** Path in an archive. */
  readonly path: string;
}

export interface DebianArchive extends AsyncDisposable {
  readonly packages: readonly PackageRecord[];
  /** Puts packages into a folder, at their paths in an archive. */
  download(packages: readonly PackageRecord[], folder: string): Promise<void>;
}

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const COMPONENTS = ['main', 'main/debian-installer'];
const DOWNLOAD_TIMEOUT_MS = 600_000;

export async function openDebianArchive(codename: string): Promise<DebianArchive> {
  const work = await mkdtemp(join(tmpdir(), 'fieldboot-archive-'));
  try {
    const mirror = await machineMirror();
    // apt fetches as a user of its own, which has to be let in.
    await chmod(work, 0o755);
    const apt = await privateApt(work, mirror, codename);
    await runChecked(['apt-get', ...apt, '-q', '--error-on=any', 'update'], { timeoutMs: DOWNLOAD_TIMEOUT_MS });
    const available = await runChecked(['apt-cache', ...apt, 'dumpavail'], { timeoutMs: 60_000 });
    return {
      packages: parsePackages(available),
      download: async (packages, folder) => await download(apt, work, packages, folder),
      [Symbol.asyncDispose]: async () => await rm(work, { recursive: true, force: true }),
    };
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

/** Of several versions of a package the last in the list, as apt lists the newest first. */
export function parsePackages(text: string): PackageRecord[] {
  const records = text
    .split(/\n\n+/)
    .map(parseRecord)
    .filter((record) => record !== undefined);
  const newest = new Map(records.toReversed().map((record) => [`${record.component} ${record.name}`, record]));
  return [...newest.values()];
}

function parseRecord(text: string): PackageRecord | undefined {
  const fields = new Map(
    text
      .replaceAll(/\n[ \t]+/g, ' ')
      .split('\n')
      .map((line) => /^([\w-]+): *(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', value = '']) => [name.toLowerCase(), value]),
  );
  const [name, path] = [fields.get('package'), fields.get('filename')];
  if (name === undefined || path === undefined) return undefined;
  const names = (field: string): string[] =>
    (fields.get(field) ?? '')
      .split(',')
      .map((one) => /^\s*([a-z0-9][\w.+-]*)/.exec(one)?.[1])
      .filter((one) => one !== undefined);
  return {
    name,
    path,
    component: path.endsWith('.udeb') ? 'main/debian-installer' : 'main',
    priority: fields.get('priority') ?? 'optional',
    essential: fields.get('essential') === 'yes',
    kernelVersion: fields.get('kernel-version'),
    needs: [...names('depends'), ...names('pre-depends')],
    provides: names('provides'),
    text: text.trim(),
  };
}

/** The packages that fit, and all that they need. What nobody provides, or is there already, is left out with what only it needs. */
export function withNeeds(
  packages: readonly PackageRecord[],
  isWanted: (record: PackageRecord) => boolean,
): PackageRecord[] {
  const byName = new Map<string, PackageRecord>();
  // Of several that provide a name, one that is wanted anyway.
  for (const record of packages.toSorted((a, b) => Number(isWanted(b)) - Number(isWanted(a)))) {
    for (const name of record.provides) if (!byName.has(name)) byName.set(name, record);
  }
  for (const record of packages) byName.set(record.name, record);
  const chosen = new Set<PackageRecord>();
  const open = packages.filter(isWanted);
  for (let record = open.pop(); record !== undefined; record = open.pop()) {
    if (chosen.has(record)) continue;
    chosen.add(record);
    for (const name of record.needs) {
      const needed = byName.get(name);
      if (needed !== undefined) open.push(needed);
    }
  }
  return [...chosen].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Address in the machine's own sources, in either of their two formats: apt itself reads them. */
export async function machineMirror(): Promise<string> {
  const empty = await mkdtemp(join(tmpdir(), 'fieldboot-lists-'));
  try {
    const uris = await runChecked(['apt-get', '-o', `Dir::State::lists=${empty}`, 'update', '--print-uris']);
    const index = /^'(.+)\/dists\/[a-z]+\/main\/binary-/m.exec(uris);
    if (index === null) throw new Error("No Debian mirror is in this machine's apt sources");
    return index[1] ?? '';
  } finally {
    await rm(empty, { recursive: true });
  }
}

async function privateApt(work: string, mirror: string, codename: string): Promise<string[]> {
  await mkdir(join(work, 'lists/partial'), { recursive: true });
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true });
  await writeFile(join(work, 'status'), '');
  const sources = join(work, 'sources.list');
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${mirror} ${codename} ${COMPONENTS.join(' ')}\n`);
  return Object.entries({
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Architecture': 'amd64',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

async function download(
  apt: readonly string[],
  work: string,
  packages: readonly PackageRecord[],
  folder: string,
): Promise<void> {
  const downloads = await mkdtemp(join(work, 'downloads-'));
  await chmod(downloads, 0o777);
  const names = packages.map(({ name }) => name);
  await runChecked(['apt-get', ...apt, '-q', 'download', ...names], {
    workingFolder: downloads,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  // apt names a file by package, version and architecture; a mirror's own name leaves the epoch out.
  const files = new Map((await readdir(downloads)).map((file) => [file.split('_')[0], file]));
  for (const { name, path } of packages) {
    const target = join(folder, path);
    await mkdir(join(target, '..'), { recursive: true });
    await runChecked(['mv', join(downloads, files.get(name) ?? name), target]);
  }
}
