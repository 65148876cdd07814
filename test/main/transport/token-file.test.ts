import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptToken } from '../../../main/transport/token-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-token-'));
  file = join(folder, 'data', 'ui-token');
});
afterEach(() => rm(folder, { recursive: true }));

describe('keptToken', () => {
  it('is the same after a restart, and nobody else can read it', async () => {
    const token = await keptToken(file);
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(await keptToken(file)).toBe(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.runIf(process.platform !== 'win32')('is a new one where others could have read it', async () => {
    const token = await keptToken(file);
    await chmod(file, 0o644);
    expect(await keptToken(file)).not.toBe(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is a new one where the file is damaged', async () => {
    await keptToken(file);
    await writeFile(file, 'x');
    expect(await keptToken(file)).toMatch(/^[\w-]{22}$/);
  });
});
