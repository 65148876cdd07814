import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, rename, rm, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFileSource } from '../../../../main/engine/iso/file-source.ts';
import type { FileSource } from '../../../../main/engine/iso/file-source.ts';
import { runChecked } from '../../../testbed/command.ts';

/** The file behind an image, and what can happen to it while a bench boots from it. */

const SIZE = 10_000;
const content = Buffer.from(Array.from({ length: SIZE }, (_, index) => index % 251));

describe('openFileSource', () => {
  let folder: string;
  let path: string;
  let source: FileSource | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-source-'));
    path = join(folder, 'image.iso');
    await writeFile(path, content);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await source?.[Symbol.asyncDispose]();
    source = undefined;
    await rm(folder, { recursive: true });
  });

  const opened = async (): Promise<FileSource> => (source = await openFileSource(path));
  const readAt = (from: FileSource, position: number, length = 16): Promise<number> =>
    from.read(new Uint8Array(length), position);
  /** Reads look at the path again once the last look is over a second old. */
  const passTime = (): void => {
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
  };

  it('reads any range, short only at the end', async () => {
    const file = await opened();
    expect(file.sizeBytes).toBe(SIZE);
    for (const [position, length] of [
      [0, 100],
      [1, 1],
      [SIZE - 5, 10],
      [SIZE, 4],
      [SIZE + 99, 4],
      [0, SIZE * 2],
    ] as const) {
      const target = Buffer.alloc(length);
      const bytesRead = await file.read(target, position);
      const expected = content.subarray(position, position + length);
      expect(bytesRead).toBe(expected.length);
      expect(target.subarray(0, bytesRead)).toEqual(expected);
    }
  });

  it('reads at the same time from several places', async () => {
    const file = await opened();
    const parts = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const target = Buffer.alloc(100);
        await file.read(target, index * 100);
        return target;
      }),
    );
    expect(Buffer.concat(parts)).toEqual(content);
  });

  it.each<readonly [string, () => Promise<unknown>, RegExp]>([
    ['was removed', () => unlink(path), /no longer there/],
    ['was renamed', () => rename(path, join(folder, 'other.iso')), /no longer there/],
    [
      'was replaced by one of the same size',
      async () => {
        await writeFile(join(folder, 'new'), content);
        await rename(join(folder, 'new'), path);
      },
      /another file took its place/,
    ],
    ['was cut short', () => truncate(path, 5000), /size went from 10000 to 5000/],
    ['grew', () => writeFile(path, 'more', { flag: 'a' }), /size went from 10000 to 10004/],
    ['was written to', () => utimes(path, new Date(), new Date(Date.now() + 5000)), /written to/],
  ])('notices that the file %s', async (_, change, detail) => {
    const file = await opened();
    expect(await readAt(file, 0)).toBe(16);
    await change();
    passTime();
    await expect(readAt(file, 0)).rejects.toMatchObject({
      code: 'E_IMAGE_CHANGED',
      data: { path, detail: expect.stringMatching(detail) as string },
    });
  });

  it('notices at once that the bytes are gone', async () => {
    const file = await opened();
    await truncate(path, 100);
    await expect(readAt(file, 5000)).rejects.toMatchObject({ code: 'E_IMAGE_CHANGED' });
  });

  it('goes on when the original comes back', async () => {
    const file = await opened();
    await rename(path, join(folder, 'aside'));
    passTime();
    await expect(readAt(file, 0)).rejects.toMatchObject({ code: 'E_IMAGE_CHANGED' });
    await rename(join(folder, 'aside'), path);
    expect(await readAt(file, 0)).toBe(16);
  });

  it('says why a file cannot be opened', async () => {
    await expect(openFileSource(join(folder, 'none.iso'))).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
    await expect(openFileSource(join(path, 'below a file'))).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
    await mkdir(join(folder, 'folder.iso'));
    await expect(openFileSource(join(folder, 'folder.iso'))).rejects.toMatchObject({
      code: 'E_NOT_AN_ISO',
      data: { looksLike: 'a folder' },
    });
    await writeFile(join(folder, 'empty.iso'), '');
    await expect(openFileSource(join(folder, 'empty.iso'))).rejects.toMatchObject({ code: 'E_IMAGE_EMPTY' });
    await expect(openFileSource(join(folder, `${'x'.repeat(300)}.iso`))).rejects.toMatchObject({
      code: 'E_IMAGE_NOT_READABLE',
      data: { reason: 'its path is too long' },
    });
  });

  it.skipIf(process.platform !== 'linux')('does not wait for a named pipe', async () => {
    const pipe = join(folder, 'pipe.iso');
    await runChecked(['mkfifo', pipe]);
    await expect(openFileSource(pipe)).rejects.toMatchObject({ code: 'E_NOT_AN_ISO', data: { looksLike: 'a device' } });
  });

  it.skipIf(process.platform !== 'linux')('says that permission is missing', () => {
    // Root may read everything, so the opening is done by a process that is not root.
    const script = `
      import { openFileSource } from '${import.meta.resolve('../../../../main/engine/iso/file-source.ts')}';
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      try { await openFileSource(process.argv[1]); } catch (thrown) { console.log(JSON.stringify(thrown.toReport())); }`;
    execFileSync('chmod', ['755', folder]);
    execFileSync('chmod', ['000', path]);
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, path], { encoding: 'utf8' });
    expect(JSON.parse(output)).toMatchObject({
      code: 'E_IMAGE_NOT_READABLE',
      data: { path, reason: 'this user has no permission' },
    });
  });

  it.skipIf(process.platform !== 'linux')('leaves no file open, whether it was opened or refused', async () => {
    const openFiles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
    const before = await openFiles();
    for (let round = 0; round < 20; round += 1) {
      await using file = await openFileSource(path);
      await readAt(file, 0);
      await expect(openFileSource(folder)).rejects.toMatchObject({ code: 'E_NOT_AN_ISO' });
    }
    expect(await openFiles()).toBeLessThanOrEqual(before + 1);
  });

  it('explains a disk that fails', async () => {
    const file = await opened();
    const probe = await open(path);
    const prototype = Object.getPrototypeOf(probe) as { read: () => Promise<unknown> };
    await probe.close();
    vi.spyOn(prototype, 'read').mockRejectedValue(Object.assign(new Error('i/o error'), { code: 'EIO' }));
    await expect(readAt(file, 0)).rejects.toMatchObject({
      code: 'E_IMAGE_NOT_READABLE',
      data: { reason: 'the disk that it is on reports an error' },
    });
  });
});
