import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newcArchive, type NewcFile } from '../../../../main/engine/formats/newc-archive.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';

/** The archive as its bytes; file `n` holds the letter of its index. */
function bytesOf(files: readonly NewcFile[]): Buffer {
  return Buffer.concat(
    newcArchive(files).map((piece) =>
      piece.kind === 'bytes' ? piece.bytes : Buffer.alloc(piece.sizeBytes, 'abcdefghij'[piece.fileIndex % 10]),
    ),
  );
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-cpio-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

describe.skipIf(!isInstalled('cpio'))('an archive, read by cpio', { timeout: 120_000 }, () => {
  it('has the files with their parent folders, each once', async () => {
    const path = join(folder, 'archive');
    const files = ['/preseed.cfg', 'etc/fieldboot/a b.txt', 'etc/fieldboot/ünï ☃', './etc//hostname', 'bin/tool'];
    await writeFile(path, bytesOf(files.map((name, index) => ({ path: name, sizeBytes: index * 3 }))));
    const stdout = await runChecked(['bash', '-c', `cpio --quiet -t < ${path}`]);
    // /bin stays what it is: in most initial RAM disks it is a link, which naming it would replace.
    expect(stdout.trim().split('\n')).toEqual([
      'preseed.cfg',
      'etc',
      'etc/fieldboot',
      'etc/fieldboot/a b.txt',
      'etc/fieldboot/ünï ☃',
      'etc/hostname',
      'bin/tool',
    ]);
  });

  it('gives back contents and permissions', async () => {
    await writeFile(
      join(folder, 'archive'),
      bytesOf([
        { path: 'one', sizeBytes: 1 },
        { path: 'two/script', sizeBytes: 70_001, mode: 0o755 },
        { path: 'empty', sizeBytes: 0 },
        { path: 'tmp/x', sizeBytes: 4 },
      ]),
    );
    await runChecked(['bash', '-c', `cd ${folder} && cpio --quiet -id < archive`]);
    expect(await readFile(join(folder, 'one'), 'utf8')).toBe('a');
    expect(await readFile(join(folder, 'two/script'), 'utf8')).toBe('b'.repeat(70_001));
    expect((await stat(join(folder, 'empty'))).size).toBe(0);
    expect((await stat(join(folder, 'two/script'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(folder, 'one'))).mode & 0o777).toBe(0o644);
    expect((await stat(join(folder, 'tmp'))).mode & 0o7777).toBe(0o1777);
  });

  it('is read whole by cpio whatever the names and sizes', async () => {
    const segment = fc
      .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
      .filter((text) => !/[/\0\n\\]/.test(text) && !/^\.{1,2}$/.test(text) && text.isWellFormed());
    const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
    const file = fc.record({ path: name.map((path) => `files/${path}`), sizeBytes: fc.nat(9000) });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { maxLength: 6, selector: ({ path }) => path }), async (files) => {
        const path = join(folder, 'archive');
        await writeFile(path, bytesOf(files));
        const stdout = await runChecked(['bash', '-c', `cpio --quiet -t < ${path}`]);
        const listed = stdout.split('\n');
        for (const { path: name } of files) expect(listed).toContain(name);
      }),
      { numRuns: 20 },
    );
  });
});

describe('an archive', () => {
  it('is a multiple of four bytes long and ends with its trailer', () => {
    const bytes = bytesOf([{ path: 'a', sizeBytes: 3 }]);
    expect(bytes.length % 4).toBe(0);
    expect(bytes.subarray(-16).toString('latin1')).toContain('TRAILER!!!');
  });

  it.each([
    ['', 0],
    ['/', 0],
    ['../etc/passwd', 1],
    ['a/../../b', 1],
    ['a\0b', 1],
    ['TRAILER!!!', 1],
    ['a'.repeat(5000), 1],
    ['big', 2 ** 32],
    ['negative', -1],
    ['half', 1.5],
  ])('refuses %j of %d bytes', (path, sizeBytes) => {
    expect(() => newcArchive([{ path, sizeBytes }])).toThrow(RangeError);
  });

  it('refuses two files of one path', () => {
    expect(() =>
      newcArchive([
        { path: '/a', sizeBytes: 1 },
        { path: 'a', sizeBytes: 2 },
      ]),
    ).toThrow('same path');
  });

  it('takes a file of just under 4 GiB, and says its size without reading it', () => {
    const pieces = newcArchive([{ path: 'image.iso', sizeBytes: 2 ** 32 - 1 }]);
    const total = pieces.reduce(
      (sum, piece) => sum + (piece.kind === 'bytes' ? piece.bytes.length : piece.sizeBytes),
      0,
    );
    expect(total % 4).toBe(0);
    expect(total).toBeGreaterThan(2 ** 32);
  });
});
