import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newToken } from './token.ts';

const OWNER_ONLY = 0o600;

/**
 * The token of this person's user interface, kept in a file that only they can read: an open tab finds its station again after a
 * restart. One that others could have read is replaced.
 */
export async function keptToken(file: string): Promise<string> {
  const kept = await readKept(file);
  if (kept !== undefined) return kept;
  const token = newToken();
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'w', OWNER_ONLY);
  try {
    // The mode above counts only for a new file.
    await chmod(file, OWNER_ONLY);
    await handle.writeFile(token);
  } finally {
    await handle.close();
  }
  return token;
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    // Windows keeps no such mode; the folder is the person's own there.
    const isPrivate = process.platform === 'win32' || ((await stat(file)).mode & 0o077) === 0;
    const token = (await readFile(file, 'utf8')).trim();
    return isPrivate && /^[\w-]{22}$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
