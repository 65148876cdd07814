import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder } from '../../../main/station/data-folder-claim.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

const module = new URL('../../../main/station/data-folder-claim.ts', import.meta.url).href;

/** Another process that holds the folder until it is killed. */
async function otherStation(of: string) {
  const script = `const { claimDataFolder } = await import(${JSON.stringify(module)});
    globalThis.held = await claimDataFolder(${JSON.stringify(of)});
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('a data folder', () => {
  it('is made, and belongs to one station at a time', async () => {
    const data = join(folder, 'deep', 'data');
    {
      using _first = await claimDataFolder(data);
      await expect(claimDataFolder(data)).rejects.toMatchObject({
        code: 'E_DATA_FOLDER_TAKEN',
        title: `Another Fieldboot (process ${process.pid}) runs with the data folder ${data}.`,
      });
    }
    using _next = await claimDataFolder(data);
    expect(JSON.parse(await readFile(join(data, 'station.lock'), 'utf8'))).toEqual({ processId: process.pid });
  });

  it('is free again when its station was killed, and not before', { timeout: 60_000 }, async () => {
    const other = await otherStation(folder);
    await expect(claimDataFolder(folder)).rejects.toMatchObject({ data: { folder, processId: other.pid } });
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    using claim = await claimDataFolder(folder);
    expect(claim).toBeDefined();
  });

  it('is not taken by what an earlier process wrote into its lock', async () => {
    await writeFile(join(folder, 'station.lock'), 'x'.repeat(5000));
    using _claim = await claimDataFolder(folder);
    expect(JSON.parse(await readFile(join(folder, 'station.lock'), 'utf8'))).toEqual({ processId: process.pid });
  });

  it.each([
    ['stands under a file', 'a part of the path is a file, not a folder', 'file/data'],
    ['is a file', 'something else has that name', 'file'],
  ])('that %s cannot be used, and it is said why', async (_what, reason, path) => {
    await writeFile(join(folder, 'file'), '');
    const data = join(folder, path);
    await expect(claimDataFolder(data)).rejects.toMatchObject({
      code: 'E_DATA_FOLDER_UNUSABLE',
      title: `Fieldboot cannot keep its data in ${data}: ${reason}.`,
    });
  });
});
