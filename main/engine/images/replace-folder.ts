import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../sync-folder.ts';
import { codeOf } from './write-error.ts';

/**
 * Writes a folder as a whole: `fill` gets a fresh folder beside it, which takes its place when everything is on the disk. After a failure
 * (or a kill) the old folder is there as it was.
 */
export async function replaceFolder(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await recover(folder);
  const fresh = join(parent, `.${basename(folder)}.new-${process.pid}-${++count}`);
  try {
    await mkdir(fresh);
    await fill(fresh);
    await syncFolders(fresh);
    await takePlace(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(parent);
}

let count = 0;

const oldName = (folder: string): string => join(dirname(folder), `.${basename(folder)}.old`);

/** No call of Node's swaps two folders at once, so the old one is put aside first and comes back if the second step fails. */
async function takePlace(fresh: string, folder: string): Promise<void> {
  const old = oldName(folder);
  await rm(old, { recursive: true, force: true });
  const hadOld = await renameIfThere(folder, old);
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (hadOld) await rename(old, folder);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** A kill between the two steps leaves only the old folder, put aside; one before them leaves a fresh one half filled. */
async function recover(folder: string): Promise<void> {
  const names = await readdir(dirname(folder));
  if (!names.includes(basename(folder))) await renameIfThere(oldName(folder), folder);
  const leftover = `.${basename(folder)}.new-`;
  for (const name of names.filter((candidate) => candidate.startsWith(leftover))) {
    const owner = Number(name.slice(leftover.length).split('-')[0]);
    if (!isRunning(owner)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

/** Names are on the disk only after their folder was synchronised too; the innermost first. */
async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name));
  }
  await syncFolder(folder);
}
