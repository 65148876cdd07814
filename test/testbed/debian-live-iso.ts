import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, writeBootableIso } from './bootable-iso.ts';
import { runChecked } from './command.ts';
import { machineMirror } from './debian-archive.ts';

/**
 * A live image laid out like those of live-build, with Debian's live-boot in its initial RAM disk, made in a minute: the smallest
 * Debian that shows a login prompt.
 */

/** Raised where what this file puts into the image changes. */
const REVISION = '2';
const CODENAME = 'bookworm';
const BUILD_TIMEOUT_MS = 900_000;

const PACKAGES = 'live-boot,live-boot-initramfs-tools,initramfs-tools,busybox,kmod,mount,udev,login';
/** After the others: its initial RAM disk is put together at once, and live-boot has to be in it. */
const KERNEL = 'linux-image-cloud-amd64';

/** busybox for the first process: systemd takes a minute more on an emulated processor. */
const inittab = `::sysinit:/bin/busybox mount -t proc proc /proc
::sysinit:/bin/busybox mount -t sysfs sysfs /sys
ttyS0::respawn:/sbin/agetty -L ttyS0 115200 vt100
`;

const words = 'boot=live components console=tty0 console=ttyS0,115200';
const syslinuxConfiguration = `default live
label live
	menu label ^Live system
	linux /live/vmlinuz
	initrd /live/initrd.img
	append ${words}
`;
const grubConfiguration = `menuentry "Live system" {
	linux  /live/vmlinuz ${words}
	initrd /live/initrd.img
}
`;

export async function debianLiveIso(): Promise<string> {
  const fingerprint = [REVISION, PACKAGES, inittab, syslinuxConfiguration, grubConfiguration];
  const folder = await cachedFolder('debian-live', fingerprint, async (cache, work) => {
    const root = join(work, 'root');
    await installSystem(root);
    const tree = join(work, 'tree');
    for (const path of ['live', '.disk', 'isolinux', 'boot/grub']) await mkdir(join(tree, path), { recursive: true });
    for (const [start, name] of [
      ['vmlinuz-', 'vmlinuz'],
      ['initrd.img-', 'initrd.img'],
    ] as const) {
      const file = (await readdir(join(root, 'boot'))).find((one) => one.startsWith(start));
      await copyFile(join(root, 'boot', file ?? start), join(tree, 'live', name));
    }
    const squashfs = ['mksquashfs', root, join(tree, 'live/filesystem.squashfs'), '-quiet', '-no-progress'];
    // The folders stay, empty: the initial RAM disk moves its mounts there.
    const fast = [
      '-comp',
      'zstd',
      '-Xcompression-level',
      '3',
      '-wildcards',
      '-e',
      'boot/*',
      'proc/*',
      'sys/*',
      'dev/*',
    ];
    await runChecked([...squashfs, ...fast], { timeoutMs: BUILD_TIMEOUT_MS });
    await writeFile(join(tree, '.disk/info'), 'Debian GNU/Linux Live 12 "Bookworm" - made for a test\n');
    await writeFile(join(tree, 'isolinux/isolinux.cfg'), syslinuxConfiguration);
    await writeFile(join(tree, 'boot/grub/grub.cfg'), grubConfiguration);
    await writeBootableIso(join(cache, 'image.iso'), work, {
      tree,
      label: 'd-live 12 test',
      markerFile: 'live/vmlinuz',
    });
  });
  return join(folder, 'image.iso');
}

async function installSystem(root: string): Promise<void> {
  const lean = ['doc', 'man', 'locale', 'info', 'i18n'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
  // In a mount namespace of its own: whatever is mounted for the build is gone with it, and nobody removes files through it.
  const build = ['unshare', '--mount', '--propagation', 'private', 'mmdebstrap', '--mode=root', '--variant=apt'];
  const kernel = `--customize-hook=chroot "$1" apt-get install --yes --no-install-recommends ${KERNEL}`;
  await runChecked(
    [
      ...build,
      ...lean,
      `--include=${PACKAGES}`,
      kernel,
      CODENAME,
      root,
      `deb ${await machineMirror()} ${CODENAME} main`,
    ],
    { timeoutMs: BUILD_TIMEOUT_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } },
  );
  await writeFile(join(root, 'etc/inittab'), inittab);
  await writeFile(join(root, 'etc/hostname'), 'live\n');
  for (const folder of ['proc', 'sys', 'dev']) await mkdir(join(root, folder), { recursive: true });
  await runChecked(['ln', '-sf', '/bin/busybox', join(root, 'usr/sbin/init')]);
  const shadow = join(root, 'etc/shadow');
  await writeFile(shadow, (await readFile(shadow, 'utf8')).replace(/^root:[^:]*:/m, 'root::'));
}
