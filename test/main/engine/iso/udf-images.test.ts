import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';
import type { IsoContent } from '../../../testbed/iso-builder.ts';
import { extracted, filesOf } from './other-readers.ts';
import { imageSnapshot, readImageText } from './walk.ts';

/** UDF as genisoimage writes it: 1.02, as Windows media have it. */

const files: Record<string, IsoContent> = {
  'sources/boot.wim': Buffer.alloc(300_000, 'boot'),
  'sources/install.wim': Buffer.alloc(3_000_000, 'install'),
  'EFI/Boot/bootx64.efi': 'MZ',
  'Ünicode ☃ 日本.txt': 'unicode\n',
  [`${'a long name '.repeat(8)}.txt`]: 'long\n',
  'empty file': '',
  'empty folder': { folder: true },
  ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`many/file number ${index}`, `${index}`])),
};

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0).toReversed()) await disposable[Symbol.asyncDispose]();
});

async function builtUdf(options: readonly string[] = ['-udf']): Promise<string> {
  const iso = await buildIso({ files, tool: 'genisoimage', options, label: 'WIN_LABEL' });
  disposables.push(iso);
  return iso.path;
}

async function opened(path: string) {
  const image = await openImageFile(path);
  disposables.push(image);
  return image;
}

const SECTOR = 2048;

/** Takes the ISO 9660 part away: moves the announcement of UDF to where its descriptors were. */
async function withoutIsoPart(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  const area = Buffer.alloc(8 * SECTOR);
  await file.read(area, 0, area.length, 16 * SECTOR);
  const udf = area.subarray(area.indexOf('BEA01') - 1);
  await file.write(Buffer.concat([udf, Buffer.alloc(area.length - udf.length)]), 0, area.length, 16 * SECTOR);
}

describe.skipIf(!canBuildIso() || !isInstalled('7z'))('UDF images', () => {
  it.each([[['-udf']], [['-udf', '-J']]])('prefers UDF to Joliet and ISO 9660 (%j)', async (options) => {
    const path = await builtUdf(options);
    const image = await opened(path);
    expect(image.fs.format).toBe('udf');
    expect(image.fileSystems).toContain('iso9660');
    expect(image.fileSystems).toContain('udf');
    const theirs = await extracted((folder) => ['7z', 'x', '-bd', '-tudf', `-o${folder}`, path]);
    const seen = await imageSnapshot(image.fs);
    expect(filesOf(seen)).toEqual(filesOf(theirs));
    expect(Object.keys(filesOf(seen)).length).toBe(Object.keys(files).length - 1);
    expect(seen['empty folder']).toBe('folder');
  });

  it('reads an image that has UDF only', async () => {
    const path = await builtUdf();
    const bridge = await imageSnapshot((await opened(path)).fs);
    await withoutIsoPart(path);
    const image = await opened(path);
    expect(image.fileSystems).toEqual(['udf']);
    expect(image.volumeLabel).toBe('WIN_LABEL');
    expect(await imageSnapshot(image.fs)).toEqual(bridge);
    expect(await readImageText(image.fs, 'efi/boot/BOOTX64.EFI')).toBe('MZ');
  });

  it('falls back to ISO 9660 where the UDF part is damaged', async () => {
    const path = await builtUdf();
    {
      await using file = await open(path, 'r+');
      await file.write(Buffer.alloc(SECTOR), 0, SECTOR, 256 * SECTOR);
      const { size } = await file.stat();
      await file.write(Buffer.alloc(SECTOR), 0, SECTOR, size - SECTOR);
      await file.write(Buffer.alloc(SECTOR), 0, SECTOR, size - 257 * SECTOR);
    }
    const image = await opened(path);
    expect(image.fs.format).toBe('iso9660');
    expect(await readImageText(image.fs, 'efi/boot/bootx64.efi')).toBe('MZ');
  });

  it('says that a UDF image was cut short', async () => {
    const path = await builtUdf();
    await withoutIsoPart(path);
    {
      await using file = await open(path, 'r+');
      await file.truncate(2_000_000);
    }
    await expect(openImageFile(path)).rejects.toMatchObject({ code: 'E_IMAGE_TRUNCATED' });
  });
});

describe.skipIf(!isInstalled('mkudffs'))('UDF of mkudffs', () => {
  it.each(['1.02', '1.50', '2.00', '2.01'])('opens revision %s', async (revision) => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-udf-'));
    disposables.push({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
    const path = join(folder, 'image.udf');
    const options = ['--utf8', '--new-file', '--blocksize=2048', '--media-type=dvd', `--udfrev=${revision}`];
    await runChecked(['mkudffs', ...options, '--label=Größe ☃', path, '3000']);
    const image = await opened(path);
    expect(image.volumeLabel).toBe('Größe ☃');
    expect(await image.fs.list('')).toEqual([]);
  });
});

/** A third writer of UDF: the revision that it says is 2.60, without the metadata partition. */
const bridgeOfPycdlib = `
import io, sys, pycdlib
disc = pycdlib.PyCdlib()
disc.new(interchange_level=3, udf='2.60', vol_ident='THIRD')
def add(path, name, data):
    disc.add_fp(io.BytesIO(data), len(data), name, udf_path=path)
disc.add_directory('/SRC', udf_path='/sources')
disc.add_directory('/UNI', udf_path='/Ünïcode ☃')
add('/sources/install.wim', '/SRC/INSTALL.WIM;1', b'wim' * 700000)
add('/Ünïcode ☃/námé ☃.txt', '/UNI/NAME.TXT;1', b'name')
add('/empty', '/EMPTY.;1', b'')
for index in range(200):
    add('/sources/file number %d' % index, '/SRC/F%d.;1' % index, b'%d' % index)
disc.write(sys.argv[1])
`;

// Debian's module belongs to Debian's Python, whichever one comes first in the PATH.
const python = '/usr/bin/python3';

describe.skipIf(!isInstalled('7z') || !isInstalled('pycdlib-explorer'))('UDF of pycdlib', () => {
  it('is the same to us and to 7z', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-udf-'));
    disposables.push({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
    const path = join(folder, 'image.iso');
    await runChecked([python, '-c', bridgeOfPycdlib, path], { timeoutMs: 60_000 });
    const { fs } = await opened(path);
    expect(fs.format).toBe('udf');
    const seen = filesOf(await imageSnapshot(fs));
    expect(Object.keys(seen)).toHaveLength(203);
    expect(seen).toEqual(filesOf(await extracted((out) => ['7z', 'x', '-bd', '-tudf', `-o${out}`, path])));
  }, 60_000);
});
