import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecked } from '../../../testbed/command.ts';
import { folderSnapshot } from './walk.ts';
import type { Snapshot } from './walk.ts';

/** What another reader extracts: `command` gets the folder to extract into. */
export async function extracted(command: (folder: string) => string[]): Promise<Snapshot> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldboot-extracted-'));
  try {
    const out = join(folder, 'out');
    await mkdir(out);
    await runChecked(command(out));
    // Images keep modes without write permission, which would be in the way of removing the folder.
    await runChecked(['chmod', '-R', 'u+rwX', out]);
    return await folderSnapshot(out);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const filtered = (snapshot: Snapshot, isWanted: (what: string) => boolean): Snapshot =>
  Object.fromEntries(Object.entries(snapshot).filter(([, what]) => isWanted(what)));

export const filesOf = (snapshot: Snapshot): Snapshot => filtered(snapshot, (what) => what.includes(' bytes, '));

/** Folders that only the moving of deep ones made (rr_moved) are shown by some readers and not by others. */
export const withoutFolders = (snapshot: Snapshot): Snapshot => filtered(snapshot, (what) => what !== 'folder');
