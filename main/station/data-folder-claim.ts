import { closeSync, ftruncateSync, readFileSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { openLocked } from '../engine/file-lock.ts';
import { withWriteErrors } from '../engine/images/write-error.ts';

const ownerSchema = z.object({ processId: z.int() });

/**
 * Makes the data folder where it is not there, and keeps it for this station: two on one folder would write over each other's
 * library and records. Ends when disposed of, or with the process. Errors: E_DATA_FOLDER_UNUSABLE, E_DATA_FOLDER_TAKEN, E_DISK_FULL.
 */
export async function claimDataFolder(folder: string): Promise<Disposable> {
  const path = join(folder, 'station.lock');
  try {
    return await withWriteErrors(folder, async () => {
      await mkdir(folder, { recursive: true });
      const descriptor = openLocked(path);
      if (descriptor === undefined) {
        throw new StationError('E_DATA_FOLDER_TAKEN', { folder, processId: ownerOf(path) });
      }
      ftruncateSync(descriptor);
      writeSync(descriptor, `${JSON.stringify({ processId: process.pid })}\n`);
      return { [Symbol.dispose]: () => closeSync(descriptor) };
    });
  } catch (thrown) {
    if (!(thrown instanceof StationError) || thrown.code !== 'E_OUTPUT_NOT_WRITABLE') throw thrown;
    const { reason } = thrown.data as { reason: string };
    throw new StationError('E_DATA_FOLDER_UNUSABLE', { folder, reason }, { cause: thrown });
  }
}

/** Undefined where it cannot be told: it is there for the words of an error only. */
function ownerOf(path: string): number | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).processId;
  } catch {
    return undefined;
  }
}
