import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openImageFile } from '../../main/engine/iso/open-image.ts';
import { kernelReleaseOf } from '../../main/engine/images/netboot/kernel-release.ts';
import { cachedFolder, writeBootableIso } from './bootable-iso.ts';
import { runChecked } from './command.ts';
import { type DebianArchive, openDebianArchive, type PackageRecord, withNeeds } from './debian-archive.ts';
import { writeNetbootIso } from './debian-installer-iso.ts';
import { writeRepository } from './package-repository.ts';
import { filesBelow, writeUdeb } from './udeb.ts';

/**
 * An installer disc laid out like Debian's netinst: a package repository, an installer kernel, and an initrd of its own that looks for
 * its packages on a disc and nowhere else, so that it is no way to install over a network. Packages and kernel are Debian's.
 */

/** Without a system to install, the image is small, and an installation gets as far as a disk that is ready for one. */
export type DiscContents = 'partitioner' | 'with-system';

export interface DebianDisc {
  /** The disc. */
  readonly disc: string;
  /** Debian's netboot image with the same kernel. */
  readonly netboot: string;
}

/** Raised where what this file puts into the images changes. */
const REVISION = '6';
const CODENAME = 'trixie';
const NETBOOT_PACKAGE = 'debian-installer-13-netboot-amd64';

const names = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

/** What makes file systems on an empty disk by answers, besides what the initrd of the netboot installer has. */
const PARTITIONER = names(`
  partman-base partman-auto partman-partitioning partman-basicmethods partman-basicfilesystems partman-ext3 partman-efi partman-target
  disk-detect`);

/** What puts a system there. */
const SYSTEM_INSTALLER = names(`
  di-utils-mapdevfs base-installer bootstrap-base apt-setup-udeb apt-mirror-setup clock-setup tzsetup-udeb user-setup-udeb pkgsel
  grub-installer finish-install`);

/** What a small system that boots from its own disk and lets one log in consists of. */
const SYSTEM = names(`
  apt systemd-sysv udev kmod ifupdown isc-dhcp-client netbase iproute2 procps login sudo console-setup keyboard-configuration locales
  tasksel laptop-detect installation-report eject busybox initramfs-tools linux-image-cloud-amd64 grub-pc grub-efi-amd64
  grub-efi-amd64-signed shim-signed efibootmgr os-prober debian-archive-keyring dbus`);

export async function debianDisc(contents: DiscContents): Promise<DebianDisc> {
  const folder = await cachedFolder(`debian-13-disc-${contents}`, [REVISION], async (cache, work) => {
    await using archive = await openDebianArchive(CODENAME);
    const installer = await netbootInstaller(archive, work);
    await writeNetbootIso(join(cache, 'mini.iso'), work, installer);
    const release = await releaseOf(join(cache, 'mini.iso'));
    const tree = join(work, 'tree');
    const packages = [
      ...(await archivePackages(archive, contents, tree, await namesInInitrd(join(installer, 'initrd.gz')))),
      ...(await substitutes(archive, release, tree, work)),
    ];
    await writeRepository(tree, CODENAME, packages);
    await symlink(CODENAME, join(tree, 'dists/stable'));
    await writeInstaller(tree, installer);
    await writeBootableIso(join(cache, 'disc.iso'), work, {
      tree,
      label: 'Debian 13.0.0 amd64 n',
      markerFile: '.disk/info',
    });
  });
  return { disc: join(folder, 'disc.iso'), netboot: join(folder, 'mini.iso') };
}

/** A folder with kernel and initrd. */
async function netbootInstaller(archive: DebianArchive, work: string): Promise<string> {
  const unpacked = await unpack(archive, work, NETBOOT_PACKAGE);
  return join(unpacked, 'usr/lib/debian-installer/images/13/amd64/text/debian-installer/amd64');
}

async function releaseOf(iso: string): Promise<string> {
  await using image = await openImageFile(iso);
  const release = await kernelReleaseOf(image.fs, 'linux');
  if (release === undefined) throw new Error(`${iso} has no kernel that says its release`);
  return release;
}

/** What the netboot installer's initrd has, its package manager says. */
async function namesInInitrd(initrd: string): Promise<Set<string>> {
  const status = await runChecked(['bsdtar', '-xOf', initrd, './var/lib/dpkg/status'], { timeoutMs: 60_000 });
  return new Set([...status.matchAll(/^Package: (\S+)$/gm)].flatMap(([, name]) => name ?? []));
}

async function archivePackages(
  archive: DebianArchive,
  contents: DiscContents,
  tree: string,
  present: ReadonlySet<string>,
): Promise<PackageRecord[]> {
  const [udebs, debs] = [true, false].map((ofInstaller) =>
    archive.packages.filter(({ component }) => component.endsWith('debian-installer') === ofInstaller),
  );
  // Modules of kernels are put together below: the archive has those of two kernels, and mirrors may lack either.
  const candidates = (udebs ?? []).filter(
    ({ name, kernelVersion }) => kernelVersion === undefined && !present.has(name) && !LEFT_OUT.has(name),
  );
  const chosen = [
    ...withNeeds(
      candidates,
      ({ name }) => PARTITIONER.has(name) || (contents === 'with-system' && SYSTEM_INSTALLER.has(name)),
    ),
    ...(contents === 'partitioner'
      ? []
      : withNeeds(debs ?? [], ({ name, essential, priority }) => {
          return essential || priority === 'required' || SYSTEM.has(name);
        })),
  ];
  await archive.download(chosen, tree);
  return chosen;
}

/** Put together below, or needed for disks that no test has. */
const LEFT_OUT = names(
  'e2fsprogs-udeb libmount1-udeb ntfs-3g-udeb ppp-udeb live-installer systemd-boot-installer netcfg-static nobootloader',
);
/** For a virtual disk with ext4 on it. */
const MODULES = /^(ext4|jbd2|mbcache|crc16|crc32c_generic|crc32c-intel|virtio_blk)\.ko/;

/** Packages of the installer that some mirrors lack: modules of the kernel, and tools of its file system. */
async function substitutes(
  archive: DebianArchive,
  release: string,
  tree: string,
  work: string,
): Promise<PackageRecord[]> {
  const kernel = await unpack(archive, work, `linux-image-${release}`);
  const modules = await filesBelow(join(kernel, 'usr/lib/modules'), MODULES, 'usr/lib/modules');
  const tools = await unpack(archive, work, 'e2fsprogs');
  const libraries = await Promise.all(
    ['libext2fs2t64', 'libcom-err2', 'libmount1'].map(
      async (name) =>
        await filesBelow(join(await unpack(archive, work, name), 'usr/lib'), /\.so\.\d+$|\.so\.[\d.]+$/, 'usr/lib'),
    ),
  );
  const [ext2fs = {}, comErr = {}, mount = {}] = libraries;
  return [
    await writeUdeb(tree, work, {
      name: `ext4-modules-${release}-di`,
      version: '6.12-1',
      fields: {
        Priority: 'standard',
        'Kernel-Version': release,
        Provides: 'ext2-modules, ext3-modules, ext4-modules, scsi-modules, virtio-modules',
      },
      files: modules,
    }),
    await writeUdeb(tree, work, {
      name: 'e2fsprogs-udeb',
      version: '1.47-1',
      fields: { Priority: 'optional' },
      files: {
        ...ext2fs,
        ...comErr,
        ...(await filesBelow(
          join(tools, 'usr/sbin'),
          /^(mke2fs|e2fsck|tune2fs|resize2fs|mkfs\.ext\d|fsck\.ext\d)$/,
          'usr/sbin',
        )),
        ...(await filesBelow(join(tools, 'etc'), /^mke2fs\.conf$/, 'etc')),
      },
    }),
    await writeUdeb(tree, work, {
      name: 'libmount1-udeb',
      version: '2.41-1',
      fields: { Priority: 'optional' },
      files: mount,
    }),
  ];
}

async function unpack(archive: DebianArchive, work: string, name: string): Promise<string> {
  const record = archive.packages.find((one) => one.name === name);
  if (record === undefined) throw new Error(`The archive has no ${name}`);
  const folder = join(work, 'unpacked', name);
  await archive.download([record], join(work, 'debs'));
  await mkdir(folder, { recursive: true });
  await runChecked(['dpkg-deb', '-x', join(work, 'debs', record.path), folder], { timeoutMs: 120_000 });
  return folder;
}

const menuWords = 'vga=788 --- quiet';
const isolinuxConfiguration = `ui menu.c32
menu title Debian GNU/Linux installer menu (BIOS mode)
label install
	menu label ^Install
	kernel /install.amd/vmlinuz
	append ${menuWords} initrd=/install.amd/initrd.gz
`;
const grubConfiguration = `menuentry --hotkey=i 'Install' {
    linux    /install.amd/vmlinuz ${menuWords}
    initrd   /install.amd/initrd.gz
}
`;

async function writeInstaller(tree: string, installer: string): Promise<void> {
  for (const folder of ['.disk', 'install.amd', 'isolinux', 'boot/grub']) {
    await mkdir(join(tree, folder), { recursive: true });
  }
  await copyFile(join(installer, 'linux'), join(tree, 'install.amd/vmlinuz'));
  const texts: Readonly<Record<string, string | Uint8Array>> = {
    '.disk/info': 'Debian GNU/Linux 13.0.0 "Trixie" - Unofficial amd64 NETINST with packages of a test\n',
    '.disk/base_installable': '',
    '.disk/cd_type': 'not_complete\n',
    // A machine that starts it stops at once, and is seen to.
    'install.amd/initrd.gz': gzipSync('an initial RAM disk that looks for a disc'),
    'isolinux/isolinux.cfg': isolinuxConfiguration,
    'boot/grub/grub.cfg': grubConfiguration,
  };
  for (const [path, content] of Object.entries(texts)) await writeFile(join(tree, path), content);
}
