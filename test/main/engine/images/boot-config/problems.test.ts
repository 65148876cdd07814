import { describe, expect, it } from 'vitest';
import { readImageMenu } from '../../../../../main/engine/images/boot-config/read-menu.ts';
import { memoryFs } from '../memory-image.ts';

type Files = Record<string, string>;

async function problems(files: Files): Promise<string[]> {
  const { problems: found } = await readImageMenu(memoryFs(files, 'DISC'));
  return found.map(({ file, line, text, kind }) => `${kind === 'broken' ? '' : `${kind}: `}${file}:${line} ${text}`);
}

const syslinux = 'isolinux/isolinux.cfg';
const grub = 'boot/grub/grub.cfg';

describe('what is wrong with a menu', () => {
  it.each<[string, Files, string[]]>([
    [
      'a file that includes itself',
      { [syslinux]: 'default a\n\ninclude isolinux.cfg\n' },
      [`${syslinux}:3 includes ${syslinux}, which is being read already`],
    ],
    [
      'two files that include each other',
      { [grub]: 'set x=1\nsource /boot/grub/b.cfg\n', 'boot/grub/b.cfg': '# here\n\n. /boot/grub/grub.cfg\n' },
      [`boot/grub/b.cfg:3 includes ${grub}, which is being read already`],
    ],
    [
      'files in a row without end',
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          index === 0 ? syslinux : `isolinux/${index}.cfg`,
          `include ${index + 1}.cfg\n`,
        ]),
      ),
      ['isolinux/15.cfg:1 includes isolinux/16.cfg, the 17th file in a row'],
    ],
    [
      'a file that is not there',
      { [grub]: 'source /nope.cfg\n' },
      [`${grub}:1 includes nope.cfg, which cannot be read`],
    ],
    [
      'a missing menu of syslinux',
      { [syslinux]: 'menu include x.cfg\n' },
      [`${syslinux}:1 includes x.cfg, which cannot be read`],
    ],
    ['an open brace', { [grub]: '\n\nmenuentry a {\n  linux /k\n' }, [`${grub}:3 "menuentry" has no closing brace`]],
    [
      'an if without its end',
      { [grub]: 'menuentry a {\n  if [ -e /k ]; then\n    linux /k\n}\n' },
      [`${grub}:2 "if" has no "fi"`],
    ],
    ['a loop without its end', { [grub]: 'for x in a b; do\nset y=$x\n' }, [`${grub}:1 "for" has no "done"`]],
    [
      'an endless line',
      { [syslinux]: `label a\nappend ${'x'.repeat(9000)}\n` },
      [`${syslinux}:2 has 9007 characters, so it is left out`],
    ],
    [
      'another disc that is looked for',
      { [grub]: "\nsearch --no-floppy --set=root -l 'OTHER'\n" },
      [`${grub}:2 looks for a disc with the label OTHER, and this one has DISC`],
    ],
    [
      'an entry of another kind',
      { [grub]: 'set a=b\nmenuentry "Hypervisor" {\n  multiboot2 /xen.gz\n  module2 /k\n}\n' },
      [`left-out: ${grub}:2 "Hypervisor" starts its system by "multiboot2", so it is left out`],
    ],
  ])('is told by file and line: %s', async (_, files, expected) => {
    expect(await problems(files)).toEqual(expected);
  });

  it.each<[string, Files]>([
    ['a sound menu', { [grub]: 'if [ -e /x ]; then source /x; fi\nmenuentry a { linux /k; }\n' }],
    ['a system on a disk of the machine', { [grub]: 'menuentry a {\nconfigfile (hd0,1)/boot/grub/grub.cfg\n}\n' }],
    ['a way back to the menu', { [grub]: 'menuentry back {\nconfigfile /boot/grub/grub.cfg\n}\n' }],
    ['the first sector of a disk', { [grub]: 'menuentry a {\nset root=(hd0)\nchainloader +1\n}\n' }],
    ['a label that is the own one', { [grub]: 'search --set root --label disc\n' }],
    ['quotes over several lines', { [grub]: 'menuentry "a\nb" {\nlinux /k\n}\n' }],
  ])('is nothing for %s', async (_, files) => {
    expect(await problems(files)).toEqual([]);
  });

  it('is bounded, and each thing told once', async () => {
    expect(await problems({ [syslinux]: 'include isolinux.cfg\n'.repeat(5000) })).toHaveLength(100);
    const loops = await problems({ [grub]: 'for x in a b c; do\nsource /boot/grub/grub.cfg\ndone\n' });
    expect(loops).toHaveLength(1);
  });
});
