import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './bootable-iso.ts';
import { runChecked } from './command.ts';
import { buildIso } from './iso-builder.ts';

/**
 * A disc with Debian's signed kernel and an initial RAM disk of one shell: boots to a running Linux in seconds, on whatever can fetch
 * ten megabytes. What it prints on the serial console is what it saw of its boot.
 */

const INSTALLER_IMAGES = '/usr/lib/debian-installer/images';
const ISOLINUX = '/usr/lib/ISOLINUX/isolinux.bin';

export type TinyArchitecture = 'amd64' | 'arm64';

/** Printed with the kernel's command line once its first process runs. */
export const LINUX_RUNS = /Tiny Linux runs: (.*)/;
/** Printed before that where the kernel was told so by its firmware. */
export const SECURE_BOOT_IS_ON = /[Ss]ecure boot enabled/;

const init = `#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox dmesg | /bin/busybox grep -i 'secure boot'
echo "Tiny Linux runs: $(/bin/busybox cat /proc/cmdline)"
while true; do /bin/busybox sleep 3600; done
`;

const console: Readonly<Record<TinyArchitecture, string>> = { amd64: 'ttyS0', arm64: 'ttyAMA0' };
const titles = ['Tiny Linux', 'Other words'];

const isolinuxConfiguration = (words: string): string =>
  ['default tiny0', 'timeout 50', ...titles.flatMap((title, index) => isolinuxEntry(title, index, words)), ''].join(
    '\n',
  );

const isolinuxEntry = (title: string, index: number, words: string): string[] => [
  `label tiny${index}`,
  `  menu label ${title}`,
  '  kernel /linux',
  `  append initrd=/initrd.gz ${words} entry=${index}`,
];

const grubConfiguration = (words: string): string =>
  [
    'set timeout=5',
    ...titles.flatMap((title, index) => [
      `menuentry '${title}' {`,
      `  linux /linux ${words} entry=${index}`,
      '  initrd /initrd.gz',
      '}',
    ]),
    '',
  ].join('\n');

/** Path of the disc, built where the cache has none. */
export async function tinyLinuxIso(architecture: TinyArchitecture = 'amd64'): Promise<string> {
  const installer = await installerFolder(architecture);
  const kernel = join(installer, 'linux');
  const { size, mtimeMs } = await stat(kernel);
  const fingerprint = [init, wordsOf(architecture), titles.join(), architecture, String(size), String(mtimeMs)];
  const folder = await cachedFolder(`tiny-linux-${architecture}`, fingerprint, async (cache, work) => {
    const built = await buildIso({
      label: 'TINY_LINUX',
      files: await tinyLinuxFiles(architecture, work),
      ...(architecture === 'amd64' ? { boot: { bios: 'isolinux/isolinux.bin' } } : {}),
      path: join(cache, 'tiny.iso'),
    });
    await built[Symbol.asyncDispose]();
  });
  return join(folder, 'tiny.iso');
}

const wordsOf = (architecture: TinyArchitecture): string => `console=${console[architecture]} loglevel=6`;

/** Files of the disc by their paths, for discs that have more on them. `work` is a folder to build in. */
export async function tinyLinuxFiles(
  architecture: TinyArchitecture,
  work: string,
): Promise<Record<string, string | Buffer> & { readonly linux: Buffer }> {
  const installer = await installerFolder(architecture);
  const words = wordsOf(architecture);
  const isolinux = {
    'isolinux/isolinux.bin': await readFile(ISOLINUX),
    'isolinux/isolinux.cfg': isolinuxConfiguration(words),
  };
  return {
    linux: await readFile(join(installer, 'linux')),
    'initrd.gz': await readFile(await buildInitrd(join(installer, 'initrd.gz'), work)),
    'boot/grub/grub.cfg': grubConfiguration(words),
    ...(architecture === 'amd64' ? isolinux : {}),
  };
}

/** Of the newest installer that is installed: its kernel is signed by Debian, and its shell runs on its architecture. */
async function installerFolder(architecture: TinyArchitecture): Promise<string> {
  const releases = (await readdir(INSTALLER_IMAGES)).toSorted((a, b) => Number(b) - Number(a));
  for (const release of releases) {
    const folder = join(INSTALLER_IMAGES, release, `${architecture}/text/debian-installer/${architecture}`);
    const kernel = await stat(join(folder, 'linux')).catch(() => undefined);
    if (kernel !== undefined) return folder;
  }
  throw new Error(`No Debian installer for ${architecture} in ${INSTALLER_IMAGES}`);
}

const KEPT_FILES = '^(bin/busybox|lib|lib64|(usr/)?lib(64)?/.*(ld-linux.*|libc|libm|libresolv)\\.so\\.[0-9.]+)$';

/** The installer's busybox and what that is linked to, and a first process. */
async function buildInitrd(installerInitrd: string, work: string): Promise<string> {
  const root = join(work, 'root');
  await mkdir(root, { recursive: true });
  const list = `zcat ${installerInitrd} | busybox cpio -t 2>/dev/null | grep -E '${KEPT_FILES}'`;
  const kept = (await runChecked(['sh', '-c', list])).split('\n').filter((path) => path !== '');
  await runChecked([
    'sh',
    '-c',
    `cd ${root} && zcat ${installerInitrd} | busybox cpio -idm ${kept.join(' ')} 2>/dev/null`,
  ]);
  await mkdir(join(root, 'proc'), { recursive: true });
  await writeFile(join(root, 'init'), init);
  await chmod(join(root, 'init'), 0o755);
  const archive = join(work, 'initrd.gz');
  await runChecked(['sh', '-c', `cd ${root} && find . | busybox cpio -o -H newc | gzip -9 > ${archive}`]);
  return archive;
}
