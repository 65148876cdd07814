import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../main/engine/clients/client.ts';
import type { EarlierMachine } from '../../../main/engine/session-config.ts';
import { nothingYet, withDecision, withFinished } from '../../../main/station/session-memory.ts';
import {
  openSessionMemory,
  readSessionMemory,
  removeSessionMemory,
} from '../../../main/station/session-memory-file.ts';

const client = (id: string, own: Partial<Client>): Client => ({ id, mac: id, macs: [id], ...own }) as Client;
const machines = (...ids: readonly string[]): EarlierMachine[] => ids.map((id) => ({ id, macs: [id] }));

describe('what a session remembers', () => {
  it('is the last decision on each machine', () => {
    const both = withDecision(nothingYet, 'approved', machines('a', 'b'));
    expect(both).toEqual({ approved: machines('a', 'b'), refused: [], finished: [] });
    expect(withDecision(both, 'refused', machines('a'))).toEqual({
      approved: machines('b'),
      refused: machines('a'),
      finished: [],
    });
    expect(withDecision(both, 'approved', machines('b'))).toEqual({
      approved: machines('a', 'b'),
      refused: [],
      finished: [],
    });
  });

  it('is who had its boot, until a person lets it have another', () => {
    const done = withFinished(nothingYet, client('a', { finished: true }));
    expect(done.finished).toEqual(machines('a'));
    expect(withFinished(done, client('a', { finished: true }))).toBe(done);
    expect(withDecision(done, 'refused', machines('a')).finished).toEqual(machines('a'));
    expect(withDecision(done, 'approved', machines('a'))).toEqual({
      approved: machines('a'),
      refused: [],
      finished: [],
    });
  });

  it.each([{}, { finished: true, bootsAgain: true }])('is nothing of a machine that is to boot: %j', (own) =>
    expect(withFinished(nothingYet, client('a', own))).toBe(nothingYet),
  );
});

describe('the memory on the disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-memory-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('holds what was kept last, and goes with its session', async () => {
    const file = openSessionMemory(folder, 'one');
    file.keep({ ...nothingYet, approved: machines('a') });
    file.keep({ ...nothingYet, approved: machines('a', 'b') });
    await expect
      .poll(() => readSessionMemory(folder, 'one'))
      .toEqual({ approved: machines('a', 'b'), refused: [], finished: [] });
    file.keep({ ...nothingYet, approved: machines('c') });
    await file.remove();
    expect(await readdir(join(folder, 'sessions'))).toEqual([]);
  });

  it('is nothing where it cannot be understood', async () => {
    const file = openSessionMemory(folder, 'one');
    file.keep({ ...nothingYet, approved: machines('a') });
    await expect.poll(() => readSessionMemory(folder, 'one')).toMatchObject({ approved: machines('a') });
    await writeFile(join(folder, 'sessions', 'one.memory'), '{"approved":[1]}');
    expect(await readSessionMemory(folder, 'one')).toEqual(nothingYet);
    expect(await readSessionMemory(folder, 'another')).toEqual(nothingYet);
    await removeSessionMemory(folder, 'one');
  });
});
