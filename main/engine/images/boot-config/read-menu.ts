import type { ImageFs } from '../../iso/image-fs.ts';
import { ConfigReader, type MenuProblem } from './config-reader.ts';
import { readEfiTree } from './efi-tree.ts';
import { readGrubMenu } from './grub.ts';
import type { MenuEntry } from './menu-entry.ts';
import { readSyslinuxMenu } from './syslinux.ts';
import { readSystemdBootMenu } from './systemd-boot.ts';

/** Everything that the image's own boot menus offer, and the files that said so. */
export interface ImageMenu {
  readonly entries: readonly MenuEntry[];
  readonly files: readonly string[];
  /** What is wrong with the menus, and which entries could not be taken over. */
  readonly problems: readonly MenuProblem[];
}

/** In the order in which the loaders look for them (syslinux doc/isolinux.txt; the first that exists counts). */
const syslinuxConfigs = [
  'boot/isolinux/isolinux.cfg',
  'isolinux/isolinux.cfg',
  'isolinux.cfg',
  'boot/syslinux/isolinux.cfg',
  'boot/syslinux/syslinux.cfg',
  'syslinux/isolinux.cfg',
  'syslinux/syslinux.cfg',
  'isolinux/syslinux.cfg',
  'syslinux.cfg',
  'boot/x86_64/loader/isolinux.cfg',
  'extlinux.conf',
];

/** The first that leads to an entry counts: those below EFI are often stubs that lead to the first ones. */
const grubConfigs = [
  'boot/grub/grub.cfg',
  'boot/grub2/grub.cfg',
  'EFI/BOOT/grub.cfg',
  'EFI/debian/grub.cfg',
  'EFI/ubuntu/grub.cfg',
  'grub/grub.cfg',
  'grub2/grub.cfg',
  'grub.cfg',
  'boot/grub/loopback.cfg',
];

/** In the file systems that UEFI boots from; often a copy of the disc's menu, or a stub that leads to it. */
const grubConfigsOfEfi = [
  'EFI/BOOT/grub.cfg',
  'boot/grub/grub.cfg',
  'EFI/debian/grub.cfg',
  'EFI/ubuntu/grub.cfg',
  'EFI/fedora/grub.cfg',
  'grub/grub.cfg',
  'grub.cfg',
];

export async function readImageMenu(fs: ImageFs): Promise<ImageMenu> {
  const reader = new ConfigReader(fs);
  const entries = [
    ...(await firstWithEntries(syslinuxConfigs, reader, readSyslinuxMenu)),
    ...(await firstWithEntries(grubConfigs, reader, readGrubMenu)),
    ...(await readSystemdBootMenu('', reader)),
  ];
  for (const { folder } of reader.mounts) {
    const configs = grubConfigsOfEfi.map((path) => `${folder}/${path}`);
    entries.push(...(await firstWithEntries(configs, reader, readGrubMenu)));
    entries.push(...(await readSystemdBootMenu(folder, reader)));
  }
  if (entries.length === 0) entries.push(...(await readEfiTree(reader)));
  return { entries, files: reader.filesRead, problems: reader.problems };
}

async function firstWithEntries(
  paths: readonly string[],
  reader: ConfigReader,
  read: (path: string, reader: ConfigReader) => Promise<MenuEntry[]>,
): Promise<MenuEntry[]> {
  for (const path of paths) {
    if (!(await reader.exists(path))) continue;
    const entries = await read(path, reader);
    if (entries.length > 0) return entries;
  }
  return [];
}
