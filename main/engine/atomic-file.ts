import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

let writes = 0;

/**
 * Replaces a file as a whole: after a kill, a power loss or a full disk either the old or the new text is there. For its owner alone, as it may
 * name machines and what they are called.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const fresh = `${path}.new-${process.pid}-${++writes}`;
  await mkdir(folder, { recursive: true });
  try {
    const handle = await open(fresh, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await syncFolder(folder);
}
