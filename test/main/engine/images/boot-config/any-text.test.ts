import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootLoaderEntry } from '../../../../../main/engine/images/boot-config/boot-loader-entry.ts';
import { configLimits } from '../../../../../main/engine/images/boot-config/config-reader.ts';
import { maxMenuEntries } from '../../../../../main/engine/images/boot-config/menu-entry.ts';
import { readImageMenu } from '../../../../../main/engine/images/boot-config/read-menu.ts';
import { memoryFs } from '../memory-image.ts';

/** Menus put together at random out of what menus are made of: they are read to an end, to entries and problems that can be shown. */

const words = [
  'menuentry submenu { } if then elif else fi for in do done ; function f set x=1 $x ${x} "$x" [ ] -e -a ! source . configfile',
  'linux initrd /k /i chainloader +1 multiboot2 search --set=root --label --file (cd0)/k ($root)/k (efi-boot-image)/k unset x',
  '/boot/grub/grub.cfg /b \\ # " \' "a b"',
]
  .flatMap((line) => line.split(' '))
  .concat('\n', '\r\n', '\0', '\u202e', "'c d'");
const grubText = fc.array(fc.constantFrom(...words), { maxLength: 120 }).map((parts) => parts.join(' '));

const lines = [
  'label a|label|kernel k|linux k|append initrd=i x|append -|initrd i|menu begin|menu end|menu label ^A|include b.cfg|\0',
  'include isolinux.cfg|menu include b.cfg|text help|endtext|config b.cfg|kernel vesamenu.c32|append b.cfg|default a|menu hide',
].flatMap((line) => line.split('|'));
const syslinuxText = fc.array(fc.constantFrom(...lines), { maxLength: 60 }).map((parts) => parts.join('\n'));

const entryText = fc
  .array(fc.tuple(fc.constantFrom('title', 'linux', 'initrd', 'options', 'efi', 'sort-key', 'x'), fc.string()), {
    maxLength: 30,
  })
  .map((pairs) => pairs.map(([key, value]) => `${key} ${value}`).join('\n'));

describe('a menu of any text', () => {
  it('is read to an end, and what it says can be shown', async () => {
    await fc.assert(
      fc.asyncProperty(
        grubText,
        grubText,
        syslinuxText,
        syslinuxText,
        entryText,
        async (grub, b, syslinux, c, entry) => {
          const { entries, problems } = await readImageMenu(
            memoryFs({
              'boot/grub/grub.cfg': grub,
              b,
              'isolinux/isolinux.cfg': syslinux,
              'isolinux/b.cfg': c,
              'loader/entries/x.conf': entry,
            }),
          );
          expect(entries.length).toBeLessThanOrEqual(3 * maxMenuEntries);
          expect(problems.length).toBeLessThanOrEqual(configLimits.problems);
          const shown = [...entries.flatMap(({ titles }) => titles), ...problems.map(({ text }) => text)];
          // oxlint-disable-next-line no-control-regex
          expect(shown.filter((text) => /[\u0000-\u001f\u202e]/.test(text))).toEqual([]);
          expect(entries.every(({ titles, kernel }) => titles.every((title) => title !== '') && kernel !== '')).toBe(
            true,
          );
          expect(problems.every(({ line }) => line >= 1)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  }, 120_000);

  it('is taken apart whatever an entry of systemd-boot holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (text) => {
        const { options, initrds, untranslated } = bootLoaderEntry('x.conf', text);
        expect(options.length).toBeLessThanOrEqual(500);
        expect([...initrds, ...untranslated].every((part) => part.length <= 8192)).toBe(true);
      }),
    );
  });
});
