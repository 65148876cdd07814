import { describe, expect, it } from 'vitest';
import { ConfigReader } from '../../../../../main/engine/images/boot-config/config-reader.ts';
import type { MenuEntry } from '../../../../../main/engine/images/boot-config/menu-entry.ts';
import { readSyslinuxMenu } from '../../../../../main/engine/images/boot-config/syslinux.ts';
import { memoryFs } from '../memory-image.ts';

type Files = Record<string, string | Uint8Array>;

const read = async (files: Files | string, path = 'isolinux/isolinux.cfg'): Promise<MenuEntry[]> =>
  await readSyslinuxMenu(path, new ConfigReader(memoryFs(typeof files === 'string' ? { [path]: files } : files)));

describe('readSyslinuxMenu', () => {
  it('reads a label', async () => {
    expect(
      await read(
        'DEFAULT linux\nLABEL linux\n  MENU LABEL ^Start\n  KERNEL vmlinuz\n  APPEND initrd=a.gz,b.gz quiet\n  INITRD c.gz\n',
      ),
    ).toEqual([
      {
        loader: 'syslinux',
        titles: ['Start'],
        method: 'linux',
        kernel: 'vmlinuz',
        initrds: ['c.gz', 'a.gz', 'b.gz'],
        words: ['quiet'],
        isDefault: true,
        folder: 'isolinux',
        file: 'isolinux/isolinux.cfg',
      },
    ]);
  });

  it.each([
    ['words in any case', 'label a\nkernel k\nAppend x', [['a', 'k', 'x']]],
    ['LINUX instead of KERNEL', 'label a\nlinux k.bin\n', [['a', 'k.bin', '']]],
    ['CR LF and tabs', 'label a\r\n\tkernel k\r\n\tappend x  y\r\n', [['a', 'k', 'x y']]],
    ['arguments after KERNEL', 'label a\nkernel k one\nappend two\n', [['a', 'k', 'one two']]],
    [
      'a global APPEND',
      'append g\nlabel a\nkernel k\nlabel b\nkernel k\nappend x\n',
      [
        ['a', 'k', 'g'],
        ['b', 'k', 'x'],
      ],
    ],
    ['APPEND - against it', 'append g\nlabel a\nkernel k\nappend -\n', [['a', 'k', '']]],
    ['no menu modules', 'label a\nkernel vesamenu.c32\nlabel b\nCOM32 hdt.c32\nlabel c\nkernel k\n', [['c', 'k', '']]],
    ['no local disk', 'label a\nlocalboot 0x80\n', []],
    ['no disk images', 'label a\nkernel /boot/memdisk\nappend initrd=dos.img\n', []],
    ['no labels that only lead back', 'label a\nmenu label Back\nmenu exit\n', []],
    ['no hidden labels', 'label a\nkernel k\nmenu hide\n', []],
    ['no help texts', 'label a\nkernel k\ntext help\nappend evil\nlabel b\nendtext\nappend x\n', [['a', 'k', 'x']]],
    ['--- in its place', 'label a\nkernel k\nappend initrd=i x --- quiet\n', [['a', 'k', 'x --- quiet']]],
    ['comments', '# label x\nlabel a\n# kernel no\nkernel k\n', [['a', 'k', '']]],
    ['a label without a name', 'label\nkernel k\n', [['Start', 'k', '']]],
  ])('reads %s', async (_title, text, expected) => {
    const entries = await read(text);
    expect(entries.map(({ titles, kernel, words }) => [titles.join(), kernel, words.join(' ')])).toEqual(expected);
  });

  it('follows INCLUDE, from the folder of the first file or from the root', async () => {
    const entries = await read({
      'isolinux/isolinux.cfg': 'include sub/a.cfg\nmenu include /b.cfg Title\n',
      'isolinux/sub/a.cfg': 'label a\nkernel k\ninclude c.cfg\n',
      'b.cfg': 'label b\nkernel k\n',
      'isolinux/c.cfg': 'label c\nkernel k\n',
    });
    expect(entries.map(({ titles, folder, file }) => [titles[0], folder, file])).toEqual([
      ['a', 'isolinux', 'isolinux/sub/a.cfg'],
      ['c', 'isolinux', 'isolinux/c.cfg'],
      ['b', 'isolinux', 'b.cfg'],
    ]);
  });

  it('names submenus', async () => {
    const entries = await read(
      'menu begin x\n menu label ^Advanced options\n label a\n kernel k\n menu begin deep\n label b\n kernel k\n menu end\nmenu end\nlabel c\nkernel k\n',
    );
    expect(entries.map(({ titles }) => titles)).toEqual([
      ['Advanced options', 'a'],
      ['Advanced options', 'deep', 'b'],
      ['c'],
    ]);
  });

  it('follows a label to another menu', async () => {
    const entries = await read({
      'isolinux/isolinux.cfg':
        'label sys\nmenu label System\nconfig sys.cfg\nlabel more\nkernel vesamenu.c32\nappend more.cfg\n',
      'isolinux/sys.cfg': 'label a\nkernel k\nlabel back\nconfig isolinux.cfg\n',
      'isolinux/more.cfg': 'label b\nkernel k\n',
    });
    expect(entries.map(({ titles }) => titles)).toEqual([['System', 'a'], ['b']]);
  });

  it.each([
    ['DEFAULT', 'default b\nlabel a\nkernel k\nlabel b\nkernel k\n', 'b'],
    ['MENU DEFAULT over DEFAULT', 'default a\nlabel a\nkernel k\nlabel b\nmenu default\nkernel k\n', 'b'],
    [
      'not that of a submenu',
      'default a\nlabel a\nkernel k\nmenu begin\nlabel b\nmenu default\nkernel k\nmenu end',
      'a',
    ],
    ['none where it is a menu module', 'default vesamenu.c32\nlabel a\nkernel k\n', undefined],
  ])('knows the default: %s', async (_title, text, expected) => {
    expect((await read(text)).find(({ isDefault }) => isDefault)?.titles.at(-1)).toBe(expected);
  });
});
