import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { ImageFs } from '../../../../main/engine/iso/image-fs.ts';
import { openFat } from '../../../../main/engine/iso/open-fat.ts';
import { buildFat, canBuildFat, type FatOptions, mtools } from '../../../testbed/fat-builder.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { extracted, filesOf } from './other-readers.ts';
import { imageSnapshot, readImageText } from './walk.ts';

const files: Record<string, string | Uint8Array> = {
  'EFI/BOOT/BOOTX64.EFI': 'MZ loader',
  'EFI/BOOT/grub.cfg': 'search --file /x\n',
  'loader/entries/01-archiso-x86_64-linux.conf': 'title Arch\n',
  'loader/loader.conf': 'timeout 5\n',
  'lower.txt': 'all lower case',
  'Mixed.Case Name with spaces.txt': 'mixed',
  'ünïcode ☃ 日本.txt': 'unicode',
  [`${'a long name '.repeat(20)}.txt`]: 'long',
  'thirteen char': '13',
  'twenty-six characters long': '26',
  empty: '',
  big: Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251)),
};
for (let index = 0; index < 200; index += 1) files[`many/file number ${index}`] = `${index}`;

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0)) await disposable[Symbol.asyncDispose]();
});

async function opened(path: string): Promise<ImageFs> {
  const fs = await openFat(memorySource(await readFile(path)));
  if (fs === undefined) throw new Error('not seen as FAT');
  return fs;
}

async function built(options: FatOptions): Promise<{ fs: ImageFs; path: string }> {
  const fat = await buildFat(options);
  disposables.push(fat);
  return { fs: await opened(fat.path), path: fat.path };
}

const byMtools = async (path: string) =>
  await extracted((folder) => [
    'env',
    'TZ=UTC',
    'LC_ALL=C.UTF-8',
    'MTOOLS_SKIP_CHECK=1',
    'mcopy',
    '-s',
    '-m',
    '-n',
    '-i',
    path,
    '::*',
    `${folder}/`,
  ]);

describe.skipIf(!canBuildFat() || !isInstalled('7z'))('FAT of mkfs.fat and mtools', { timeout: 60_000 }, () => {
  it.each([
    [12, []],
    [12, ['-S', '2048', '-r', '256']],
    [16, []],
    [16, ['-s', '8', '-f', '1']],
    [32, []],
    [32, ['-s', '1', '-S', '512']],
  ] as const)('reads FAT%d (%j) as mtools and 7z do', async (bits, options) => {
    const { fs, path } = await built({ files, bits, options, label: 'ESP LABEL' });
    const seen = await imageSnapshot(fs);
    expect(filesOf(seen)).toEqual(filesOf(await byMtools(path)));
    const sevenZip = await extracted((folder) => ['7z', 'x', '-bd', '-tfat', `-o${folder}`, path]);
    expect(Object.keys(filesOf(seen)).toSorted()).toEqual(Object.keys(filesOf(sevenZip)).toSorted());
    expect(Object.keys(filesOf(seen)).length).toBe(Object.keys(files).length);
    expect(fs.volumeLabel).toBe('ESP LABEL');
    expect(fs.format).toBe('fat');
    expect(await readImageText(fs, 'efi/boot/bootx64.EFI')).toBe('MZ loader');
  });

  it('follows files and folders that lie in pieces', async () => {
    const { path } = await built({ files: {}, bits: 12, sizeKiB: 1440 });
    const folder = join(path, '..');
    const put = async (name: string, bytes: Uint8Array): Promise<void> => {
      await writeFile(join(folder, 'one'), bytes);
      await mtools(['mcopy', '-o', '-i', path, join(folder, 'one'), `::${name}`]);
    };
    for (let index = 0; index < 100; index += 1) await put(`gap${index}`, Buffer.alloc(700, index));
    for (let index = 0; index < 100; index += 2) await mtools(['mdel', '-i', path, `::gap${index}`]);
    await put('in pieces', Buffer.from(Array.from({ length: 40_000 }, (_, index) => index % 253)));
    const fs = await opened(path);
    const file = await fs.open('in pieces');
    expect(file?.extents.length).toBeGreaterThan(10);
    expect(filesOf(await imageSnapshot(fs))).toMatchObject(
      Object.fromEntries(Object.entries(filesOf(await byMtools(path))).filter(([name]) => name === 'in pieces')),
    );
  }, 60_000);

  it('reads a file system without a label, and one that is no FAT', async () => {
    const { fs } = await built({ files: { a: 'x' }, label: 'NO NAME' });
    expect(fs.volumeLabel).toBe('');
    expect(await openFat(memorySource(new Uint8Array(4096)))).toBeUndefined();
    expect(await openFat(memorySource(new Uint8Array(0)))).toBeUndefined();
  });
});
