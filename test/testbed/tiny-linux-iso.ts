import { access, chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runChecked } from './command.ts';
import { buildIso } from './iso-builder.ts';

/**
 * A disc with Debian's signed kernel and an initial RAM disk of one shell: boots to a running Linux in seconds, on whatever can fetch
 * ten megabytes. What it prints on the serial console is what it saw of its boot.
 */

const CACHE_FOLDER = resolve(import.meta.dirname, '../../.testbed');
const INSTALLER_IMAGES = '/usr/lib/debian-installer/images';

/** Printed with the kernel's command line once its first process runs. */
export const LINUX_RUNS = /Tiny Linux runs: (.*)/;
/** Printed before that where the kernel was told so by its firmware. */
export const SECURE_BOOT_IS_ON = /[Ss]ecure boot enabled/;

const init = `#!/bin/sh
/bin/busybox mount -t proc proc /proc
/bin/busybox dmesg | /bin/busybox grep -i 'secure boot'
echo "Tiny Linux runs: $(/bin/busybox cat /proc/cmdline)"
while true; do /bin/busybox sleep 3600; done
`;

const isolinuxConfiguration = `default tiny
timeout 50
label tiny
  menu label Tiny Linux
  kernel /linux
  append initrd=/initrd.gz console=ttyS0 loglevel=6
label other
  menu label Other words
  kernel /linux
  append initrd=/initrd.gz console=ttyS0 loglevel=6 other
`;

const grubConfiguration = `set timeout=5
menuentry 'Tiny Linux' {
  linux /linux console=ttyS0 loglevel=6
  initrd /initrd.gz
}
menuentry 'Other words' {
  linux /linux console=ttyS0 loglevel=6 other
  initrd /initrd.gz
}
`;

/** Path of the disc, built where the cache has none. */
export async function tinyLinuxIso(): Promise<string> {
  const path = join(CACHE_FOLDER, 'tiny-linux-1.iso');
  try {
    await access(path);
    return path;
  } catch {
    await mkdir(CACHE_FOLDER, { recursive: true });
  }
  const work = await mkdtemp(join(tmpdir(), 'fieldboot-tiny-'));
  try {
    const built = await buildIso({
      label: 'TINY_LINUX',
      files: {
        linux: await readFile(await installerKernel()),
        'initrd.gz': await readFile(await buildInitrd(work)),
        'isolinux/isolinux.bin': await readFile('/usr/lib/ISOLINUX/isolinux.bin'),
        'isolinux/isolinux.cfg': isolinuxConfiguration,
        'boot/grub/grub.cfg': grubConfiguration,
      },
      boot: { bios: 'isolinux/isolinux.bin' },
      path: `${path}.${process.pid}`,
    });
    await built[Symbol.asyncDispose]();
    await rename(`${path}.${process.pid}`, path);
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Of the newest installer that is installed: signed by Debian, and all in one file. */
async function installerKernel(): Promise<string> {
  const releases = (await readdir(INSTALLER_IMAGES)).toSorted((a, b) => Number(b) - Number(a));
  for (const release of releases) {
    const path = join(INSTALLER_IMAGES, release, 'amd64/text/debian-installer/amd64/linux');
    if (await isThere(path)) return path;
  }
  throw new Error(`No Debian installer for amd64 in ${INSTALLER_IMAGES}`);
}

async function buildInitrd(work: string): Promise<string> {
  const root = join(work, 'root');
  await mkdir(join(root, 'bin'), { recursive: true });
  await mkdir(join(root, 'proc'));
  await mkdir(join(root, 'dev'));
  const busybox = (await runChecked(['sh', '-c', 'readlink -f "$(command -v busybox)"'])).trim();
  await copyFile(busybox, join(root, 'bin/busybox'));
  await copyFile(busybox, join(root, 'bin/sh'));
  // Linked to libraries or not, as Debian's two packages of it are.
  const linked = await runChecked(['sh', '-c', `ldd ${busybox} || true`]);
  for (const [, library = ''] of linked.matchAll(/(\/\S+) \(0x/g)) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await copyFile(library, join(root, library));
  }
  await writeFile(join(root, 'init'), init);
  await chmod(join(root, 'init'), 0o755);
  const archive = join(work, 'initrd.gz');
  await runChecked(['sh', '-c', `cd ${root} && find . | busybox cpio -o -H newc | gzip -9 > ${archive}`]);
  return archive;
}

const isThere = async (path: string): Promise<boolean> =>
  await access(path).then(
    () => true,
    () => false,
  );
