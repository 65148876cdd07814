import { afterEach, describe, expect, it } from 'vitest';
import { identify } from '../../../../../main/engine/images/identify.ts';
import { openImageFile } from '../../../../../main/engine/iso/open-image.ts';
import { buildFat, canBuildFat } from '../../../../testbed/fat-builder.ts';
import { buildIso, canBuildIso } from '../../../../testbed/iso-builder.ts';
import { readFile } from 'node:fs/promises';
import { peBytes } from '../../formats/pe-bytes.ts';
import { kernelBytes } from '../memory-image.ts';

/** Real discs whose menu is in the file system that UEFI boots from, and nowhere else. */

const kernel = kernelBytes({ machine: 'x64' });
const disposables: AsyncDisposable[] = [];
afterEach(async () => {
  for (const disposable of disposables.splice(0).toReversed()) await disposable[Symbol.asyncDispose]();
});

async function described(inEfi: Record<string, string | Uint8Array>, onDisc: Record<string, string | Uint8Array> = {}) {
  const fat = await buildFat({ files: inEfi, bits: 12, label: 'ESP_LABEL' });
  disposables.push(fat);
  const iso = await buildIso({
    files: { ...onDisc, 'efi.img': await readFile(fat.path) },
    label: 'DISC_LABEL',
    boot: { efi: 'efi.img' },
  });
  disposables.push(iso);
  const opened = await openImageFile(iso.path);
  disposables.push(opened);
  return { opened, image: await identify(opened) };
}

const starts = ({ image }: Awaited<ReturnType<typeof described>>) =>
  image.entries.map(({ title, variants }) => [title, variants[0]?.kernel, variants[0]?.initrds.join(',')]);

describe.skipIf(!canBuildFat() || !canBuildIso())(
  'menus in the file system that UEFI boots from',
  { timeout: 60_000 },
  () => {
    it('are followed onto the disc by label', async () => {
      const found = await described(
        {
          'EFI/BOOT/grub.cfg':
            'search --no-floppy --set=root -l DISC_LABEL\nmenuentry "Start" {\nlinux /odd/kernel quiet\ninitrd /odd/initial\n}\n',
          'EFI/BOOT/BOOTX64.EFI': 'MZ',
        },
        { 'odd/kernel': kernel, 'odd/initial': 'x' },
      );
      expect(starts(found)).toEqual([['Start', 'odd/kernel', 'odd/initial']]);
      expect(found.image.evidence.join(' ')).toContain('efi-boot-image/EFI/BOOT/grub.cfg');
    });

    it('are followed onto the disc by a file, through prefix and configfile', async () => {
      const found = await described(
        {
          'EFI/BOOT/grub.cfg':
            'search --set=root --file /marks/this\nset prefix=($root)/menus\nconfigfile $prefix/main.cfg\n',
        },
        { 'marks/this': '', 'menus/main.cfg': 'menuentry "Main" {\nlinux ($root)/k\n}\n', k: kernel },
      );
      expect(starts(found)).toEqual([['Main', 'k', '']]);
    });

    it('start kernels that are nowhere else, which are served from there', async () => {
      const { opened, image } = await described({
        'loader/entries/bench.conf': 'title Bench\nlinux /bench/kernel\ninitrd /bench/initial\noptions one two\n',
        'bench/kernel': kernel,
        'bench/initial': 'the initial RAM disk',
      });
      expect(image.entries.map(({ title }) => title)).toEqual(['Bench']);
      const [variant] = image.entries[0]?.variants ?? [];
      expect(variant).toMatchObject({
        kernel: 'efi-boot-image/bench/kernel',
        initrds: ['efi-boot-image/bench/initial'],
        commandLine: 'one two',
      });
      expect(image.extracted.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
        ['efi-boot-image/bench/kernel', kernel.length],
        ['efi-boot-image/bench/initial', 20],
      ]);
      const file = await opened.fs.open('efi-boot-image/bench/initial');
      const bytes = Buffer.alloc(20);
      await file?.read(bytes, 0);
      expect(bytes.toString()).toBe('the initial RAM disk');
    });

    it('are one with the menu of the disc where both name the same files', async () => {
      const entry = 'title Same\nlinux /bench/kernel\noptions one\n';
      const found = await described(
        { 'loader/entries/bench.conf': entry, 'bench/kernel': kernel },
        { 'loader/entries/bench.conf': entry, 'bench/kernel': kernel },
      );
      expect(starts(found)).toEqual([['Same', 'bench/kernel', '']]);
    });

    it('say in the description what was not taken over', async () => {
      const { image } = await described(
        {
          'EFI/BOOT/grub.cfg':
            'menuentry "Board" {\nlinux /k root=LABEL=DISC_LABEL quiet\ndevicetree /board.dtb\n}\n' +
            'menuentry "Hypervisor" {\nmultiboot2 /xen.gz\n}\nsource /EFI/BOOT/grub.cfg\n',
        },
        { k: kernel },
      );
      expect(image.warnings).toEqual(
        expect.arrayContaining([
          'Its boot menu, efi-boot-image/EFI/BOOT/grub.cfg line 8: includes efi-boot-image/EFI/BOOT/grub.cfg, which is being read already.',
          'Its boot menu, efi-boot-image/EFI/BOOT/grub.cfg line 5: "Hypervisor" starts its system by "multiboot2", so it is left out.',
          '"Board" uses what the network has no equal for: devicetree /board.dtb.',
          'Its command lines name a disc or stick, which a machine on the network does not have: root=LABEL=DISC_LABEL.',
        ]),
      );
    });

    it('are not needed by a program that stands alone', async () => {
      const found = await described({ 'EFI/BOOT/BOOTX64.EFI': peBytes({ '.text': 'shell' }) });
      expect(starts(found)).toEqual([
        ['efi-boot-image/EFI/BOOT/BOOTX64.EFI', 'efi-boot-image/EFI/BOOT/BOOTX64.EFI', ''],
      ]);
      expect(found.image.entries[0]?.variants).toMatchObject([{ method: 'efi', firmware: ['uefi-x64'] }]);
    });

    it.each([
      ['GRUB', { 'EFI/BOOT/BOOTX64.EFI': peBytes({ '.text': 'x', mods: 'modules' }) }],
      ['systemd-boot', { 'EFI/BOOT/BOOTX64.EFI': peBytes({ '.text': 'x', '.sdmagic': '#### LoaderInfo' }) }],
      [
        'shim',
        { 'EFI/BOOT/BOOTX64.EFI': peBytes({ '.text': 'x' }), 'EFI/BOOT/grubx64.efi': peBytes({ '.text': 'x' }) },
      ],
      ['no program', { 'EFI/BOOT/BOOTX64.EFI': 'text' }],
    ])('are missed where there are none and the program is %s', async (_, files) => {
      await expect(described(files)).rejects.toMatchObject({ code: 'E_IMAGE_NOT_BOOTABLE' });
    });

    it('tell by file and line why an image with a broken menu cannot be booted', async () => {
      const found = described({ 'EFI/BOOT/grub.cfg': '\nsource /EFI/BOOT/grub.cfg\n' }, { a: 'x' });
      await expect(found).rejects.toMatchObject({
        code: 'E_IMAGE_NOT_BOOTABLE',
        title: expect.stringContaining('efi-boot-image/EFI/BOOT/grub.cfg line 2: includes'),
      });
    });
  },
);
