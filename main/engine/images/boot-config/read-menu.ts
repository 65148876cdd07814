import type { ImageFs } from '../../iso/image-fs.ts';
import { ConfigReader } from './config-reader.ts';
import { readGrubMenu } from './grub.ts';
import type { MenuEntry } from './menu-entry.ts';
import { readSyslinuxMenu } from './syslinux.ts';

/** Everything that the image's own boot menus offer, and the files that said so. */
export interface ImageMenu {
  readonly entries: readonly MenuEntry[];
  readonly files: readonly string[];
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

export async function readImageMenu(fs: ImageFs): Promise<ImageMenu> {
  const reader = new ConfigReader(fs);
  const syslinux = await firstWithEntries(syslinuxConfigs, reader, readSyslinuxMenu);
  const grub = await firstWithEntries(grubConfigs, reader, readGrubMenu);
  return { entries: [...syslinux, ...grub], files: reader.filesRead };
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
