import { type CatalogueCase, grub, initrd, isolinux, linux } from './case.ts';

const fetched = 'fetch={http}/{iso}/live/filesystem.squashfs rootfstype=ramfs BOOTIF=01-{mac-}';
const expected = { mechanism: 'live-boot', architecture: 'x86_64' } as const;

const live = (label: string, files: Record<string, string | Uint8Array | number>) => ({
  label,
  files: {
    'live/vmlinuz': linux,
    'live/initrd.img': initrd,
    'live/filesystem.squashfs': 4096,
    'EFI/boot/bootx64.efi': 512,
    ...files,
  },
});

/** A menu as live-build makes it. */
const menu = (title: string, words: string): Record<string, string> => ({
  'isolinux/isolinux.cfg': isolinux(`${title} | /live/vmlinuz | /live/initrd.img | ${words}`),
  'boot/grub/grub.cfg': grub(`${title} | /live/vmlinuz | /live/initrd.img | ${words}`),
});

export const liveBootCases: readonly CatalogueCase[] = [
  {
    ...expected,
    title: 'Clonezilla',
    image: live('3.1.2-22-amd64', {
      'Clonezilla-Live-Version': 'clonezilla-live-3.1.2-22-amd64\n',
      'syslinux/syslinux.cfg': isolinux(
        'Clonezilla live (VGA 800x600) | /live/vmlinuz | /live/initrd.img | boot=live union=overlay username=user config components noswap edd=on nomodeset ocs_live_run="ocs-live-general" ocs_live_batch="no" net.ifnames=0 nosplash noprompt',
        'Clonezilla live (To RAM) | /live/vmlinuz | /live/initrd.img | boot=live union=overlay username=user toram=live,syslinux,EFI,boot,.disk,utils',
      ),
    }),
    recipe: 'clonezilla',
    name: 'Clonezilla Live 3.1.2-22',
    version: '3.1.2-22',
    entries: ['Clonezilla live (VGA 800x600)', 'Clonezilla live (To RAM)'],
    commandLine: `boot=live union=overlay username=user config components noswap edd=on nomodeset ocs_live_run="ocs-live-general" ocs_live_batch="no" net.ifnames=0 nosplash noprompt ${fetched}`,
  },
  {
    ...expected,
    title: 'GParted Live without a menu',
    image: live('GParted-live', { 'GParted-Live-Version': 'gparted-live-1.6.0-3-amd64\n' }),
    recipe: 'gparted-live',
    name: 'GParted Live 1.6.0-3',
    version: '1.6.0-3',
    entries: ['GParted Live'],
    commandLine: `boot=live config components union=overlay username=user noswap noeject ${fetched}`,
  },
  {
    ...expected,
    title: 'Grml',
    image: {
      label: 'grml64-full 2024.02',
      files: {
        'boot/grml64full/vmlinuz': linux,
        'boot/grml64full/initrd.img': initrd,
        'live/grml64-full/grml64-full.squashfs': 4096,
        'boot/grub/grub.cfg': grub(
          'grml64-full | /boot/grml64full/vmlinuz | /boot/grml64full/initrd.img | apm=power-off boot=live live-media-path=/live/grml64-full/ bootid=grml64full nomce',
        ),
      },
    },
    recipe: 'grml',
    name: 'Grml 2024.02',
    version: '2024.02',
    entries: ['grml64-full'],
    commandLine:
      'apm=power-off boot=live live-media-path=/live/grml64-full/ nomce fetch={http}/{iso}/live/grml64-full/grml64-full.squashfs rootfstype=ramfs BOOTIF=01-{mac-}',
  },
  ...(
    [
      ['Kali live', 'Kali Live', 'Kali GNU/Linux 2024.1 live amd64', 'kali-live', 'Kali Linux 2024.1 live', '2024.1'],
      ['Parrot', 'Parrot security 6.0', 'Parrot security 6.0 lorikeet', 'parrot', 'Parrot OS 6.0', '6.0'],
      ['Devuan live', 'devuan_daedalus_5.0.0_amd64_desktop-live', '', 'devuan-live', 'Devuan 5.0.0 live', '5.0.0'],
      ['VyOS', 'VyOS', 'VyOS 1.4.0 amd64', 'vyos', 'VyOS 1.4.0', '1.4.0'],
      ['Vanilla OS', 'Vanilla OS 2', 'Vanilla OS 2 Orchid', 'vanilla-os', 'Vanilla OS 2', '2'],
      ['Rescatux', 'Rescatux 0.74', '', 'rescatux', 'Rescatux 0.74', '0.74'],
      ['SparkyLinux', 'SparkyLinux 7.3', 'SparkyLinux 7.3 Orion-Belt', 'sparky', 'SparkyLinux 7.3', '7.3'],
      ['Debian live', 'd-live 12.5.0 gnome amd64', '', 'debian-live', 'Debian 12.5.0 live', '12.5.0'],
    ] as const
  ).map(([title, label, info, recipe, name, version]) => ({
    ...expected,
    title,
    image: live(label, {
      ...(info === '' ? {} : { '.disk/info': info }),
      ...menu('Live system', 'boot=live components quiet findiso=${iso_path}'),
    }),
    recipe,
    name,
    version,
    entries: ['Live system'],
    commandLine: `boot=live components quiet ${fetched}`,
  })),
  {
    ...expected,
    title: 'Kali live with its installer entries',
    image: live('Kali Live', {
      '.disk/info': 'Kali GNU/Linux 2024.1 live amd64',
      'install/vmlinuz': linux,
      'install/initrd.gz': initrd,
      'boot/grub/grub.cfg': grub(
        'Live system (amd64) | /live/vmlinuz | /live/initrd.img | boot=live components username=kali hostname=kali',
        'Start installer | /install/vmlinuz | /install/initrd.gz | vga=788 file=/cdrom/install/preseed.cfg --- quiet',
      ),
    }),
    recipe: 'kali-live',
    name: 'Kali Linux 2024.1 live',
    version: '2024.1',
    entries: ['Live system (amd64)', 'Start installer!'],
    commandLine: `boot=live components username=kali hostname=kali ${fetched}`,
    warns: 'installer entries look for their packages on a CD',
  },
  {
    ...expected,
    title: 'LMDE, which keeps its live-boot system below casper',
    image: {
      label: 'LMDE 6 Cinnamon 64-bit',
      files: {
        '.disk/info': 'LMDE 6 "Faye" - Release amd64 20230926',
        'casper/vmlinuz': linux,
        'casper/initrd.lz': initrd,
        'casper/filesystem.squashfs': 4096,
        'boot/grub/grub.cfg': grub(
          'Start LMDE 6 | /casper/vmlinuz | /casper/initrd.lz | boot=live config live-media-path=/casper username=mint hostname=mint quiet splash --',
        ),
      },
    },
    recipe: 'lmde',
    name: 'Linux Mint Debian Edition 6',
    version: '6',
    entries: ['Start LMDE 6'],
    commandLine:
      'boot=live config live-media-path=/casper username=mint hostname=mint quiet splash fetch={http}/{iso}/casper/filesystem.squashfs rootfstype=ramfs BOOTIF=01-{mac-} --',
  },
  {
    ...expected,
    title: 'Redo Rescue, whose kernel lies at the root',
    image: {
      label: 'Redo Rescue 4.0.0',
      files: {
        vmlinuz: linux,
        initrd,
        'live/filesystem.squashfs': 4096,
        'boot/grub/grub.cfg': grub('Start Redo Rescue | /vmlinuz | /initrd | boot=live setkmap=us nocomponents'),
      },
    },
    recipe: 'redo-rescue',
    name: 'Redo Rescue 4.0.0',
    version: '4.0.0',
    entries: ['Start Redo Rescue'],
    commandLine: `boot=live setkmap=us nocomponents ${fetched}`,
  },
  {
    ...expected,
    title: 'a remix that nobody knows',
    image: live('SEPTOR', { '.disk/info': 'Septor 2024 - x', ...menu('Septor', 'boot=live components') }),
    recipe: 'live-boot',
    name: 'Septor 2024',
    version: '2024',
    entries: ['Septor'],
    commandLine: `boot=live components ${fetched}`,
  },
  {
    ...expected,
    title: 'Tails, which knows no network while it starts',
    image: live('TAILS 6.1 - 20240325', {
      'live/Tails.module': 'filesystem.squashfs\n',
      ...menu('Tails', 'boot=live config live-media=removable nopersistence noprompt module=Tails'),
    }),
    recipe: 'tails',
    name: 'Tails 6.1',
    version: '6.1',
    entries: [],
    cannot: 'holds no network on purpose',
  },
  {
    ...expected,
    title: 'TrueNAS SCALE',
    image: {
      label: 'ISOIMAGE',
      files: {
        'TrueNAS-SCALE.update': 4096,
        vmlinuz: linux,
        'initrd.img': initrd,
        'live/filesystem.squashfs': 4096,
        '.disk/info': '',
        'EFI/boot/bootx64.efi': 512,
      },
    },
    recipe: 'truenas-scale',
    name: 'TrueNAS SCALE',
    entries: [],
    cannot: 'no way over a network',
  },
];
