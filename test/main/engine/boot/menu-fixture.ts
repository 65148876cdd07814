import type { Entry } from '../../../../main/contract/image.ts';
import type { Menu } from '../../../../main/engine/boot/menu.ts';

export const installEntry: Entry = {
  id: 'install',
  title: 'Install',
  destructive: true,
  variants: [
    {
      firmware: ['bios'],
      method: 'linux',
      kernel: 'install.amd/vmlinuz',
      initrds: ['install.amd/initrd.gz'],
      commandLine: 'vga=788 BOOTIF=01-{mac-} --- quiet',
    },
    {
      firmware: ['uefi-x64'],
      method: 'linux',
      kernel: 'install.amd/vmlinuz',
      initrds: ['install.amd/initrd.gz'],
      commandLine: 'BOOTIF=01-{mac-} --- quiet',
    },
  ],
};

export const liveEntry: Entry = {
  id: 'live',
  title: 'Live system',
  destructive: false,
  variants: [
    {
      firmware: ['bios', 'uefi-x64'],
      method: 'linux',
      kernel: 'live/vmlinuz',
      initrds: ['live/initrd.img', 'live/microcode.img'],
      commandLine: 'boot=live fetch={http}/{iso}/live/filesystem.squashfs',
    },
  ],
};

export const memtestEntry: Entry = {
  id: 'memtest',
  title: 'Memory test',
  destructive: false,
  variants: [{ firmware: ['uefi-x64'], method: 'efi', kernel: 'EFI/memtest.efi', initrds: [], commandLine: '' }],
};

export const menu: Menu = {
  title: 'Debian 12',
  imageId: 'debian-12',
  entries: [installEntry, liveEntry, memtestEntry],
  defaultEntryId: 'live',
  timeoutSeconds: 10,
};
