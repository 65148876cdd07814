import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largestMachineListBytes, readMachineListFile } from '../../../../main/engine/machines/machine-list-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machine-list-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const written = async (name: string, text: string | Buffer): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

describe('a file with a list of machines', () => {
  it('is read with what is broken in it named', async () => {
    const path = await written('bench.csv', 'mac,name\n52:54:00:aa:00:01,one\nnonsense,two\n');
    const list = await readMachineListFile(path);
    expect(list.machines).toHaveLength(1);
    expect(list.problems).toEqual([{ line: 3, reason: '"nonsense" is not a MAC address' }]);
  });

  it.each([
    ['empty.csv', '', 'line 1: the list is empty'],
    ['none.csv', 'mac\nx\n', 'line 2: "x" is not a MAC address'],
    ['heading.csv', 'mac\n', 'it names no machine'],
    ['large.csv', Buffer.alloc(largestMachineListBytes + 1), 'it is larger than 2 MB'],
  ])('is refused where no machine can be read from it: %s', async (name, text, problem) => {
    const path = await written(name, text);
    await expect(readMachineListFile(path)).rejects.toMatchObject({
      code: 'E_MACHINE_LIST',
      data: { name: path, problem },
    });
  });

  it('is refused where it is not there', async () => {
    const there = { code: 'E_MACHINE_LIST', data: { problem: 'there is no such file' } };
    await expect(readMachineListFile(join(folder, 'nowhere.csv'))).rejects.toMatchObject(there);
    await expect(readMachineListFile(folder)).rejects.toMatchObject({ data: { problem: 'it is a folder' } });
  });
});
