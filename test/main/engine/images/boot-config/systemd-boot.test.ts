import { describe, expect, it } from 'vitest';
import {
  bootLoaderEntry,
  fitsGlob,
  inMenuOrder,
} from '../../../../../main/engine/images/boot-config/boot-loader-entry.ts';
import { ConfigReader } from '../../../../../main/engine/images/boot-config/config-reader.ts';
import type { MenuEntry } from '../../../../../main/engine/images/boot-config/menu-entry.ts';
import { readSystemdBootMenu } from '../../../../../main/engine/images/boot-config/systemd-boot.ts';
import { peBytes } from '../../formats/pe-bytes.ts';
import { memoryFs } from '../memory-image.ts';

type Files = Record<string, string | Uint8Array>;
const read = async (files: Files, root = ''): Promise<MenuEntry[]> =>
  await readSystemdBootMenu(root, new ConfigReader(memoryFs(files)));

const archiso: Files = {
  'loader/loader.conf': '# comment\ntimeout 15\ndefault 02-archiso-*.conf\n',
  'loader/entries/02-archiso-x86_64-speech-linux.conf':
    'title    Arch Linux install medium (x86_64, UEFI) with speech\nsort-key 02\nlinux /arch/boot/x86_64/vmlinuz-linux\n' +
    'initrd /arch/boot/intel-ucode.img\ninitrd /arch/boot/x86_64/initramfs-linux.img\noptions archisobasedir=arch\noptions accessibility=on\n',
  'loader/entries/01-archiso-x86_64-linux.conf':
    'title    Arch Linux install medium (x86_64, UEFI)\r\nsort-key 01\r\nlinux    /arch/boot/x86_64/vmlinuz-linux\r\n' +
    'initrd   /arch/boot/x86_64/initramfs-linux.img\r\noptions  archisobasedir=arch archisosearchuuid=2024\r\n',
  'loader/entries/03-memtest86+.conf': 'title Memtest86+\nsort-key 03\nefi /boot/memtest86+/memtest.efi\n',
  'loader/entries/README': 'no entry',
};

describe('the menu of systemd-boot', () => {
  it('has an entry for each file, in the order of the loader', async () => {
    const entries = await read(archiso);
    expect(entries.map(({ titles, isDefault }) => [titles[0], isDefault])).toEqual([
      ['Arch Linux install medium (x86_64, UEFI)', false],
      ['Arch Linux install medium (x86_64, UEFI) with speech', true],
      ['Memtest86+', false],
    ]);
    expect(entries[1]).toEqual({
      loader: 'systemd-boot',
      titles: ['Arch Linux install medium (x86_64, UEFI) with speech'],
      method: 'linux',
      kernel: '/arch/boot/x86_64/vmlinuz-linux',
      initrds: ['/arch/boot/intel-ucode.img', '/arch/boot/x86_64/initramfs-linux.img'],
      words: ['archisobasedir=arch', 'accessibility=on'],
      isDefault: true,
      folder: '',
      file: 'loader/entries/02-archiso-x86_64-speech-linux.conf',
    });
    expect(entries[2]).toMatchObject({ method: 'efi', kernel: '/boot/memtest86+/memtest.efi' });
  });

  it('starts at the root of its own file system', async () => {
    const inside = Object.fromEntries(Object.entries(archiso).map(([path, text]) => [`efi-boot-image/${path}`, text]));
    expect((await read(inside, 'efi-boot-image'))[0]).toMatchObject({
      kernel: '/efi-boot-image/arch/boot/x86_64/vmlinuz-linux',
      file: 'efi-boot-image/loader/entries/01-archiso-x86_64-linux.conf',
    });
  });

  it('names unified kernels by what is built into them', async () => {
    const unified = peBytes({
      '.osrel': 'NAME=x\nPRETTY_NAME="Bench OS 7"\nVERSION_ID=7\n',
      '.cmdline': 'root=UUID=1 quiet\n\0',
      '.linux': 'kernel',
    });
    const entries = await read({
      'EFI/Linux/bench-7.efi': unified,
      'EFI/Linux/plain.efi': peBytes({ '.text': 'x' }),
      'EFI/Linux/nameless.EFI': peBytes({ '.linux': 'kernel' }),
      'EFI/Linux/text.efi': 'no program',
    });
    expect(
      entries.map(({ titles, method, kernel, untranslated }) => [titles[0], method, kernel, untranslated]),
    ).toEqual([
      ['Bench OS 7', 'efi', '/EFI/Linux/bench-7.efi', ['the command line built into it: root=UUID=1 quiet']],
      ['nameless', 'efi', '/EFI/Linux/nameless.EFI', undefined],
    ]);
    expect(entries[0]?.isDefault).toBe(true);
  });

  it('names what has no equal on the network', async () => {
    const [entry] = await read({ 'loader/entries/a.conf': 'title A\nlinux /k\ndevicetree /board.dtb\n' });
    expect(entry?.untranslated).toEqual(['devicetree /board.dtb']);
  });

  it('is empty without a loader, and without a kernel', async () => {
    expect(await read({ 'loader/loader.conf': 'timeout 5\n' })).toEqual([]);
    expect(await read({ 'loader/entries/a.conf': 'title A\n' })).toEqual([]);
  });

  it('is bounded', async () => {
    const files: Files = {};
    for (let index = 0; index < 5000; index += 1) files[`loader/entries/${index}.conf`] = 'linux /k\n';
    files['loader/entries/0.conf'] = `linux /k\noptions ${'x '.repeat(300_000)}\n`;
    files['loader/entries/1.conf'] = 'options x\n'.repeat(90_000);
    const entries = await read(files);
    expect(entries.length).toBeLessThanOrEqual(100);
    expect(entries.every(({ words }) => words.length <= 500)).toBe(true);
  });
});

describe('order and patterns', () => {
  it('sorts by key, then newest version, then the file names backwards', () => {
    const entry = (name: string, text: string) => bootLoaderEntry(name, `linux /k\n${text}`);
    const names = [
      entry('b-2.conf', ''),
      entry('b-10.conf', ''),
      entry('x.conf', 'sort-key z\nversion 1'),
      entry('y.conf', 'sort-key z\nversion 12'),
      entry('w.conf', 'sort-key a'),
    ]
      .toSorted(inMenuOrder)
      .map(({ fileName }) => fileName);
    expect(names).toEqual(['w.conf', 'y.conf', 'x.conf', 'b-10.conf', 'b-2.conf']);
  });

  it.each([
    ['arch.conf', 'arch', true],
    ['arch.conf', 'arch.conf', true],
    ['arch-lts.conf', 'arch-*', true],
    ['arch-lts.conf', 'a*c*s.conf', true],
    ['arch-lts.conf', 'arch-???', true],
    ['arch-lts.conf', 'arch-??', false],
    ['arch.conf', 'a.ch.conf', false],
    ['arch.conf', '', false],
    ['a'.repeat(200), `${'*a'.repeat(90)}b`, false],
  ])('%s fits %s: %s', (name, pattern, expected) => {
    expect(fitsGlob(name, pattern)).toBe(expected);
  });
});
