import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type PastSession, pastSessionSchema } from '../contract/session.ts';
import { writeFileAtomically } from '../engine/atomic-file.ts';
import { removeSessionMemory } from './session-memory-file.ts';

/**
 * What is kept of every session: one small JSON file each, written when it starts and when it ends. A record without an end
 * is a session that was cut off.
 */
const MOST_RECORDS = 200;

const folderOf = (dataFolder: string): string => join(dataFolder, 'sessions');
const fileOf = (dataFolder: string, id: string): string => join(folderOf(dataFolder), `${id}.json`);

/** The newest first. Files that are no records are left alone. */
export async function readSessionRecords(dataFolder: string): Promise<PastSession[]> {
  const names = await readdir(folderOf(dataFolder)).catch(() => []);
  const records = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readRecord(dataFolder, name)),
  );
  return records
    .filter((record) => record !== undefined)
    .sort((a, b) => b.startedAtMs - a.startedAtMs)
    .slice(0, MOST_RECORDS);
}

async function readRecord(dataFolder: string, name: string): Promise<PastSession | undefined> {
  try {
    const text = await readFile(join(folderOf(dataFolder), name), 'utf8');
    const parsed = pastSessionSchema.safeParse(JSON.parse(text));
    return parsed.success && `${parsed.data.id}.json` === name ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function writeSessionRecord(dataFolder: string, record: PastSession): Promise<void> {
  await writeFileAtomically(fileOf(dataFolder, record.id), `${JSON.stringify(record, null, 2)}\n`);
}

export async function removeSessionRecord(dataFolder: string, id: string): Promise<void> {
  await rm(fileOf(dataFolder, id), { force: true });
  await removeSessionMemory(dataFolder, id);
}
