import { describe, expect, it } from 'vitest';
import { configLimits, ConfigReader } from '../../../../../main/engine/images/boot-config/config-reader.ts';
import { imagePath } from '../../../../../main/engine/images/boot-config/config-path.ts';
import { maxMenuEntries } from '../../../../../main/engine/images/boot-config/menu-entry.ts';
import { readImageMenu } from '../../../../../main/engine/images/boot-config/read-menu.ts';
import { memoryFs } from '../memory-image.ts';

const syslinux = 'isolinux/isolinux.cfg';
const grub = 'boot/grub/grub.cfg';
const million = 1_000_000;
const nothing = { [syslinux]: '', [grub]: '' };

/** Configurations made to hang or blow up a reader. All must be read in moments, to at most so many entries. */
const hostile: [string, Record<string, string>, number][] = [
  ['a line of 1 MB', { [syslinux]: `label ${'a'.repeat(million)}\nkernel k\n`, [grub]: 'a'.repeat(million) }, 0],
  [
    '1 MB of words',
    { [syslinux]: `label a\nkernel k\nappend ${'x '.repeat(400_000)}`, [grub]: 'x '.repeat(400_000) },
    1,
  ],
  [
    'a file that includes itself',
    { [syslinux]: 'include isolinux.cfg\n'.repeat(1000), [grub]: `source /${grub}\n`.repeat(1000) },
    0,
  ],
  [
    'two files that include each other',
    {
      [syslinux]: 'include a.cfg\n'.repeat(100),
      'isolinux/a.cfg': 'include b.cfg\n'.repeat(100),
      'isolinux/b.cfg': 'include a.cfg\ninclude isolinux.cfg\nlabel a\nkernel k\n'.repeat(100),
      [grub]: 'source /a\n'.repeat(100),
      a: 'source /b\n'.repeat(100),
      b: 'source /a\nmenuentry x {\nlinux /k\n}\n'.repeat(100),
    },
    2 * maxMenuEntries,
  ],
  [
    'a big file that is included again and again',
    {
      [syslinux]: 'include b\n'.repeat(90_000),
      [grub]: 'source /b\n'.repeat(90_000),
      b: '#x\n'.repeat(330_000),
      'isolinux/b': 'x'.repeat(million),
    },
    0,
  ],
  ['questions after files without end', { [grub]: 'if [ -e /a ]; then\nfi\n'.repeat(45_000) }, 0],
  [
    '100,000 labels',
    {
      [syslinux]: Array.from({ length: 50_000 }, (_, index) => `label ${index}\nkernel k\n`).join(''),
      [grub]: 'menuentry x{}\n'.repeat(10) + 'menuentry x {\nlinux /k\n}\n'.repeat(30_000),
    },
    2 * maxMenuEntries,
  ],
  ['submenus without end', { [syslinux]: 'menu begin x\n'.repeat(70_000), [grub]: 'submenu x {\n'.repeat(70_000) }, 0],
  ['ifs without end', { [grub]: 'if true; then\n'.repeat(60_000) }, 0],
  ['an expression without end', { [grub]: `if [ ${'a = a -o '.repeat(90_000)} ]; then\nx\nfi` }, 0],
  [
    'variables that double',
    {
      [grub]: `set a="x x x x x x x x"\n${'set a="$a$a"\n'.repeat(1000)}menuentry a {\nlinux /k ${'$a '.repeat(1000)}\n}`,
    },
    1,
  ],
  [
    'one word of variables',
    { [grub]: `set a="${'x '.repeat(2000)}"\nmenuentry a {\nlinux /k ${'$a'.repeat(300_000)}\n}` },
    1,
  ],
  [
    'loops in loops',
    {
      [grub]: `${Array.from({ length: 30 }, (_, index) => `for v${index} in ${'x '.repeat(1000)}; do\n`).join('')}set a=b\n${'done\n'.repeat(30)}`,
    },
    0,
  ],
  [
    'empty loops in loops',
    { [grub]: 'for a in ' + 'x '.repeat(50_000) + '; do for b in ' + 'x '.repeat(50_000) + '; do\ndone\ndone\n' },
    0,
  ],
  ['functions that call themselves', { [grub]: 'function f {\nf\nf\n}\nfunction g {\nf\ng\n}\nf\ng\n' }, 0],
  ['unclosed quotes', { [syslinux]: 'label "a\n', [grub]: `menuentry "${'a\n'.repeat(1000)}` }, 0],
  [
    'variables of strange names',
    { [grub]: `menuentry a {\nlinux /k \${ $ \${} \${x $$ \${${'a'.repeat(100_000)}}\n}` },
    1,
  ],
  ['NUL bytes', { [syslinux]: '\0label a\0\n\0kernel k\0\n', [grub]: 'menuentry\0 a {\0\nlinux /k\0\n}' }, 2],
];

describe('hostile configurations', () => {
  it.each(hostile)('survives %s', async (_title, files, mostEntries) => {
    const before = process.cpuUsage();
    const { entries } = await readImageMenu(memoryFs({ ...nothing, ...files }));
    const { user, system } = process.cpuUsage(before);
    // Of the processor's time: a busy computer does not change it.
    expect((user + system) / 1000).toBeLessThan(3000);
    expect(entries.length).toBeLessThanOrEqual(mostEntries);
    for (const { titles, words } of entries) {
      expect(titles.every((title) => title.length <= 120)).toBe(true);
      expect(words.join(' ').length).toBeLessThan(2_000_000);
    }
  });

  it('still reads what stands behind a line that is too long', async () => {
    const { entries } = await readImageMenu(
      memoryFs({ [syslinux]: `append ${'x'.repeat(million / 2)}\nlabel a\nkernel k\n`, [grub]: '' }),
    );
    expect(entries.map(({ titles }) => titles)).toEqual([['a']]);
  });

  it('reads no more than its budget', async () => {
    const big = 'x'.repeat(configLimits.fileBytes);
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, index < 10 ? big : 'y']));
    const reader = new ConfigReader(memoryFs({ ...files, huge: `${big}x` }));
    expect(await reader.read('huge')).toBeUndefined();
    for (const path of Object.keys(files)) await reader.read(path);
    const bytes = reader.filesRead.reduce((sum, path) => sum + (files[path]?.length ?? 0), 0);
    expect(bytes).toBeLessThanOrEqual(configLimits.totalBytes);
    expect(reader.filesRead.length).toBeLessThanOrEqual(configLimits.files);
    expect(reader.filesRead.length).toBeGreaterThan(3);
  });
});

describe('imagePath', () => {
  it.each([
    ['vmlinuz', 'isolinux', 'isolinux/vmlinuz'],
    ['/vmlinuz', 'isolinux', 'vmlinuz'],
    ['../vmlinuz', 'isolinux', 'vmlinuz'],
    ['../../../../etc/passwd', 'isolinux', 'etc/passwd'],
    ['/../../etc/passwd', '', 'etc/passwd'],
    ['::linux', 'isolinux', 'linux'],
    ['($root)/boot//./k', '', 'boot/k'],
    ['()/k', 'x', 'k'],
    ['(cd0)k', 'x', 'k'],
    ['', 'x', 'x'],
  ])('%s in %s is %s', (written, folder, expected) => {
    expect(imagePath(written, folder)).toBe(expected);
  });
});
