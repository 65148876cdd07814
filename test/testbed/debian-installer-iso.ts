import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runChecked } from './command.ts';

/**
 * An installer ISO put together from Debian's netboot installer package, laid out like Debian's own `mini.iso`: kernel
 * and initrd at the root, ISOLINUX for BIOS, GRUB for UEFI. Its menus add `console=ttyS0` to Debian's words, as the
 * bench reads the serial console.
 */

const IMAGES_FOLDER = '/usr/lib/debian-installer/images';
const CACHE_FOLDER = resolve(import.meta.dirname, '../../.testbed');
const ISOLINUX = '/usr/lib/ISOLINUX/isolinux.bin';
const MODULES_FOLDER = '/usr/lib/syslinux/modules/bios';
const MODULES = ['ldlinux.c32', 'libcom32.c32', 'libutil.c32', 'menu.c32'];
const HYBRID_MBR = '/usr/lib/ISOLINUX/isohdpfx.bin';

const isolinuxConfiguration = `ui menu.c32
menu title Debian GNU/Linux installer menu
prompt 0
timeout 50
default install
label install
	menu label ^Install
	kernel /linux
	append initrd=/initrd.gz console=ttyS0 --- quiet
label expert
	menu label E^xpert install
	kernel /linux
	append priority=low initrd=/initrd.gz console=ttyS0 ---
label rescue
	menu label ^Rescue mode
	kernel /linux
	append rescue/enable=true initrd=/initrd.gz console=ttyS0 --- quiet
`;

const grubConfiguration = `set timeout=5
set default=0
menuentry 'Install' {
    set background_color=black
    linux    /linux console=ttyS0 --- quiet
    initrd   /initrd.gz
}
menuentry 'Expert install' {
    linux    /linux priority=low console=ttyS0 ---
    initrd   /initrd.gz
}
menuentry 'Rescue mode' {
    linux    /linux rescue/enable=true console=ttyS0 --- quiet
    initrd   /initrd.gz
}
`;

const grubStart = `search --set=root --file /initrd.gz
set prefix=($root)/boot/grub
configfile $prefix/grub.cfg
`;

/** Path of the ISO, built where the cache has none of this installer. */
export async function debianInstallerIso(): Promise<string> {
  const installer = await installerFolder();
  const path = join(CACHE_FOLDER, `debian-installer-${await fingerprint(installer)}.iso`);
  if (await exists(path)) return path;

  await mkdir(CACHE_FOLDER, { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'fieldboot-installer-'));
  try {
    const built = await build(installer, work);
    await copyFile(built, `${path}.${process.pid}`);
    await rename(`${path}.${process.pid}`, path);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The newest installer that is installed. */
async function installerFolder(): Promise<string> {
  const releases = await readdir(IMAGES_FOLDER).catch(() => []);
  const newest = releases.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined)
    throw new Error(`No netboot installer in ${IMAGES_FOLDER}: run "npm run setup -- --for-tests"`);
  return join(IMAGES_FOLDER, newest, 'amd64/text/debian-installer/amd64');
}

async function fingerprint(installer: string): Promise<string> {
  const hash = createHash('sha256').update(isolinuxConfiguration).update(grubConfiguration).update(grubStart);
  for (const file of ['linux', 'initrd.gz']) {
    const { size, mtimeMs } = await stat(join(installer, file));
    hash.update(`${file} ${size} ${mtimeMs}`);
  }
  return hash.digest('hex').slice(0, 12);
}

async function build(installer: string, work: string): Promise<string> {
  const tree = join(work, 'tree');
  await mkdir(join(tree, 'isolinux'), { recursive: true });
  await mkdir(join(tree, 'boot/grub'), { recursive: true });
  await Promise.all([
    ...['linux', 'initrd.gz'].map((file) => copyFile(join(installer, file), join(tree, file))),
    ...MODULES.map((file) => copyFile(join(MODULES_FOLDER, file), join(tree, 'isolinux', file))),
    copyFile(ISOLINUX, join(tree, 'isolinux/isolinux.bin')),
    writeFile(join(tree, 'isolinux/isolinux.cfg'), isolinuxConfiguration),
    writeFile(join(tree, 'boot/grub/grub.cfg'), grubConfiguration),
    buildEfiImage(work, join(tree, 'boot/grub/efi.img')),
  ]);

  const iso = join(work, 'installer.iso');
  const bios = '-c isolinux/boot.cat -b isolinux/isolinux.bin -no-emul-boot -boot-load-size 4 -boot-info-table';
  const efi = '-eltorito-alt-boot -e boot/grub/efi.img -no-emul-boot -isohybrid-gpt-basdat';
  await runChecked(
    `xorriso -as mkisofs -quiet -R -J -V ISOIMAGE -isohybrid-mbr ${HYBRID_MBR} ${bios} ${efi} -o ${iso} ${tree}`.split(
      ' ',
    ),
  );
  return iso;
}

/** The FAT file system that UEFI boots from a disc, with GRUB in it. */
async function buildEfiImage(work: string, image: string): Promise<void> {
  const start = join(work, 'start.cfg');
  const loader = join(work, 'bootx64.efi');
  await writeFile(start, grubStart);
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
