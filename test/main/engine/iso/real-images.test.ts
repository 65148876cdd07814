import { afterEach, describe, expect, it } from 'vitest';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';
import type { IsoContent, IsoOptions } from '../../../testbed/iso-builder.ts';
import { extracted, filesOf, withoutFolders } from './other-readers.ts';
import { imageSnapshot, readImageText } from './walk.ts';

/** Images made by the programs that make real ones, compared with what other readers get out of them. */

const deepFolder = Array.from({ length: 14 }, (_, level) => `level-${level + 1}`).join('/');
const longName = `${'a long name that needs a continuation area '.repeat(5)}.txt`;

const files: Record<string, IsoContent> = {
  'README.txt': 'read me\n',
  'empty file': '',
  'empty folder': { folder: true },
  '.disk/info': 'Debian GNU/Linux 12\n',
  'ünïcode ☃ 日本.txt': 'unicode\n',
  'Mixed.Case.Name': 'mixed\n',
  [longName]: 'long\n',
  [`${deepFolder}/deep file.txt`]: 'deep\n',
  [`${deepFolder}/../beside deep.txt`]: 'beside\n',
  'sector-2047': Buffer.alloc(2047, 'a'),
  'sector-2048': Buffer.alloc(2048, 'b'),
  'sector-2049': Buffer.alloc(2049, 'c'),
  'links/to-readme': { linkTarget: '../README.txt' },
  'links/absolute': { linkTarget: '/README.txt' },
  'links/to-folder': { linkTarget: `../${deepFolder}` },
  'links/dangling': { linkTarget: 'nowhere' },
  'links/out of the image': { linkTarget: '../../../../../../etc/hostname' },
  'links/long': { linkTarget: `${'../links/'.repeat(60)}../README.txt` },
  'links/circle-1': { linkTarget: 'circle-2' },
  'links/circle-2': { linkTarget: 'circle-1' },
  'links/long segment': { linkTarget: `../${longName}` },
};
for (let index = 0; index < 300; index += 1) files[`many/file number ${index}`] = `${index}`;

const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0).toReversed()) await disposable[Symbol.asyncDispose]();
});

async function built(options: IsoOptions): Promise<Awaited<ReturnType<typeof openImageFile>> & { path: string }> {
  const iso = await buildIso(options);
  disposables.push(iso);
  const image = await openImageFile(iso.path);
  disposables.push(image);
  return { ...image, path: iso.path };
}

describe.skipIf(!canBuildIso() || !isInstalled('bsdtar'))('images of xorriso and genisoimage', () => {
  it.each([
    ['xorriso', ['-R']],
    ['xorriso', ['-R', '-J', '-joliet-long']],
    ['genisoimage', ['-R', '-J', '-joliet-long']],
    ['genisoimage', ['-r', '-udf']],
  ] as const)('reads Rock Ridge of %s %j as bsdtar does', async (tool, options) => {
    const image = await built({ files, tool, options, label: 'Rock Ridge' });
    const seen = await imageSnapshot(image.fs);
    const theirs = await extracted((folder) => ['bsdtar', '-xf', image.path, '-C', folder]);
    expect(filesOf(seen)).toEqual(filesOf(theirs));
    expect(seen['empty folder']).toBe('folder');
    // bsdtar loses a slash where the target goes on in another SL entry, so links are compared with what was put in;
    // genisoimage cuts the longest off.
    const links = Object.entries(files).flatMap(([path, content]) =>
      typeof content === 'object' && 'linkTarget' in content && (tool === 'xorriso' || path !== 'links/long')
        ? [[path, `link to ${content.linkTarget}`] as const]
        : [],
    );
    expect(links.length).toBeGreaterThan(7);
    expect(seen).toMatchObject(Object.fromEntries(links));
    expect(image.volumeLabel).toBe('Rock Ridge');
    expect(image.fileSystems).toContain('rock-ridge');
  });

  it('reads the whole tree as xorriso extracts it', async () => {
    const image = await built({ files, options: ['-R'] });
    const theirs = await extracted((folder) => [
      'xorriso',
      '-osirrox',
      'on',
      '-indev',
      image.path,
      '-extract',
      '/',
      folder,
    ]);
    expect(withoutFolders(await imageSnapshot(image.fs))).toEqual(withoutFolders(theirs));
  });

  it.each([
    ['xorriso', ['--norock', '-J', '-joliet-long']],
    ['genisoimage', ['-J', '-joliet-long']],
  ] as const)('reads Joliet of %s', async (tool, options) => {
    const plain = Object.fromEntries(
      Object.entries(files).filter(
        ([path]) => !path.startsWith('level') && !path.startsWith('links') && path !== longName,
      ),
    );
    const image = await built({ files: plain, tool, options });
    const theirs = await extracted((folder) => ['bsdtar', '-xf', image.path, '-C', folder]);
    expect(withoutFolders(await imageSnapshot(image.fs))).toEqual(withoutFolders(theirs));
    expect(await readImageText(image.fs, 'ünïcode ☃ 日本.txt')).toBe('unicode\n');
    expect(image.fileSystems).toEqual(['iso9660', 'joliet']);
  });

  it.each([1, 2, 3])('reads bare ISO 9660 level %d and finds its files in any case', async (level) => {
    const image = await built({
      files: { 'isolinux/isolinux.cfg': 'menu\n', 'boot/noext': 'x', 'Live/VmLinuz.img': 'kernel' },
      tool: 'genisoimage',
      options: ['-iso-level', String(level)],
    });
    expect(image.fileSystems).toEqual(['iso9660']);
    const names = (await image.fs.list('BOOT'))?.map(({ name }) => name);
    expect(names).toEqual(['NOEXT']);
    expect(await readImageText(image.fs, 'isolinux/isolinux.cfg')).toBe('menu\n');
    expect(await readImageText(image.fs, '/Live//VMLINUZ.img')).toBe('kernel');
    expect((await image.fs.open('live/vmlinuz.img'))?.path).toBe('LIVE/VMLINUZ.IMG');
  });

  it('follows links inside the image only', async () => {
    const { fs } = await built({ files, options: ['-R'] });
    expect(await readImageText(fs, 'links/to-readme')).toBe('read me\n');
    expect(await readImageText(fs, 'links/absolute')).toBe('read me\n');
    expect(await readImageText(fs, 'links/long')).toBe('read me\n');
    expect(await readImageText(fs, 'links/long segment')).toBe('long\n');
    expect(await readImageText(fs, 'links/to-folder/deep file.txt')).toBe('deep\n');
    expect(await readImageText(fs, 'links/to-folder/../beside deep.txt')).toBe('beside\n');
    expect((await fs.stat('links/to-folder'))?.type).toBe('directory');
    expect(await fs.stat('links/dangling')).toBeUndefined();
    // Leads to /etc/hostname of this machine for a reader that follows it outside; in the image there is no such file.
    expect(await fs.open('links/out of the image')).toBeUndefined();
    await expect(fs.stat('links/circle-1')).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
  });

  it('says undefined for what is not there', async () => {
    const { fs } = await built({ files, options: ['-R'] });
    expect(await fs.list('nowhere')).toBeUndefined();
    expect(await fs.list('README.txt')).toBeUndefined();
    expect(await fs.open('many')).toBeUndefined();
    expect(await fs.open('README.txt/x')).toBeUndefined();
    expect(await fs.open('x'.repeat(100_000))).toBeUndefined();
    expect((await fs.list('../..'))?.length).toBe((await fs.list(''))?.length);
  });

  it('lists the boot catalogue of a hybrid BIOS and UEFI image', async () => {
    const isolinux = Buffer.alloc(24 * 1024, 0x90);
    const image = await built({
      files: { 'isolinux/isolinux.bin': isolinux, 'boot/efi.img': Buffer.alloc(6 * 1024 * 1024, 1) },
      boot: { bios: 'isolinux/isolinux.bin', efi: 'boot/efi.img' },
      hybrid: true,
    });
    const extentOf = async (path: string) => (await image.fs.open(path))?.extents[0]?.offsetBytes;
    expect(image.bootCatalogueProblem).toBeUndefined();
    expect(image.bootCatalogue).toEqual([
      {
        platform: 'bios',
        isDefault: true,
        isBootable: true,
        media: 'none',
        loadSegment: 0,
        offsetBytes: await extentOf('isolinux/isolinux.bin'),
        sectorCount: 4,
        sizeBytes: isolinux.length,
      },
      {
        platform: 'uefi',
        isDefault: false,
        isBootable: true,
        media: 'none',
        loadSegment: 0,
        offsetBytes: await extentOf('boot/efi.img'),
        sectorCount: (6 * 1024 * 1024) / 512,
        sizeBytes: 6 * 1024 * 1024,
      },
    ]);
    expect(image.hybrid).toBe(true);
  });

  it('tells images of the same files built at other times apart by their descriptors', async () => {
    const [first, second] = [
      await built({ files: { a: '1' }, label: 'ONE' }),
      await built({ files: { a: '1' }, label: 'TWO' }),
    ];
    expect(first.descriptorDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(first.descriptorDigest).not.toBe(second.descriptorDigest);
    expect(first.hybrid).toBe(false);
    expect(first.bootCatalogue).toEqual([]);
  });
});
