import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../engine/atomic-file.ts';
import { type SessionMemory, nothingYet, sessionMemorySchema } from './session-memory.ts';

/** Beside the record of a session while it runs, and after it was cut off. */
const fileOf = (dataFolder: string, sessionId: string): string => join(dataFolder, 'sessions', `${sessionId}.memory`);

/** Nothing where there is no file, or none that can be understood: then everybody is asked about again. */
export async function readSessionMemory(dataFolder: string, sessionId: string): Promise<SessionMemory> {
  try {
    const text = await readFile(fileOf(dataFolder, sessionId), 'utf8');
    return sessionMemorySchema.parse(JSON.parse(text));
  } catch {
    return nothingYet;
  }
}

export interface SessionMemoryFile {
  /** Written soon, one after the other; what is newest by then. */
  keep(memory: SessionMemory): void;
  /** The session has ended as it should. */
  remove(): Promise<void>;
}

export function openSessionMemory(dataFolder: string, sessionId: string): SessionMemoryFile {
  const path = fileOf(dataFolder, sessionId);
  let newest: SessionMemory | undefined;
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    const memory = newest;
    newest = undefined;
    if (memory === undefined) return;
    // A full disk costs the memory of a session that is cut off, not the session.
    await writeFileAtomically(path, `${JSON.stringify(memory)}\n`).catch(() => undefined);
  };
  return {
    keep(memory) {
      newest = memory;
      writing = writing.then(write);
    },
    async remove() {
      await writing;
      await removeSessionMemory(dataFolder, sessionId);
    },
  };
}

export async function removeSessionMemory(dataFolder: string, sessionId: string): Promise<void> {
  await rm(fileOf(dataFolder, sessionId), { force: true });
}
