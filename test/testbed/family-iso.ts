import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cachedFolder, writeBootableIso } from './bootable-iso.ts';
import { runChecked } from './command.ts';
import { fingerprintOf, netbootInstallerFolder } from './debian-installer-iso.ts';
import { writeFetchingInitrd } from './fetching-initrd.ts';

/**
 * Images laid out as distributions that cannot be had here lay theirs out: the real paths and boot menus, Debian's kernel, a real
 * squashfs, and an initial RAM disk that fetches what the family's own does, by the words that the family's own reads.
 */

export const families = ['casper', 'dracut-live', 'archiso'] as const;
export type Family = (typeof families)[number];

export interface FamilyIso {
  readonly image: string;
  /** SHA-256 of what its initial RAM disk fetches; undefined for the image itself. */
  readonly systemFileSha256: string;
}

interface Layout {
  readonly label: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly squashfs: string;
  readonly texts: Readonly<Record<string, string>>;
  /** How its initial RAM disk fetches its system: see `writeFetchingInitrd`. */
  readonly script: string;
  /** Files of the initial RAM disk by which the family's own is known. */
  readonly markers: readonly string[];
}

const syslinux = (label: string, kernel: string, append: string): string =>
  `default live\nlabel live\n  menu label ${label}\n  kernel /${kernel}\n  append ${append}\n`;
const grub = (title: string, kernel: string, words: string, initrd: string): string =>
  `set timeout=5\nmenuentry "${title}" {\n  set gfxpayload=keep\n  linux /${kernel} ${words}\n  initrd /${initrd}\n}\n`;

const layouts: Readonly<Record<Family, Layout>> = {
  // casper's scripts: with url= that ends in .iso, wget fetches the disc, which is then mounted.
  casper: {
    label: 'Ubuntu 24.04.1 LTS amd64',
    kernel: 'casper/vmlinuz',
    initrd: 'casper/initrd',
    squashfs: 'casper/minimal.squashfs',
    texts: {
      '.disk/info': 'Ubuntu 24.04.1 LTS "Noble Numbat" - Release amd64 (20240827.1)',
      '.disk/casper-uuid-generic': '6bd7a1b1-6b3a-4a62-9d4d-2a1f63a5d5f0\n',
      'casper/install-sources.yaml': '- default: true\n  id: ubuntu-desktop-minimal\n',
      'boot/grub/grub.cfg': grub(
        'Try or Install Ubuntu',
        'casper/vmlinuz',
        '$cmdline --- quiet splash',
        'casper/initrd',
      ),
      'isolinux/isolinux.cfg': syslinux(
        'Try or Install Ubuntu',
        'casper/vmlinuz',
        'initrd=/casper/initrd --- quiet splash',
      ),
    },
    script: `
[ "$(word boot)" = casper ] || echo "FAILED no boot=casper"
url=$(word url) || echo "FAILED no url"
case $url in *.iso) ;; *) echo "FAILED $url is no disc" ;; esac
fetch "$url" /tmp/disc.iso
echo "LABEL $(dd if=/tmp/disc.iso bs=1 skip=32808 count=24 2> /dev/null)"
`,
    markers: ['scripts/casper', 'conf/uuid.conf'],
  },
  // dracut's livenet: a URL behind root=live: that does not end in .iso is the file system itself.
  'dracut-live': {
    label: 'Fedora-WS-Live-39-1-5',
    kernel: 'images/pxeboot/vmlinuz',
    initrd: 'images/pxeboot/initrd.img',
    squashfs: 'LiveOS/squashfs.img',
    texts: {
      'isolinux/isolinux.cfg': syslinux(
        'Start Fedora-Workstation-Live 39',
        'images/pxeboot/vmlinuz',
        'initrd=/images/pxeboot/initrd.img root=live:CDLABEL=Fedora-WS-Live-39-1-5 rd.live.image quiet rhgb',
      ),
      'boot/grub/grub.cfg': grub(
        'Start Fedora-Workstation-Live 39',
        'images/pxeboot/vmlinuz',
        'root=live:CDLABEL=Fedora-WS-Live-39-1-5 rd.live.image quiet rhgb',
        'images/pxeboot/initrd.img',
      ),
    },
    script: `
root=$(word root) || echo "FAILED no root"
case $root in live:http://*) ;; *) echo "FAILED root=$root" ;; esac
grep -q rd.live.image /proc/cmdline || echo "FAILED no rd.live.image"
fetch "\${root#live:}" /tmp/squashfs.img
echo "MAGIC $(dd if=/tmp/squashfs.img bs=4 count=1 2> /dev/null)"
`,
    markers: ['sbin/livenetroot', 'usr/lib/dracut/hooks/cmdline/29-parse-livenet.sh'],
  },
  // mkinitcpio-archiso's archiso_pxe_http: curl asks for the first byte, then fetches the image and the checksum beside it.
  archiso: {
    label: 'ARCH_202411',
    kernel: 'arch/boot/x86_64/vmlinuz-linux',
    initrd: 'arch/boot/x86_64/initramfs-linux.img',
    squashfs: 'arch/x86_64/airootfs.sfs',
    texts: {
      'arch/version': '2024.11.01\n',
      'loader/entries/01-archiso-x86_64-linux.conf':
        'title    Arch Linux install medium (x86_64, UEFI)\nsort-key 01\nlinux    /arch/boot/x86_64/vmlinuz-linux\ninitrd   /arch/boot/x86_64/initramfs-linux.img\noptions  archisobasedir=arch archisosearchuuid=2024-11-01-10-09-22-00\n',
      'isolinux/isolinux.cfg': syslinux(
        'Arch Linux install medium (x86_64, BIOS)',
        'arch/boot/x86_64/vmlinuz-linux',
        'initrd=/arch/boot/x86_64/initramfs-linux.img archisobasedir=arch archisosearchuuid=2024-11-01-10-09-22-00',
      ),
      'boot/grub/grub.cfg': grub(
        'Arch Linux install medium (x86_64, UEFI)',
        'arch/boot/x86_64/vmlinuz-linux',
        'archisobasedir=arch archisosearchuuid=2024-11-01-10-09-22-00',
        'arch/boot/x86_64/initramfs-linux.img',
      ),
    },
    script: `
folder=$(word archiso_http_srv)$(word archisobasedir)/x86_64
range "$folder/airootfs.sfs" 0-0
fetch "$folder/airootfs.sfs" /tmp/airootfs.sfs
fetch "$folder/airootfs.sha512" /tmp/airootfs.sha512
(cd /tmp && sha512sum -c airootfs.sha512) && echo "CHECKSUM RIGHT"
`,
    markers: ['hooks/archiso_pxe_http'],
  },
};

export async function familyIso(family: Family): Promise<FamilyIso> {
  const installer = await netbootInstallerFolder();
  const layout = layouts[family];
  const fingerprint = [JSON.stringify(layout), REVISION, ...(await fingerprintOf(installer))];
  const folder = await cachedFolder(`family-${family}`, fingerprint, async (cache, work) => {
    const tree = join(work, 'tree');
    for (const path of [layout.kernel, layout.initrd, layout.squashfs, ...Object.keys(layout.texts)]) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
    }
    await copyFile(join(installer, 'linux'), join(tree, layout.kernel));
    await writeFetchingInitrd(installer, work, {
      path: join(tree, layout.initrd),
      script: layout.script,
      hostName: family,
      markers: layout.markers,
    });
    await writeSquashfs(join(tree, layout.squashfs), work, family);
    for (const [path, text] of Object.entries(layout.texts)) await writeFile(join(tree, path), text);
    const image = join(cache, 'image.iso');
    await writeBootableIso(image, work, { tree, label: layout.label, markerFile: layout.kernel });
    const fetched = family === 'casper' ? image : join(tree, layout.squashfs);
    await writeFile(
      join(cache, 'sha256'),
      createHash('sha256')
        .update(await readFile(fetched))
        .digest('hex'),
    );
  });
  return {
    image: join(folder, 'image.iso'),
    systemFileSha256: await readFile(join(folder, 'sha256'), 'utf8'),
  };
}

/** Raised where what this file puts into the images changes. */
const REVISION = '1';

/** A file system of a few megabytes, and its checksum beside it where the family has one. */
async function writeSquashfs(path: string, work: string, family: Family): Promise<void> {
  const root = join(work, 'root');
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(join(root, 'etc/hostname'), `${family}\n`);
  // Of a size that ends in the middle of a sector and of every chunk.
  await writeFile(join(root, 'payload'), randomBytes(3_000_001));
  await runChecked(['mksquashfs', root, path, '-quiet', '-no-progress'], { timeoutMs: 60_000 });
  if (family !== 'archiso') return;
  const digest = createHash('sha512')
    .update(await readFile(path))
    .digest('hex');
  await writeFile(path.replace(/\.sfs$/, '.sha512'), `${digest}  ${basename(path)}\n`);
}
