import { copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, writeBootableIso } from './bootable-iso.ts';

/**
 * An installer ISO put together from Debian's netboot installer package, laid out like Debian's own `mini.iso`: kernel
 * and initrd at the root, ISOLINUX for BIOS, GRUB for UEFI. Its menus add `console=ttyS0` to Debian's words, as the
 * bench reads the serial console.
 */

const IMAGES_FOLDER = '/usr/lib/debian-installer/images';

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

/** Path of the ISO, built where the cache has none of this installer. */
export async function debianInstallerIso(): Promise<string> {
  const installer = await netbootInstallerFolder();
  const fingerprint = [isolinuxConfiguration, grubConfiguration, ...(await fingerprintOf(installer))];
  const folder = await cachedFolder('debian-installer', fingerprint, async (cache, work) => {
    await writeNetbootIso(join(cache, 'mini.iso'), work, installer);
  });
  return join(folder, 'mini.iso');
}

/** Writes such an image of the kernel and initrd in a folder. */
export async function writeNetbootIso(iso: string, work: string, installer: string): Promise<void> {
  const tree = join(work, 'mini');
  await mkdir(join(tree, 'isolinux'), { recursive: true });
  await mkdir(join(tree, 'boot/grub'), { recursive: true });
  await Promise.all([
    ...NETBOOT_FILES.map((file) => copyFile(join(installer, file), join(tree, file))),
    writeFile(join(tree, 'isolinux/isolinux.cfg'), isolinuxConfiguration),
    writeFile(join(tree, 'boot/grub/grub.cfg'), grubConfiguration),
  ]);
  await writeBootableIso(iso, work, { tree, label: 'ISOIMAGE', markerFile: 'initrd.gz' });
}

/** The newest netboot installer that is installed: a folder with `linux` and `initrd.gz`. */
export async function netbootInstallerFolder(): Promise<string> {
  const releases = await readdir(IMAGES_FOLDER).catch(() => []);
  const newest = releases.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined)
    throw new Error(`No netboot installer in ${IMAGES_FOLDER}: run "npm run setup -- --for-tests"`);
  return join(IMAGES_FOLDER, newest, 'amd64/text/debian-installer/amd64');
}

const NETBOOT_FILES = ['linux', 'initrd.gz'];

/** What tells this installer from another. */
export const fingerprintOf = async (installer: string): Promise<string[]> =>
  await Promise.all(
    NETBOOT_FILES.map(async (file) => {
      const { size, mtimeMs } = await stat(join(installer, file));
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
