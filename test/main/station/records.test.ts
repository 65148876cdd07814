import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PastSession } from '../../../main/contract/session.ts';
import { readSessionRecords, removeSessionRecord, writeSessionRecord } from '../../../main/station/session-records.ts';
import { readSettings, writeSettings } from '../../../main/station/settings-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-records-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const record = (id: string, startedAtMs: number): PastSession => ({
  id,
  imageName: 'Debian',
  entryTitle: 'Install',
  interfaceName: 'eth0',
  rehearsal: false,
  startedAtMs,
  machines: 1,
  finished: 0,
  draft: {
    imageId: 'debian',
    interfaceName: 'eth0',
    entryId: 'install',
    extraArguments: '',
    approval: { kind: 'approved' },
    afterBoot: 'local-disk',
    override: false,
  },
});

describe('session records', () => {
  it('come back newest first, and a record can be replaced and removed', async () => {
    await writeSessionRecord(folder, record('a', 1));
    await writeSessionRecord(folder, record('b', 2));
    await writeSessionRecord(folder, { ...record('a', 1), endedAtMs: 9 });
    expect((await readSessionRecords(folder)).map(({ id, endedAtMs }) => [id, endedAtMs])).toEqual([
      ['b', undefined],
      ['a', 9],
    ]);
    await removeSessionRecord(folder, 'b');
    expect((await readSessionRecords(folder)).map(({ id }) => id)).toEqual(['a']);
    expect(await readdir(join(folder, 'sessions'))).toEqual(['a.json']);
  });

  it('are none where there is no folder, and damaged files are left alone', async () => {
    expect(await readSessionRecords(folder)).toEqual([]);
    await mkdir(join(folder, 'sessions'));
    await writeFile(join(folder, 'sessions', 'torn.json'), '{"id":"torn"');
    await writeFile(join(folder, 'sessions', 'other.json'), JSON.stringify(record('not-other', 1)));
    expect(await readSessionRecords(folder)).toEqual([]);
  });
});

describe('settings', () => {
  it('are kept, and a file that is not understood is as at first start', async () => {
    expect(await readSettings(folder)).toEqual({ theme: 'system', language: 'en' });
    await writeSettings(folder, { theme: 'dark', language: 'en' });
    expect(await readSettings(folder)).toEqual({ theme: 'dark', language: 'en' });
    await writeFile(join(folder, 'settings.json'), '{"theme":"purple"}');
    expect((await readSettings(folder)).theme).toBe('system');
  });
});
