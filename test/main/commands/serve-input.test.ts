import { PassThrough } from 'node:stream';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listenForApprovals } from '../../../main/commands/approval-input.ts';
import { parseMacList, readPolicy } from '../../../main/commands/serve-input.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-input-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('parseMacList', () => {
  it('reads what people write', () => {
    const text =
      '\uFEFF# bench 3\r\n\r\n52:54:00:AA:bb:01\r\n  52-54-00-aa-bb-02   left, by the door\n#52:54:00:aa:bb:03\n';
    expect(parseMacList(text.slice(1), 'f')).toEqual(['52:54:00:aa:bb:01', '52:54:00:aa:bb:02']);
    expect(parseMacList('', 'f')).toEqual([]);
  });

  it.each(['52:54:00:aa:bb', 'PC 1', '525400aabb01', '52:54:00:aa:bb:0g'])('names the line that holds %j', (line) => {
    expect(() => parseMacList(`# x\n${line}\n`, 'list.txt')).toThrow('Line 2 of list.txt');
  });
});

describe('readPolicy', () => {
  it.each([
    [undefined, undefined],
    ['auto', { kind: 'every-machine' }],
    ['approve', { kind: 'approved' }],
  ])('%s: %j', async (word, policy) => expect(await readPolicy(word)).toEqual(policy));

  it('reads a list', async () => {
    const file = join(folder, 'list.txt');
    await writeFile(file, '52:54:00:aa:bb:01\n');
    expect(await readPolicy(`macs:${file}`)).toEqual({ kind: 'listed', macs: ['52:54:00:aa:bb:01'] });
  });

  it.each(['all', 'macs:', 'macs:/nowhere/list.txt'])('refuses %s', async (word) => {
    await expect(readPolicy(word)).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});

describe('listenForApprovals', () => {
  it('approves the machine whose code is typed, and says where there is none', async () => {
    const input = new PassThrough();
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const approve = vi.fn<(macs: readonly string[]) => void>();
    const idOfCode = (code: string): string | undefined => (code.trim() === '7k4' ? '52:54:00:aa:bb:01' : undefined);
    const listening = listenForApprovals(input, { idOfCode, approve });
    input.write('\nXXX\u001b[2J\n 7k4 \n');
    await vi.waitFor(() => expect(approve).toHaveBeenCalledTimes(1));
    expect(approve).toHaveBeenCalledWith(['52:54:00:aa:bb:01']);
    const text = said.mock.calls.map(([line]) => String(line)).join('');
    said.mockRestore();
    expect(text).toContain('No machine shows the code XXX\\u001b[2J.');
    listening[Symbol.dispose]();
    input.write('7k4\n');
    expect(approve).toHaveBeenCalledTimes(1);
  });
});
