import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addProfilesCommand } from '../../../main/commands/profiles.ts';
import { readChoices } from '../../../main/commands/serve-choices.ts';
import { addImage } from '../../../main/engine/images/library.ts';
import { profileText } from '../../../main/engine/profiles/profile-text.ts';
import { writeRehearsalImage } from '../../../main/engine/rehearsal/rehearsal-image.ts';
import { runCommand } from './run-command.ts';

let folder: string;
const profiles = (...words: string[]) => runCommand(addProfilesCommand, 'profiles', ...words);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-profiles-'));
  vi.stubEnv('FIELDBOOT_DATA', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function writeProfile(image: { id: string; name: string }): Promise<string> {
  const file = join(folder, 'from-bob.yaml');
  const answer = {
    name: 'b.cfg',
    format: 'preseed' as const,
    files: [{ name: 'b.cfg', text: 'd-i a/b string {{@owner}}\n' }],
  };
  const text = profileText({
    fieldboot: 'profile',
    version: 1,
    name: 'Bench 3',
    image,
    entryId: 'live',
    extraArguments: 'quiet',
    answer: { ...answer, variables: { owner: 'Ann', site: 'Ulm' } },
    secrets: ['root'],
    approval: { kind: 'approved' },
  });
  await writeFile(file, text);
  return file;
}

describe('profiles', () => {
  it('are imported, listed and exported as they were', async () => {
    const file = await writeProfile({ id: 'x', name: 'Debian' });
    expect((await profiles('list')).stdout).toContain('There are no profiles.');
    expect((await profiles('import', file)).stdout).toBe('Kept Bench 3 as bench-3.\n  It asks for: root.\n');
    expect((await profiles('list')).stdout).toMatch(/^ID .*\nbench-3 +Bench 3 +Debian +b\.cfg +root\n$/);
    expect((await profiles('export', 'Bench 3')).stdout).toBe(await readFile(file, 'utf8'));
    const out = join(folder, 'out.yaml');
    await profiles('export', 'bench-3', '--out', out);
    expect(await readFile(out, 'utf8')).toBe(await readFile(file, 'utf8'));
  });

  it.each([
    [['export', 'nothing'], 'E_PROFILE_NOT_FOUND'],
    [['import', '/nowhere.yaml'], 'E_PROFILE_NOT_FOUND'],
    [['import', import.meta.filename], 'E_PROFILE_INVALID'],
  ])('refuse %j', async (words, code) => {
    expect((await profiles(...words)).stderr).toContain(`${code}:`);
  });
});

describe('serve --profile', () => {
  const options = { interface: 'eth1', mode: 'auto' };

  it('takes the image by its content, and lets other options come first', async () => {
    const path = join(folder, 'any name.iso');
    await writeRehearsalImage(path, { kernelBytes: 100_000, initrdBytes: 100_000, systemBytes: 100_000 });
    const { image } = await addImage(path, folder, { nowMs: 0 });
    const profile = await writeProfile({ id: image.id, name: 'Debian' });
    expect(await readChoices({ ...options, profile })).toMatchObject({
      imagePath: path,
      entryId: 'live',
      extraArguments: 'quiet',
      approval: { kind: 'approved' },
      answer: { answer: { name: 'b.cfg' }, variables: { owner: 'Ann', site: 'Ulm' }, secrets: {} },
    });
    const words = { entry: 'other', append: 'loud', policy: 'auto', var: ['owner=Bob'] };
    expect(await readChoices({ ...options, profile, ...words })).toMatchObject({
      entryId: 'other',
      extraArguments: 'loud',
      approval: { kind: 'every-machine' },
      answer: { variables: { owner: 'Bob', site: 'Ulm' } },
    });
  });

  it('says which image it wants', async () => {
    const profile = await writeProfile({ id: 'debian-99', name: 'Debian 99' });
    await expect(readChoices({ ...options, profile })).rejects.toMatchObject({ code: 'E_PROFILE_IMAGE_MISSING' });
    await expect(readChoices(options)).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});
