import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openImage, openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import { runChecked } from '../../../testbed/command.ts';
import { buildFat, canBuildFat } from '../../../testbed/fat-builder.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';
import { imageSnapshot, readImageFile, readImageText } from './walk.ts';

const espFiles = {
  'EFI/BOOT/BOOTX64.EFI': 'MZ loader in the boot image',
  'EFI/BOOT/grub.cfg': 'search --file /.disk/info\n',
  'loader/loader.conf': 'timeout 3\n',
};

let folder: string;
let fat: string;
const disposables: AsyncDisposable[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-efi-'));
  disposables.push({ [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }) });
  const built = await buildFat({ files: espFiles, bits: 12, label: 'EFI LABEL' });
  disposables.push(built);
  fat = built.path;
});
afterEach(async () => {
  for (const disposable of disposables.splice(0).toReversed()) await disposable[Symbol.asyncDispose]();
});

async function opened(path: string) {
  const image = await openImageFile(path);
  disposables.push(image);
  return image;
}

async function xorriso(options: readonly string[]): Promise<string> {
  const tree = join(folder, 'tree');
  await mkdir(join(tree, 'boot'), { recursive: true });
  await writeFile(join(tree, 'README'), 'read me\n');
  const path = join(folder, 'image.iso');
  await runChecked(['xorriso', '-as', 'mkisofs', '-quiet', '-R', '-V', 'DISC', ...options, '-o', path, tree]);
  return path;
}

describe.skipIf(!canBuildFat() || !canBuildIso())('what UEFI boots an image from', { timeout: 60_000 }, () => {
  it('is found by the boot catalogue', async () => {
    const bytes = await readFile(fat);
    const iso = await buildIso({
      files: { 'boot/efi.img': bytes, 'EFI/readme': 'disc' },
      boot: { efi: 'boot/efi.img' },
    });
    disposables.push(iso);
    const { fs, efiSystems, efiProblems } = await opened(iso.path);
    expect(efiProblems).toEqual([]);
    expect(efiSystems).toMatchObject([{ folder: 'efi-boot-image', sizeBytes: bytes.length }]);
    expect(await readImageText(fs, 'efi-boot-image/efi/boot/bootx64.efi')).toBe('MZ loader in the boot image');
    expect(await fs.stat('EFI-Boot-Image')).toMatchObject({ name: 'efi-boot-image', type: 'directory' });
    expect((await fs.list('efi-boot-image'))?.map(({ name }) => name).toSorted()).toEqual(['EFI', 'loader']);
    // The image's own list is what every other reader shows.
    expect(Object.keys(await imageSnapshot(fs)).toSorted()).toEqual([
      'EFI',
      'EFI/readme',
      'boot',
      'boot.catalog',
      'boot/efi.img',
    ]);
    const file = await fs.open('efi-boot-image/loader/loader.conf');
    expect(file?.path).toBe('efi-boot-image/loader/loader.conf');
    await using disc = await open(iso.path);
    const raw = Buffer.alloc(10);
    await disc.read(raw, 0, 10, file?.extents[0]?.offsetBytes);
    expect(raw.toString()).toBe('timeout 3\n');
  });

  it.each([
    ['a partition behind the disc', ['-append_partition', '2', '0xef']],
    [
      'a GUID partition behind the disc',
      ['-append_partition', '2', 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', '-appended_part_as_gpt'],
    ],
  ])('is found in %s', async (_, options) => {
    const [keyword = '', number = '', type = '', ...others] = options;
    const path = await xorriso([keyword, number, type, fat, ...others]);
    const { fs, efiSystems, bootCatalogue } = await opened(path);
    expect(bootCatalogue).toEqual([]);
    expect(efiSystems).toHaveLength(1);
    expect(await readImageText(fs, 'efi-boot-image/EFI/BOOT/grub.cfg')).toBe('search --file /.disk/info\n');
    expect(efiSystems[0]?.fs.volumeLabel).toBe('EFI LABEL');
  });

  it('is one where catalogue and partition table name the same', async () => {
    const options = [
      '-append_partition',
      '2',
      '0xef',
      fat,
      '-e',
      '--interval:appended_partition_2:all::',
      '-no-emul-boot',
    ];
    const { efiSystems, bootCatalogue } = await opened(await xorriso(options));
    expect(bootCatalogue.map(({ platform }) => platform)).toEqual(['uefi']);
    expect(efiSystems).toHaveLength(1);
  });

  it.skipIf(!isInstalled('grub-mkrescue'))(
    'is read in an image of grub-mkrescue',
    async () => {
      const tree = join(folder, 'tree');
      await mkdir(join(tree, 'boot/grub'), { recursive: true });
      await writeFile(join(tree, 'boot/grub/grub.cfg'), 'menuentry x {\nlinux /k\n}\n');
      const path = join(folder, 'rescue.iso');
      await runChecked(['grub-mkrescue', '-o', path, tree], { timeoutMs: 120_000 });
      const { fs, efiSystems, hybrid } = await opened(path);
      expect(hybrid).toBe(true);
      expect(efiSystems.length).toBeGreaterThan(0);
      const seen = await readImageFile(fs, 'efi-boot-image/efi/boot/bootx64.efi');
      const [system] = efiSystems;
      const extracted = join(folder, 'bootx64.efi');
      const drive = `${path}@@${system?.offsetBytes}`;
      await runChecked(['mcopy', '-i', drive, '::efi/boot/bootx64.efi', extracted], {
        env: { MTOOLS_SKIP_CHECK: '1' },
      });
      expect(Buffer.compare(seen, await readFile(extracted))).toBe(0);
    },
    120_000,
  );

  it('is no reason to refuse an image where it is damaged', async () => {
    const bytes = await readFile(fat);
    // No room for a file: more sectors reserved than there are.
    bytes.writeUInt16LE(0xffff, 14);
    const iso = await buildIso({ files: { 'boot/efi.img': bytes, a: 'x' }, boot: { efi: 'boot/efi.img' } });
    disposables.push(iso);
    const { fs, efiSystems, efiProblems } = await opened(iso.path);
    expect(efiSystems).toEqual([]);
    expect(efiProblems).toEqual([expect.stringMatching(/^Its EFI boot image at byte \d+ cannot be read: its FAT/)]);
    expect(await readImageText(fs, 'a')).toBe('x');
  });

  it('leaves a folder of the same name to the image', async () => {
    const files = { 'boot/efi.img': await readFile(fat), 'efi-boot-image/loader/loader.conf': 'mine' };
    const iso = await buildIso({ files, boot: { efi: 'boot/efi.img' } });
    disposables.push(iso);
    const { fs } = await openImage(memorySource(await readFile(iso.path)));
    expect(await readImageText(fs, 'efi-boot-image/loader/loader.conf')).toBe('mine');
    expect((await fs.list('efi-boot-image'))?.map(({ name }) => name)).toEqual(['loader']);
  });
});
