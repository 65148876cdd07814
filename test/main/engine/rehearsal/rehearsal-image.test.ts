import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identify } from '../../../../main/engine/images/identify.ts';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { layOutIso } from '../../../../main/engine/rehearsal/iso-layout.ts';
import { usualSizes, writeRehearsalImage } from '../../../../main/engine/rehearsal/rehearsal-image.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { extracted, filesOf } from '../iso/other-readers.ts';
import { imageSnapshot } from '../iso/walk.ts';

describe('the rehearsal image', () => {
  let folder: string;
  let path: string;
  const sizes = { kernelBytes: 100_000, initrdBytes: 300_000, systemBytes: 200_001 };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-rehearsal-image-'));
    path = join(folder, 'small.iso');
    await writeRehearsalImage(path, sizes);
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it('is recognised by its content, for every kind of machine', async () => {
    await using opened = await openImageFile(path);
    expect(opened.bootCatalogueProblem).toBeUndefined();
    const description = await identify(opened);
    expect(description).toMatchObject({
      recipe: 'rehearsal',
      name: 'Fieldboot rehearsal',
      version: '1.0',
      volumeLabel: 'FIELDBOOT_REHEARSAL',
      fileSystems: ['iso9660', 'rock-ridge'],
      bootCatalogue: ['bios', 'uefi'],
      firmware: ['bios', 'uefi-x64', 'uefi-arm64'],
      destructive: false,
      warnings: [],
      extracted: [
        { path: 'rehearsal/vmlinuz', sizeBytes: sizes.kernelBytes },
        { path: 'rehearsal/initrd.img', sizeBytes: sizes.initrdBytes },
        { path: 'rehearsal/vmlinuz.a64', sizeBytes: sizes.kernelBytes },
      ],
    });
    expect(description.entries.map(({ variants }) => variants.map(({ firmware }) => firmware))).toEqual([
      [['bios', 'uefi-x64'], ['uefi-arm64']],
    ]);
  });

  it('is the same image whenever it is made', async () => {
    const again = join(folder, 'again.iso');
    await writeRehearsalImage(again, sizes);
    await using first = await openImageFile(path);
    await using second = await openImageFile(again);
    expect(second.descriptorDigest).toBe(first.descriptorDigest);
  });

  it('takes next to no room on the disk, and is written over nothing', async () => {
    const usual = join(folder, 'usual.iso');
    await writeRehearsalImage(usual);
    const { size, blocks } = await stat(usual);
    expect(size).toBeGreaterThan(usualSizes.kernelBytes + usualSizes.initrdBytes + usualSizes.systemBytes);
    expect(blocks * 512).toBeLessThan(1024 * 1024);
    await expect(writeRehearsalImage(usual)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it.skipIf(!isInstalled('bsdtar'))('is read by bsdtar as it is read here', async () => {
    await using opened = await openImageFile(path);
    const theirs = filesOf(await extracted((out) => ['bsdtar', '-xf', path, '-C', out]));
    expect(Object.keys(theirs)).toHaveLength(11);
    expect(theirs).toEqual(filesOf(await imageSnapshot(opened.fs)));
  });

  it.skipIf(!isInstalled('xorriso'))('is read by xorriso as it is read here, boot catalogue included', async () => {
    await using opened = await openImageFile(path);
    const extract = (out: string): string[] => ['xorriso', '-osirrox', 'on', '-indev', path, '-extract', '/', out];
    expect(filesOf(await extracted(extract))).toEqual(filesOf(await imageSnapshot(opened.fs)));
    const report = await runChecked(['xorriso', '-indev', path, '-report_el_torito', 'plain']);
    expect(report).toMatch(/El Torito img path : +1 {2}\/isolinux\/isolinux\.bin/);
    expect(report).toMatch(/El Torito img path : +2 {2}\/boot\/grub\/efi\.img/);
  });

  it.each([
    ['two names that are one in ISO 9660', ['kernel-one.img', 'kernel-other.img'], /the same in ISO 9660/],
    ['more names than a sector holds', Array.from({ length: 40 }, (_, index) => `${index}`), /does not fit/],
  ])('cannot be laid out with %s', (_title, paths, message) => {
    const files = paths.map((path) => ({ path, sizeBytes: 1, parts: [] }));
    expect(() => layOutIso({ volumeLabel: 'X', files, boot: { bios: '', uefi: '' } })).toThrow(message);
  });
});
