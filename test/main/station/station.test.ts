import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyChange } from '../../../main/contract/changes.ts';
import { stationStateSchema } from '../../../main/contract/state.ts';
import { writeRehearsalImage } from '../../../main/engine/rehearsal/rehearsal-image.ts';
import { type Station, createStation } from '../../../main/station/station.ts';

let dataFolder: string;
let imagePath: string;
let station: Station;
let ids = 0;
const open = (): Promise<Station> =>
  createStation({
    version: '0.0.0',
    dataFolder,
    loadersFolder: join(dataFolder, 'no-loaders'),
    uiFolder: dataFolder,
    host: { nativeDialogs: false, pickImage: () => Promise.resolve(undefined) },
    now: Date.now,
    newId: () => `session-${++ids}`,
  });
const access = { readOnly: false };
const snapshot = (): Promise<{ seq: number; state: Station['state'] }> => station.call('state.snapshot', {}, access);

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'fieldboot-station-'));
  imagePath = join(dataFolder, 'test.iso');
  await writeRehearsalImage(imagePath, { kernelBytes: 1_000_000, initrdBytes: 2_000_000, systemBytes: 1_000_000 });
  station = await open();
});
afterEach(async () => {
  await station[Symbol.asyncDispose]();
  await rm(dataFolder, { recursive: true });
});

describe('a station', () => {
  it('does not start beside another on its data folder, nor with a library that it cannot read', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'E_DATA_FOLDER_TAKEN' });
    await station[Symbol.asyncDispose]();
    await writeFile(join(dataFolder, 'library.json'), '{');
    await expect(open()).rejects.toMatchObject({ code: 'E_LIBRARY_DAMAGED' });
    await unlink(join(dataFolder, 'library.json'));
    station = await open();
  });
});

describe('the library of a station', () => {
  it('recognises an image at once, hashes it in the background, and knows it after a restart', async () => {
    const { imageId } = await station.call('images.add', { path: imagePath }, access);
    expect(station.state.images).toMatchObject([{ id: imageId, state: 'ready', description: { id: imageId } }]);
    await vi.waitFor(() => expect(station.state.images[0]?.sha256).toMatch(/^[0-9a-f]{64}$/), 5000);
    await station.call('images.rename', { imageId, name: 'Bench image' }, access);
    await station[Symbol.asyncDispose]();

    station = await open();
    await vi.waitFor(
      () => expect(station.state.images[0]).toMatchObject({ state: 'ready', name: 'Bench image' }),
      5000,
    );
    expect(station.state.images[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('compares a pasted checksum, and knows after a restart what came of it', async () => {
    const { imageId } = await station.call('images.add', { path: imagePath }, access);
    await station.call('images.verify', { imageId, expectedSha256: '0'.repeat(64) }, access);
    await vi.waitFor(() => expect(station.state.images[0]?.checksum?.matches).toBe(false), 5000);
    await station[Symbol.asyncDispose]();

    station = await open();
    // What keeps Start off keeps it off after a restart.
    expect(station.state.images[0]?.checksum).toEqual({ source: 'the value you pasted', matches: false });
    const sha256 = station.state.images[0]?.sha256 ?? '';
    await station.call('images.verify', { imageId, expectedSha256: ` ${sha256.toUpperCase()}  test.iso` }, access);
    await vi.waitFor(() => expect(station.state.images[0]?.checksum?.matches).toBe(true), 5000);
  });

  it('says that a file is gone, and forgets an image without touching its file', async () => {
    const { imageId } = await station.call('images.add', { path: imagePath }, access);
    await station.call('images.remove', { imageId }, access);
    expect(station.state.images).toEqual([]);
    expect((await readFile(imagePath)).length).toBeGreaterThan(0);

    await station.call('images.add', { path: imagePath }, access);
    await station[Symbol.asyncDispose]();
    await unlink(imagePath);
    station = await open();
    await vi.waitFor(() => expect(station.state.images[0]?.state).toBe('missing'), 5000);
  });

  it('refuses what is no image with its code', async () => {
    await expect(station.call('images.add', { path: join(dataFolder, 'no.iso') }, access)).rejects.toMatchObject({
      code: 'E_IMAGE_NOT_FOUND',
    });
    expect(station.state.images).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('a session of a station', () => {
  it('runs, tells its machines, and is kept as a record', async () => {
    const start = await snapshot();
    let seen = start.state;
    let lastSeq = start.seq;
    const gaps: number[] = [];
    station.subscribe(({ seq, ...change }) => {
      if (seq !== lastSeq + 1) gaps.push(seq);
      lastSeq = seq;
      seen = applyChange(seen, change);
    });
    const { sessionId } = await station.call('rehearsal.start', { clients: 3 }, access);
    await vi.waitFor(() => expect(seen.clients.length).toBeGreaterThan(0), 10_000);
    expect(seen.session).toMatchObject({ id: sessionId, state: 'running', rehearsal: true });
    await expect(station.call('rehearsal.start', { clients: 3 }, access)).rejects.toMatchObject({
      code: 'E_SESSION_RUNNING',
    });
    const [client] = seen.clients;
    await station.call('clients.rename', { clientId: client!.id, name: 'Front desk' }, access);
    const { entries } = await station.call('clients.timeline', { clientId: client!.id }, access);
    expect(entries.length).toBeGreaterThan(0);
    await station.call('session.stop', {}, access);

    expect(gaps).toEqual([]);
    // Whoever followed the changes knows what a new snapshot says.
    expect(seen).toEqual((await snapshot()).state);
    expect(stationStateSchema.safeParse(seen).error).toBeUndefined();
    expect(seen.clients.find(({ mac }) => mac === client!.mac)?.name).toBe('Front desk');
    expect(seen.sessions).toMatchObject([{ id: sessionId, endedAtMs: expect.any(Number) as number }]);
  }, 30_000);

  it('that could not start says why, and leaves the station ready for the next', async () => {
    const { imageId } = await station.call('images.add', { path: imagePath }, access);
    const draft = {
      imageId,
      interfaceName: 'nope0',
      entryId: station.state.images[0]!.description!.defaultEntryId,
      extraArguments: '',
      approval: { kind: 'every-machine' as const },
      afterBoot: 'local-disk' as const,
      override: false,
    };
    await expect(station.call('session.start', draft, access)).rejects.toMatchObject({ code: 'E_LOADERS_MISSING' });
    expect(station.state.session).toMatchObject({ state: 'failed', trouble: { code: 'E_LOADERS_MISSING' } });
    await station.call('rehearsal.start', { clients: 1 }, access);
    expect(station.state.session?.state).toBe('running');
  }, 30_000);
});
