import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runChecked } from './command.ts';

/** Turns a folder into an image that boots as Debian's own do: ISOLINUX for BIOS, GRUB for UEFI, and from a USB stick. */

const CACHE_FOLDER = resolve(import.meta.dirname, '../../.testbed');
const ISOLINUX = '/usr/lib/ISOLINUX/isolinux.bin';
const MODULES_FOLDER = '/usr/lib/syslinux/modules/bios';
const MODULES = ['ldlinux.c32', 'libcom32.c32', 'libutil.c32', 'menu.c32'];
const HYBRID_MBR = '/usr/lib/ISOLINUX/isohdpfx.bin';
const ISO_TIMEOUT_MS = 120_000;

/**
 * A folder of the cache, filled where it has none of this fingerprint: everything that its content depends on. `build` gets an empty
 * folder, which becomes the folder of the cache, and another one to work in.
 */
export async function cachedFolder(
  name: string,
  fingerprint: readonly string[],
  build: (folder: string, work: string) => Promise<void>,
): Promise<string> {
  const digest = createHash('sha256').update(fingerprint.join('\0')).digest('hex').slice(0, 12);
  const path = join(CACHE_FOLDER, `${name}-${digest}`);
  if (await exists(path)) return path;
  const partial = `${path}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'fieldboot-build-'));
  try {
    await build(partial, work);
    await rename(partial, path);
    return path;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export interface BootableFolder {
  /** With `isolinux/isolinux.cfg` and `boot/grub/grub.cfg` in it. */
  readonly tree: string;
  readonly label: string;
  /** A file of the tree by which GRUB finds the disc. */
  readonly markerFile: string;
}

/** Adds the loaders to the tree and writes the image to `iso`. */
export async function writeBootableIso(
  iso: string,
  work: string,
  { tree, label, markerFile }: BootableFolder,
): Promise<void> {
  await mkdir(join(tree, 'isolinux'), { recursive: true });
  await mkdir(join(tree, 'boot/grub'), { recursive: true });
  await Promise.all([
    ...MODULES.map((file) => copyFile(join(MODULES_FOLDER, file), join(tree, 'isolinux', file))),
    copyFile(ISOLINUX, join(tree, 'isolinux/isolinux.bin')),
    buildEfiImage(work, join(tree, 'boot/grub/efi.img'), markerFile),
  ]);
  const bios = '-c isolinux/boot.cat -b isolinux/isolinux.bin -no-emul-boot -boot-load-size 4 -boot-info-table';
  const efi = '-eltorito-alt-boot -e boot/grub/efi.img -no-emul-boot -isohybrid-gpt-basdat';
  await runChecked(
    [
      'xorriso -as mkisofs -quiet -R -J -joliet-long -V'.split(' '),
      label,
      `-isohybrid-mbr ${HYBRID_MBR} ${bios} ${efi} -o ${iso} ${tree}`.split(' '),
    ].flat(),
    { timeoutMs: ISO_TIMEOUT_MS },
  );
}

/** The FAT file system that UEFI boots from a disc, with GRUB in it. */
async function buildEfiImage(work: string, image: string, markerFile: string): Promise<void> {
  const start = join(work, 'start.cfg');
  const loader = join(work, 'bootx64.efi');
  await writeFile(
    start,
    `search --set=root --file /${markerFile}\nset prefix=($root)/boot/grub\nconfigfile $prefix/grub.cfg\n`,
  );
  await runChecked(
    `grub-mkimage -O x86_64-efi -p /boot/grub -c ${start} -o ${loader} iso9660 fat part_gpt part_msdos search normal linux configfile`.split(
      ' ',
    ),
  );
  await runChecked(['mformat', '-C', '-i', image, '-f', '2880', '::']);
  await runChecked(['mmd', '-i', image, '::/EFI', '::/EFI/BOOT']);
  await runChecked(['mcopy', '-i', image, loader, '::/EFI/BOOT/BOOTX64.EFI']);
}

const exists = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    () => false,
  );
