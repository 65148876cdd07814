import { mkdir, readdir, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** A folder for the leases, trees and image of one rehearsal, away from those of real sessions; removed with all that is in it. */
export async function openRehearsalFolder(dataFolder: string): Promise<{ readonly path: string } & AsyncDisposable> {
  const all = join(dataFolder, 'rehearsals');
  await mkdir(all, { recursive: true });
  await removeAbandoned(all);
  const path = join(all, `${process.pid}-${randomUUID().slice(0, 8)}`);
  await mkdir(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Those of processes that were killed: their names begin with its number. */
async function removeAbandoned(all: string): Promise<void> {
  for (const name of await readdir(all)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(all, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
