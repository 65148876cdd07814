import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer, readFormat, readSecrets, readVariables } from '../../../main/commands/answer-input.ts';

let folder: string;
const put = async (name: string, text: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-answer-input-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('readAnswer', () => {
  it('tells the format by the text, and gives the file a name that can stand in a URL', async () => {
    const file = await put('my bench & co.cfg', 'd-i a/b string x\n');
    expect(await readAnswer(file)).toEqual({
      name: 'my bench & co.cfg',
      format: 'preseed',
      files: [{ name: 'my_bench___co.cfg', text: 'd-i a/b string x\n' }],
    });
    expect((await readAnswer(file, 'plain')).format).toBe('plain');
  });

  it('calls one file of several as its reader does', async () => {
    const file = await put('bench.yaml', '#cloud-config\na: 1\n');
    expect((await readAnswer(file)).files.map(({ name }) => name)).toEqual(['user-data']);
  });

  it('takes a folder of files that belong together', async () => {
    await mkdir(join(folder, 'seed'));
    await put('seed/user-data', '#cloud-config\na: 1\n');
    await put('seed/meta-data', 'instance-id: x\n');
    await put('seed/notes.txt', 'not asked for');
    expect(await readAnswer(join(folder, 'seed'))).toMatchObject({
      name: 'seed',
      format: 'cloud-init',
      files: [{ name: 'user-data' }, { name: 'meta-data' }],
    });
    await mkdir(join(folder, 'empty'));
    await expect(readAnswer(join(folder, 'empty'))).rejects.toMatchObject({ code: 'E_ANSWER_NOT_READABLE' });
  });

  it.each([
    ['binary', new Uint8Array([0xff, 0xfe, 0x41])],
    ['nul', 'a\0b'],
    ['large', 'x'.repeat(1_000_001)],
  ])('refuses what is no text: %s', async (name, content) => {
    await expect(readAnswer(await put(name, content))).rejects.toMatchObject({ code: 'E_ANSWER_NOT_READABLE' });
  });

  it('says where there is none', async () => {
    await expect(readAnswer('/nowhere/bench.cfg')).rejects.toMatchObject({ code: 'E_ANSWER_NOT_READABLE' });
    await expect(readAnswer('nothing-of-that-name')).rejects.toMatchObject({ code: 'E_ANSWER_NOT_READABLE' });
  });
});

describe('values', () => {
  it('are words', () => {
    expect(readVariables(['owner=Ann', 'site=a=b', 'x='])).toEqual({ owner: 'Ann', site: 'a=b', x: '' });
  });

  it('that are secret come out of the environment or a file', async () => {
    const file = await put('password', 'S3cret\n');
    expect(await readSecrets([`root=${file}`, 'secret.user=PW'], { PW: 'other ' })).toEqual({
      root: 'S3cret',
      user: 'other ',
    });
  });

  it.each([
    [() => readVariables(['owner'])],
    [() => readVariables(['1=x'])],
    [() => readSecrets(['root=nowhere-to-be-found'], {})],
    [() => readSecrets(['root'], {})],
    [() => Promise.resolve(readFormat('word'))],
  ])('are refused where they are not understood', async (read) => {
    await expect((async () => await read())()).rejects.toMatchObject({ code: 'E_USAGE' });
  });

  it('are not told where they are refused', () => {
    expect(() => readVariables(['1=S3cret'])).toThrow(/^(?!.*S3cret)/);
  });
});
