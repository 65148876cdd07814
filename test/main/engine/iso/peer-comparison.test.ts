import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { extracted, filesOf } from './other-readers.ts';
import { imageSnapshot } from './walk.ts';

/** Every name and every byte of an image, as other programs see them: the same files, written with the options that media are made with. */

const files: Record<string, string | Buffer> = {
  'README.TXT': 'read me\n',
  'boot/vmlinuz': Buffer.alloc(70_000, 'kernel'),
  'boot/initrd.img': Buffer.alloc(2048 * 3, 'initrd'),
  'a.b.c.d': 'dots',
  'Some Long Name with spaces and a very long tail that no old system could have written.conf': 'long',
  'lower.case.name': 'lower',
  EMPTY: '',
  'deep/er/and/deep/er/and/deep/er/still/file.txt': 'deep',
};
for (let index = 0; index < 120; index += 1) files[`many/number${index}.dat`] = `content ${index}`;

let folder: string;
let tree: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-peers-'));
  tree = join(folder, 'tree');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(tree, name)), { recursive: true });
    await writeFile(join(tree, name), content);
  }
});
afterAll(async () => await rm(folder, { recursive: true }));

type Reader = 'bsdtar' | '7z' | 'xorriso';
const readers: Readonly<Record<Reader, (image: string, out: string) => string[]>> = {
  bsdtar: (image, out) => ['bsdtar', '-xf', image, '-C', out],
  '7z': (image, out) => ['7z', 'x', '-bd', '-y', `-o${out}`, image],
  xorriso: (image, out) => ['xorriso', '-osirrox', 'on', '-indev', image, '-extract', '/', out],
};

/** Contents by name; times are compared elsewhere, as programs disagree about time zones. */
const contents = (snapshot: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filesOf(snapshot))
      .filter(([name]) => !/^(boot\.cat(alog)?|\[BOOT\].*)$/i.test(name))
      .map(([name, what]) => [name, what.split(', ').slice(0, 2).join(', ')]),
  );

async function seenByUs(path: string): Promise<Record<string, string>> {
  await using image = await openImageFile(path);
  return contents(await imageSnapshot(image.fs));
}

const seenBy = async (reader: Reader, path: string): Promise<Record<string, string>> =>
  contents(await extracted((out) => readers[reader](path, out)));

const mkisofs = ['genisoimage', '-quiet', '-V', 'PEERS'];
const xorriso = ['xorriso', '-as', 'mkisofs', '-quiet', '-V', 'PEERS'];

/** Any file will do: nothing is started here. */
const bootable = ['-c', 'boot.cat', '-b', 'boot/vmlinuz', '-no-emul-boot', '-boot-load-size', '4'];

const cases: readonly (readonly [title: string, command: readonly string[], by: readonly Reader[]])[] = [
  ['level 1', [...mkisofs, '-iso-level', '1', '-D'], ['7z', 'xorriso']],
  ['level 2', [...mkisofs, '-iso-level', '2', '-D'], ['7z', 'xorriso']],
  ['level 3', [...mkisofs, '-iso-level', '3', '-D'], ['7z', 'xorriso']],
  ['level 4', [...mkisofs, '-iso-level', '4', '-D'], ['7z', 'xorriso']],
  ['level 1 and Rock Ridge', [...mkisofs, '-iso-level', '1', '-R'], ['bsdtar', 'xorriso']],
  ['level 4 and Rock Ridge', [...mkisofs, '-iso-level', '4', '-R'], ['bsdtar', 'xorriso']],
  ['names as they are', [...mkisofs, '-U', '-iso-level', '3', '-D'], ['7z', 'xorriso']],
  [
    'loose names',
    [...mkisofs, '-relaxed-filenames', '-allow-lowercase', '-allow-multidot', '-l', '-D'],
    ['7z', 'xorriso'],
  ],
  ['names without version and dot', [...mkisofs, '-N', '-d', '-l', '-D'], ['7z', 'xorriso']],
  ['Joliet', [...mkisofs, '-J', '-D'], ['bsdtar', '7z']],
  ['long Joliet', [...mkisofs, '-J', '-joliet-long', '-D'], ['bsdtar', '7z']],
  ['Joliet and Rock Ridge', [...mkisofs, '-J', '-R'], ['bsdtar', 'xorriso']],
  ['a UDF bridge', [...mkisofs, '-udf', '-D'], ['7z']],
  ['a UDF bridge with Joliet', [...mkisofs, '-udf', '-J', '-D', '-allow-limited-size'], ['7z']],
  ['a UDF bridge with Rock Ridge', [...mkisofs, '-udf', '-R'], ['bsdtar', 'xorriso']],
  ['Rock Ridge of xorriso', [...xorriso, '-R'], ['bsdtar', 'xorriso']],
  ['level 1 of xorriso', [...xorriso, '-iso-level', '1', '-R'], ['bsdtar', 'xorriso']],
  ['Joliet of xorriso', [...xorriso, '--norock', '-J', '-joliet-long'], ['bsdtar', '7z']],
  ['level 4 of xorriso', [...xorriso, '-iso-level', '4', '--norock'], ['7z', 'xorriso']],
  ['two trees of xorriso', [...xorriso, '-R', '-J', '-hfsplus'], ['bsdtar', 'xorriso']],
  [
    'a hybrid disc',
    [...xorriso, '-R', ...bootable, '-isohybrid-mbr', '/usr/lib/ISOLINUX/isohdpfx.bin', '-partition_offset', '16'],
    ['bsdtar', 'xorriso'],
  ],
];

describe.skipIf(!['bsdtar', '7z', 'xorriso', 'genisoimage'].every(isInstalled))('an image', () => {
  it.each(cases)(
    'is the same to us and to others: %s',
    async (_, command, by) => {
      const path = join(folder, 'image.iso');
      await runChecked([...command, '-o', path, tree]);
      const ours = await seenByUs(path);
      expect(Object.keys(ours)).toHaveLength(Object.keys(files).length);
      for (const reader of by) expect(ours, `as ${reader} sees it`).toEqual(await seenBy(reader, path));
    },
    60_000,
  );

  it.skipIf(!isInstalled('grub-mkrescue'))(
    'is the same to us and to others: a rescue disc of GRUB',
    async () => {
      const path = join(folder, 'rescue.iso');
      await runChecked(['grub-mkrescue', '-o', path, tree], { timeoutMs: 120_000 });
      const ours = await seenByUs(path);
      expect(Object.keys(ours).length).toBeGreaterThan(Object.keys(files).length);
      for (const reader of ['bsdtar', 'xorriso'] as const) expect(ours).toEqual(await seenBy(reader, path));
    },
    120_000,
  );
});
