import { describe, expect, it } from 'vitest';
import { ConfigReader } from '../../../../../main/engine/images/boot-config/config-reader.ts';
import { readGrubMenu } from '../../../../../main/engine/images/boot-config/grub.ts';
import type { MenuEntry } from '../../../../../main/engine/images/boot-config/menu-entry.ts';
import { memoryFs } from '../memory-image.ts';

type Files = Record<string, string | Uint8Array>;

const read = async (files: Files | string, path = 'boot/grub/grub.cfg'): Promise<MenuEntry[]> =>
  await readGrubMenu(path, new ConfigReader(memoryFs(typeof files === 'string' ? { [path]: files } : files)));

const brief = (entries: readonly MenuEntry[]): string[] =>
  entries.map(({ titles, kernel, initrds, words }) =>
    [titles.join('/'), kernel, initrds.join(','), words.join(' ')].join('|'),
  );

describe('readGrubMenu', () => {
  it('reads a menuentry', async () => {
    expect(
      await read("menuentry 'Start it' --class debian {\n  linux /vmlinuz quiet\n  initrd /a.gz /b.gz\n}\n"),
    ).toEqual([
      {
        loader: 'grub',
        titles: ['Start it'],
        method: 'linux',
        kernel: '/vmlinuz',
        initrds: ['/a.gz', '/b.gz'],
        words: ['quiet'],
        isDefault: true,
        folder: '',
        file: 'boot/grub/grub.cfg',
      },
    ]);
  });

  it.each([
    ['linuxefi and initrdefi', 'menuentry a {\nlinuxefi /k x\ninitrdefi /i\n}', ['a|/k|/i|x']],
    [
      'double quotes with a variable',
      'set n="two words"\nmenuentry "a $n" {\nlinux /k "$n"\n}',
      ['a two words|/k||two words'],
    ],
    ['single quotes as they are', "menuentry 'a $n' {\nlinux /k '${x}'\n}", ['a $n|/k||${x}']],
    ['unquoted variables, cut at spaces', 'set o="x  y"\nmenuentry a {\nlinux /k $o z\n}', ['a|/k||x y z']],
    ['empty variables, which vanish', 'menuentry a {\nlinux /k $o z findiso=${iso}\n}', ['a|/k||z findiso=']],
    ['set without set', 'o=x\nmenuentry a {\nlinux /k $o\n}', ['a|/k||x']],
    ['unset', 'set o=x\nunset o\nmenuentry a {\nlinux /k $o z\n}', ['a|/k||z']],
    ['escapes', 'menuentry a\\ b {\nlinux /k x\\$y "q\\"r"\n}', ['a b|/k||x$y q"r']],
    ['a line that goes on', 'menuentry a {\nlinux /k x \\\n  y\n}', ['a|/k||x y']],
    ['several on one line', 'menuentry a { linux /k x; initrd /i; }', ['a|/k|/i|x']],
    ['comments', '# menuentry z { linux /k }\nmenuentry a { # here\nlinux /k#1 x # y\n}', ['a|/k#1||x']],
    ['CR LF', 'menuentry a {\r\n\tlinux /k x\r\n}\r\n', ['a|/k||x']],
    [
      'submenus',
      'submenu "S" {\nmenuentry a {\nlinux /k\n}\nsubmenu T {\nmenuentry b {\nlinux /k\n}\n}\n}',
      ['S/a|/k||', 'S/T/b|/k||'],
    ],
    ['decorated titles', "menuentry '... Expert install ...' {\nlinux /k\n}", ['Expert install|/k||']],
    ['chainloader', 'menuentry a {\nchainloader /memtest.efi\n}', ['a|/memtest.efi||']],
    ['no foreign kernels', 'menuentry a {\nmultiboot2 /xen.gz\nmodule2 /k\n}\nmenuentry b {\nlinux /k\n}', ['b|/k||']],
    ['no entries without a kernel', 'menuentry a {\nfwsetup\n}\nmenuentry b {\nexit 1\n}', []],
    [
      'what an entry sets stays in it',
      'menuentry a {\nset o=x\nlinux /k $o\n}\nmenuentry b {\nlinux /k $o\n}',
      ['a|/k||x', 'b|/k||'],
    ],
    ['functions', 'function f {\nlinux /k $1\ninitrd /i\n}\nmenuentry a {\nf one\n}', ['a|/k|/i|one']],
    ['parameters of an entry', 'menuentry a one {\nlinux /k $2\n}', ['a|/k||one']],
    ['for loops', 'for x in 1 2; do\nmenuentry "a $x" {\nlinux /k$x\n}\ndone', ['a 1|/k1||', 'a 2|/k2||']],
    ['no while loops', 'while true; do\nmenuentry z {\nlinux /k\n}\ndone\nmenuentry a {\nlinux /k\n}', ['a|/k||']],
    ['a missing brace', 'menuentry a {\nlinux /k x', ['a|/k||x']],
    ['a missing fi', 'menuentry a {\nif true; then\nlinux /k x\n}\nmenuentry b {\nlinux /k\n}', ['a|/k||x', 'b|/k||']],
    ['a stray brace', '}\nmenuentry a {\nlinux /k\n}\n}', ['a|/k||']],
    ['devices before paths', 'menuentry a {\nlinux ($root)/k root=(cd0)\n}', ['a|()/k||root=(cd0)']],
  ])('reads %s', async (_title, text, expected) => {
    expect(brief(await read(text))).toEqual(expected);
  });

  it.each([
    ['[ a = a ]', true],
    ['[ a = b ]', false],
    ['[ "$grub_platform" = "efi" ]', true],
    ['test x$missing = x', true],
    ['[ -n "$missing" ]', false],
    ['[ -z "$missing" ]', true],
    ['[ ! -e /boot/there ]', false],
    ['[ -f ($root)/boot/there ]', true],
    ['test -e /boot/gone', false],
    ['[ 2 -gt 10 ]', false],
    ['[ a = b -o c = c ]', true],
    ['[ a = a -a c = d ]', false],
    ['! true', false],
    ['false', false],
    ['loadfont unicode', true],
  ])('decides if %s', async (condition, expected) => {
    const entries = await read({
      'boot/grub/grub.cfg': `if ${condition}; then\nmenuentry yes {\nlinux /k\n}\nelse\nmenuentry no {\nlinux /k\n}\nfi\n`,
      'boot/there': 'x',
    });
    expect(entries.map(({ titles }) => titles[0])).toEqual([expected ? 'yes' : 'no']);
  });

  it('takes a condition that is longer than any menu has for false', async () => {
    const text = `if ${'! '.repeat(100_000)} true; then\nmenuentry yes {\nlinux /k\n}\nfi\nmenuentry a {\nlinux /k\n}`;
    expect(brief(await read(text))).toEqual(['a|/k||']);
  });

  it('takes the first branch of several that holds', async () => {
    const text = (value: string): string =>
      `set v=${value}\nif [ $v = 1 ]; then\nset k=/one\nelif [ $v = 2 ]; then\nset k=/two\nelse\nset k=/other\nfi\nmenuentry a {\nlinux $k\n}`;
    const kernels = await Promise.all(['1', '2', '3'].map(async (value) => (await read(text(value)))[0]?.kernel));
    expect(kernels).toEqual(['/one', '/two', '/other']);
  });

  it('goes on in other files, with its prefix and its variables', async () => {
    const entries = await read(
      {
        'EFI/BOOT/grub.cfg':
          'search --file --set=root /.disk/info\nset prefix=($root)/boot/grub\nset o=x\nconfigfile $prefix/grub.cfg\n',
        'boot/grub/grub.cfg': 'source $prefix/more.cfg\nmenuentry a {\nlinux /k $o\n}\n',
        'boot/grub/more.cfg': 'menuentry b {\nlinux /k $o\n}\nsource $prefix/more.cfg\n',
      },
      'EFI/BOOT/grub.cfg',
    );
    expect(entries.map(({ titles, words, file }) => [titles[0], words[0], file])).toEqual([
      ['b', 'x', 'boot/grub/more.cfg'],
      ['a', 'x', 'boot/grub/grub.cfg'],
    ]);
  });

  it.each([
    ['a number', 'set default=1', 'b'],
    ['a number: a submenu counts once and is its first entry', 'set default=2', 'c'],
    ['a number behind a submenu', 'set default=3', 'd'],
    ['an id', 'set default=the-d', 'd'],
    ['a title', 'set default="c"', 'c'],
    ['a path through submenus', 'set default="S>c"', 'c'],
    ['nothing', '', 'a'],
    ['what is not there', 'set default=77', 'a'],
  ])('knows the default by %s', async (_title, line, expected) => {
    const entry = (title: string, more = ''): string => `menuentry ${title} ${more} {\nlinux /k\n}\n`;
    const text = `${line}\n${entry('a')}${entry('b')}submenu S {\n${entry('c')}}\n${entry('d', '--id the-d')}`;
    expect((await read(text)).filter(({ isDefault }) => isDefault).map(({ titles }) => titles.at(-1))).toEqual([
      expected,
    ]);
  });
});
