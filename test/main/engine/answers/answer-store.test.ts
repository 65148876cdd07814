import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../main/contract/answer.ts';
import { listAnswers, openAnswer, removeAnswer, saveAnswer } from '../../../../main/engine/answers/answer-store.ts';

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'fieldboot-answers-'));
});
afterEach(async () => await rm(dataFolder, { recursive: true }));

const answer = (text: string, name = 'Bench 3'): Answer => ({
  name,
  format: 'cloud-init',
  files: [
    { name: 'user-data', text },
    { name: 'meta-data', text: 'instance-id: x\n' },
  ],
});
const save = (text: string, id?: string, nowMs = 1000) => saveAnswer(dataFolder, answer(text), { id, nowMs });

describe('the answers of the library', () => {
  it('are plain files in a folder of their own, that nobody else may read', async () => {
    const { id } = await save('#cloud-config\nhostname: {{@hostname}}\npw: {{@secret.root}}\nowner: {{@owner}}\n');
    expect(id).toBe('bench-3');
    const folder = join(dataFolder, 'answers/bench-3/0001');
    expect(await readFile(join(folder, 'meta-data'), 'utf8')).toBe('instance-id: x\n');
    expect((await stat(join(dataFolder, 'answers'))).mode & 0o077).toBe(0);
    expect(await listAnswers(dataFolder)).toMatchObject([
      { id, name: 'Bench 3', revision: 1, changedAtMs: 1000, variables: ['owner'], secrets: ['root'] },
    ]);
  });

  it('keep what they were before', async () => {
    const { id } = await save('one');
    expect(await save('two', id, 2000)).toEqual({ id, revision: 2 });
    expect(await save('two', id, 3000)).toEqual({ id, revision: 2 });
    const { answer: latest, history } = await openAnswer(dataFolder, id);
    expect(latest.files[0]?.text).toBe('two');
    expect(history).toMatchObject([
      { revision: 2, atMs: 2000 },
      { revision: 1, atMs: 1000 },
    ]);
    expect(history[0]?.sha256).not.toBe(history[1]?.sha256);
    expect((await openAnswer(dataFolder, id, 1)).answer.files[0]?.text).toBe('one');
    await expect(openAnswer(dataFolder, id, 3)).rejects.toMatchObject({ code: 'E_ANSWER_NOT_FOUND' });
  });

  it('forget the oldest of very many revisions, files and all', async () => {
    const { id } = await save('0');
    for (let count = 1; count <= 51; count++) await save(`${count}`, id);
    const { history } = await openAnswer(dataFolder, id);
    expect(history).toHaveLength(50);
    const folders = (await readdir(join(dataFolder, 'answers', id))).filter((name) => /^\d+$/.test(name));
    expect(folders).toHaveLength(50);
    expect(folders).not.toContain('0002');
  });

  it('get ids of their own, also when they are saved at once', async () => {
    const saved = await Promise.all([save('a'), save('b'), save('c')]);
    expect(saved.map(({ id }) => id)).toEqual(['bench-3', 'bench-3-2', 'bench-3-3']);
  });

  it('can be removed', async () => {
    const { id } = await save('a');
    await removeAnswer(dataFolder, id);
    expect(await listAnswers(dataFolder)).toEqual([]);
    await expect(removeAnswer(dataFolder, id)).rejects.toMatchObject({ code: 'E_ANSWER_NOT_FOUND' });
  });

  it.each(['..', '../library', 'a/b', '', 'A', '.'])('know no answer called %j', async (id) => {
    await writeFile(join(dataFolder, 'answer.json'), '{}');
    await expect(openAnswer(dataFolder, id)).rejects.toMatchObject({ code: 'E_ANSWER_NOT_FOUND' });
    await expect(save('x', id)).rejects.toMatchObject({ code: 'E_ANSWER_NOT_FOUND' });
    await expect(removeAnswer(dataFolder, id)).rejects.toMatchObject({ code: 'E_ANSWER_NOT_FOUND' });
  });

  it('are there beside damaged ones, which are left as they are', async () => {
    await save('a');
    for (const [name, text] of [
      ['broken', '{"version": 1'],
      ['strange', '{"version": 2}'],
      ['escaping', '{"version":1,"name":"x","format":"plain","revisions":[{"revision":1,"sha256":"","atMs":0,"files":[{"name":"../../../x","sizeBytes":1}]}]}'], // prettier-ignore
    ] as const) {
      await mkdir(join(dataFolder, 'answers', name));
      await writeFile(join(dataFolder, 'answers', name, 'answer.json'), text);
    }
    expect((await listAnswers(dataFolder)).map(({ id }) => id)).toEqual(['bench-3']);
    expect(await readFile(join(dataFolder, 'answers/broken/answer.json'), 'utf8')).toBe('{"version": 1');
  });

  it('are as before when a revision could not be written whole', async () => {
    const { id } = await save('one');
    // What a kill between the folder and its record leaves behind.
    await mkdir(join(dataFolder, 'answers', id, '0002'));
    await writeFile(join(dataFolder, 'answers', id, '0002', 'user-data'), 'ha');
    expect((await openAnswer(dataFolder, id)).answer.files[0]?.text).toBe('one');
    await save('two', id);
    expect((await openAnswer(dataFolder, id)).answer.files).toHaveLength(2);
    expect((await openAnswer(dataFolder, id)).answer.files[0]?.text).toBe('two');
  });
});
