import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a journal: `000001.jsonl`, `000002.jsonl`, … */

export interface Segment {
  readonly number: number;
  readonly path: string;
  readonly sizeBytes: number;
}

export const segmentPath = (folder: string, number: number): string =>
  join(folder, `${String(number).padStart(6, '0')}.jsonl`);

/** In their order. Other files of the folder are left alone. */
export async function listSegments(folder: string): Promise<Segment[]> {
  await mkdir(folder, { recursive: true });
  const numbers = (await readdir(folder))
    .flatMap((name) => /^(\d{6})\.jsonl$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return Promise.all(
    numbers.map(async (number) => {
      const path = segmentPath(folder, number);
      return { number, path, sizeBytes: (await stat(path)).size };
    }),
  );
}

/** Removes the oldest segments until the rest fits; the newest always stays. Returns what is left. */
export async function dropOldSegments(segments: readonly Segment[], mostBytes: number): Promise<Segment[]> {
  const kept = [...segments];
  let total = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  while (total > mostBytes && kept.length > 1) {
    const [oldest] = kept.splice(0, 1);
    if (oldest === undefined) break;
    await rm(oldest.path, { force: true });
    total -= oldest.sizeBytes;
  }
  return kept;
}
