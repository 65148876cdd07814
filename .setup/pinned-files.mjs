import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DebianUnavailable, withDebianPackages } from './debian-packages.mjs';
import { say, secondsSince } from './report.mjs';

/** Files with a pinned SHA-256 out of Debian packages, described as in assets/loaders.json. */

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** 'right', 'wrong' or 'missing'. */
function stateOf(folder, { file, sha256: expected }) {
  try {
    return sha256(readFileSync(join(folder, file))) === expected ? 'right' : 'wrong';
  } catch {
    return 'missing';
  }
}

const filesOf = ({ packages }) => packages.flatMap((pinned) => pinned.files.map((file) => ({ ...file, pinned })));

/** Verifies a folder that a person gave: names each wrong file, changes nothing. True where all are there and right. */
export function verifyGivenFolder(what, manifest, folder) {
  const states = filesOf(manifest).map((file) => ({ ...file, state: stateOf(folder, file) }));
  for (const { file, state, required, sha256: expected } of states) {
    if (state === 'wrong') say(`${what}: REFUSED ${join(folder, file)}: its SHA-256 is not the pinned ${expected}`);
    if (state === 'missing')
      say(`${what}: ${join(folder, file)} is not there${required ? ', and it is required' : ''}`);
  }
  return states.every(({ state }) => state === 'right');
}

/** Puts what is missing into `folder`. True where all files are there and right. */
export async function ensurePinnedFiles(what, manifest, folder) {
  const wanted = filesOf(manifest).filter((file) => {
    const state = stateOf(folder, file);
    if (state === 'wrong') say(`${what}: ${file.file} is not the pinned one and will be replaced`);
    return state !== 'right';
  });
  if (wanted.length === 0) return true;

  const packages = [...new Set(wanted.map(({ pinned }) => pinned))];
  say(`${what}: fetching ${packages.map((p) => `${p.package} ${p.version}`).join(', ')} by apt`);
  const startedAt = Date.now();
  try {
    const problems = await withDebianPackages(packages, (folderOf) =>
      wanted.flatMap((file) => store(folder, file, folderOf(file.pinned)) ?? []),
    );
    for (const problem of problems) say(`${what}: ${problem}`);
    const stored = wanted.length - problems.length;
    say(`${what}: ${stored} of ${wanted.length} files verified and stored in ${secondsSince(startedAt)}`);
    return problems.length === 0;
  } catch (error) {
    if (!(error instanceof DebianUnavailable)) throw error;
    say(`${what}: ${error.message}`);
    return false;
  }
}

/** Undefined where it was stored, else what was wrong. */
function store(folder, { file, pathInPackage, sha256: expected, required }, { folder: unpacked, problem }) {
  const lack = required ? 'REQUIRED and missing' : 'missing';
  if (problem !== undefined) return `${file} is ${lack}: ${problem}`;
  let bytes;
  try {
    bytes = readFileSync(join(unpacked, pathInPackage));
  } catch {
    return `${file} is ${lack}: the package has no ${pathInPackage}`;
  }
  const actual = sha256(bytes);
  if (actual !== expected) return `${file} REFUSED: its SHA-256 is ${actual}, and ${expected} is pinned`;
  const target = join(folder, file);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${basename(file)}.${process.pid}`);
  writeFileSync(temporary, bytes);
  renameSync(temporary, target);
  return undefined;
}
