import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeRehearsalImage } from '../../../main/engine/rehearsal/rehearsal-image.ts';
import { stationStateSchema } from '../../../main/contract/state.ts';
import { type Station, createStation } from '../../../main/station/station.ts';

const SECRET = 'Very-S3cret';
const access = { readOnly: false };
let dataFolder: string;
let station: Station;
const open = (): Promise<Station> =>
  createStation({
    version: '0.0.0',
    dataFolder,
    loadersFolder: join(dataFolder, 'no-loaders'),
    uiFolder: dataFolder,
    host: { nativeDialogs: false, pickImage: () => Promise.resolve(undefined) },
    now: () => 1000,
    newId: () => 'session-1',
  });
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'fieldboot-profiles-'));
  station = await open();
});
afterEach(async () => {
  await station[Symbol.asyncDispose]();
  await rm(dataFolder, { recursive: true });
});

async function addImage(): Promise<string> {
  const path = join(dataFolder, 'test.iso');
  await writeRehearsalImage(path, { kernelBytes: 100_000, initrdBytes: 100_000, systemBytes: 100_000 });
  const { imageId } = await station.call('images.add', { path }, access);
  await vi.waitFor(() => expect(station.state.images[0]?.sha256).toBeDefined(), 5000);
  return imageId;
}
const answer = {
  name: 'bench.cfg',
  format: 'preseed' as const,
  files: [{ name: 'bench.cfg', text: 'd-i a/b string {{@owner}} {{@secret.root}}\n' }],
};
const saveAnswer = () => station.call('answers.save', { answer }, access);

describe('answer files of a station', () => {
  it('are kept, told to screens without their text, and previewed with secrets as dots', async () => {
    const { answerId } = await saveAnswer();
    expect(await saveAnswer()).toEqual({ answerId, revision: 1 });
    expect(station.state.answers).toMatchObject([{ id: answerId, variables: ['owner'], secrets: ['root'] }]);
    expect(JSON.stringify(station.state)).not.toContain('d-i');
    expect(stationStateSchema.parse(station.state)).toEqual(station.state);
    const preview = await station.call(
      'answers.preview',
      { answer, machine: { kind: 'example' }, variables: { owner: 'Ann' }, secrets: { root: SECRET } },
      access,
    );
    expect(preview.files[0]?.text).toBe('d-i a/b string Ann ••••••••\n');
    await station.call('answers.remove', { answerId }, access);
    expect(station.state.answers).toEqual([]);
  });

  it('stay out of state and records when a session is started with their text', async () => {
    const imageId = await addImage();
    const { defaultEntryId } = station.state.images[0]?.description ?? { defaultEntryId: '' };
    const draft = { imageId, interfaceName: 'none', entryId: defaultEntryId, extraArguments: '', afterBoot: 'boot-again', override: false } as const; // prettier-ignore
    const approval = { kind: 'every-machine' } as const;
    const answerFile = { name: 'bench.cfg', text: answer.files[0]?.text ?? '' };
    const start = station.call('session.start', { ...draft, approval, answerFile, secrets: { root: SECRET } }, access);
    // The variable has no value: nothing is opened, whatever the interface.
    await expect(start).rejects.toMatchObject({ code: 'E_ANSWER_INVALID' });
    expect(station.state.session?.draft.answer).toEqual({ answerId: 'bench-cfg', variables: {} });
    expect(JSON.stringify(station.state)).not.toMatch(/S3cret|d-i a\/b/);
  });
});

describe('profiles of a station', () => {
  const choices = { extraArguments: 'quiet', approval: { kind: 'approved' }, afterBoot: 'local-disk' } as const;

  it('go to another station as one file, with the answer file and without secrets', async () => {
    const imageId = await addImage();
    const { answerId } = await saveAnswer();
    const saved = await station.call(
      'profiles.save',
      {
        name: 'Bench 3',
        choices: { ...choices, imageId, entryId: 'live', answer: { answerId, variables: { owner: 'Ann' } } },
      },
      access,
    );
    expect(saved).toEqual({ profileId: 'bench-3' });
    expect(station.state.profiles).toMatchObject([
      { id: 'bench-3', name: 'Bench 3', secrets: ['root'], answerName: 'bench.cfg' },
    ]);
    const { text, fileName } = await station.call('profiles.export', { profileId: 'bench-3' }, access);
    expect(fileName).toBe('bench-3.yaml');
    expect(text).toBe(await readFile(join(dataFolder, 'profiles/bench-3.yaml'), 'utf8'));

    await station.call('answers.remove', { answerId }, access);
    await station.call('profiles.remove', { profileId: 'bench-3' }, access);
    const { profileId } = await station.call('profiles.import', { text, fileName: 'from-bob.yaml' }, access);
    const chosen = await station.call('profiles.choose', { profileId }, access);
    expect(chosen).toMatchObject({
      imageId,
      image: 'there',
      entryId: 'live',
      extraArguments: 'quiet',
      answer: { answerId, variables: { owner: 'Ann' } },
      approval: { kind: 'approved' },
      secrets: ['root'],
    });
    expect((await station.call('answers.read', { answerId }, access)).answer).toEqual(answer);
    // Chosen once more, it adds no second answer file.
    await station.call('profiles.choose', { profileId }, access);
    expect(station.state.answers).toHaveLength(1);
  });

  it('say where their image is another one, or not there', async () => {
    const profile = { fieldboot: 'profile', version: 1, name: 'x', image: { id: 'none', name: 'Debian 99' } };
    const text = JSON.stringify(profile);
    const { profileId } = await station.call('profiles.import', { text, fileName: 'x.json' }, access);
    expect(await station.call('profiles.choose', { profileId }, access)).toMatchObject({
      image: 'missing',
      imageName: 'Debian 99',
    });
    const imageId = await addImage();
    const other = JSON.stringify({ ...profile, image: { id: imageId, name: 'x', sha256: '0'.repeat(64) } });
    const imported = await station.call('profiles.import', { text: other, fileName: 'x.json' }, access);
    expect(await station.call('profiles.choose', imported, access)).toMatchObject({ image: 'other-content' });
  });

  it('can be copied and renamed, and are there after a restart beside files that are none', async () => {
    const imageId = await addImage();
    const { profileId } = await station.call(
      'profiles.save',
      { name: 'A', choices: { ...choices, imageId, entryId: 'x' } },
      access,
    );
    await station.call('profiles.duplicate', { profileId }, access);
    await station.call('profiles.rename', { profileId, name: 'B' }, access);
    await writeFile(join(dataFolder, 'profiles', 'broken.yaml'), 'fieldboot: [');
    await station[Symbol.asyncDispose]();
    station = await open();
    expect(station.state.profiles.map(({ id, name }) => [id, name])).toEqual([
      ['a-copy', 'A (copy)'],
      ['a', 'B'],
    ]);
    expect(await readdir(join(dataFolder, 'profiles'))).toContain('broken.yaml');
  });

  it.each(['../settings', '', 'A', 'none'])('know none called %j', async (profileId) => {
    await expect(station.call('profiles.choose', { profileId }, access)).rejects.toMatchObject({
      code: 'E_PROFILE_NOT_FOUND',
    });
    await expect(station.call('profiles.remove', { profileId }, access)).rejects.toMatchObject({
      code: 'E_PROFILE_NOT_FOUND',
    });
  });
});
