import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './write-error.ts';

/** Free bytes, for this user, of the disk that a folder is on or would be made on. */
export async function freeSpaceBytes(folder: string): Promise<number> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT' || path === dirname(path)) throw thrown;
    }
  }
}
