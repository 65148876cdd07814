import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './bootable-iso.ts';
import { runChecked } from './command.ts';
import { machineMirror } from './debian-archive.ts';

/** A live image made by Debian's own live-build, as its manual shows it: a minimal system with systemd. Takes minutes. */

const BUILD_TIMEOUT_MS = 3_600_000;
const CODENAME = 'bookworm';
const PACKAGES = 'live-boot live-config live-config-systemd systemd-sysv user-setup sudo iproute2 login procps kmod\n';

const configuration = (mirror: string): string[] =>
  [
    `lb config --distribution ${CODENAME} --archive-areas main --apt-recommends false --apt-indices false --updates false`,
    '--debootstrap-options --variant=minbase --linux-packages linux-image --linux-flavours cloud-amd64',
    '--binary-images iso-hybrid --bootloaders syslinux,grub-efi --memtest none --security false',
    '--firmware-chroot false --firmware-binary false --zsync false',
    `--mirror-bootstrap ${mirror} --mirror-chroot ${mirror} --mirror-binary ${mirror}`,
  ]
    .join(' ')
    .split(' ')
    .concat('--bootappend-live', 'boot=live components console=tty0 console=ttyS0,115200');

export async function liveBuildIso(): Promise<string> {
  const folder = await cachedFolder('live-build', ['1', PACKAGES, ...configuration('')], async (cache, work) => {
    await runChecked(configuration(await machineMirror()), { workingFolder: work, timeoutMs: 60_000 });
    await mkdir(join(work, 'config/package-lists'), { recursive: true });
    await writeFile(join(work, 'config/package-lists/minimal.list.chroot'), PACKAGES);
    // It mounts the computer's /proc and /sys into what it builds. In a mount namespace of its own they are gone with it, and
    // nobody reaches through them who removes the folder.
    await runChecked(['unshare', '--mount', '--propagation', 'private', 'lb', 'build'], {
      workingFolder: work,
      timeoutMs: BUILD_TIMEOUT_MS,
    });
    const built = (await readdir(work)).find((file) => file.endsWith('.iso'));
    if (built === undefined) throw new Error('live-build left no image');
    await copyFile(join(work, built), join(cache, 'image.iso'));
  });
  return join(folder, 'image.iso');
}
