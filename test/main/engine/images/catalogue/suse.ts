import { type CatalogueCase, cpioOf, efiLoader, grub, initrd, isolinux, linux, linuxArm } from './case.ts';

const from = 'install={http}/{iso}/ netsetup=dhcp self_update=0 BOOTIF=01-{mac-}';

const disc = (label: string, treeinfo: string, more: Record<string, string | number> = {}) => ({
  label,
  files: {
    'boot/x86_64/loader/linux': linux,
    'boot/x86_64/loader/initrd': initrd,
    'boot/x86_64/root': 4096,
    'boot/x86_64/common': 4096,
    CHECKSUMS: 'x',
    ...(treeinfo === '' ? {} : { '.treeinfo': treeinfo }),
    'repodata/repomd.xml': 'x',
    'EFI/BOOT/bootx64.efi': efiLoader,
    'boot/x86_64/loader/isolinux.cfg': isolinux(
      'Installation | linux | initrd | splash=silent showopts',
      'Upgrade | linux | initrd | upgrade=1 splash=silent showopts',
      'Rescue System | linux | initrd | rescue=1 splash=silent showopts',
      'Check Installation Media | linux | initrd | mediacheck=1 splash=silent showopts',
    ),
    'EFI/BOOT/grub.cfg': grub('Installation | /boot/x86_64/loader/linux | /boot/x86_64/loader/initrd | splash=silent')
      .replace('linux ', 'linuxefi ')
      .replace('initrd ', 'initrdefi '),
    ...more,
  },
});
const treeinfo = (family: string, version: string): string =>
  `[general]\narch = x86_64\nfamily = ${family}\nname = ${family} ${version}\nversion = ${version}\n`;
const expected = {
  mechanism: 'linuxrc',
  architecture: 'x86_64',
  entries: ['Installation!', 'Upgrade!', 'Rescue System'],
  commandLine: `splash=silent showopts ${from}`,
} as const;

export const linuxrcCases: readonly CatalogueCase[] = [
  {
    ...expected,
    title: 'openSUSE Leap 15',
    image: disc('openSUSE-Leap-15.5-DVD-x86_64', treeinfo('openSUSE Leap', '15.5')),
    recipe: 'opensuse-leap',
    name: 'openSUSE Leap 15.5 installer',
    version: '15.5',
  },
  {
    ...expected,
    title: 'openSUSE Tumbleweed',
    image: disc('openSUSE-Tumbleweed-DVD-x86_64', ''),
    recipe: 'opensuse-tumbleweed',
    name: 'openSUSE Tumbleweed installer',
  },
  {
    ...expected,
    title: 'openSUSE Leap Micro 5',
    image: disc('openSUSE-Leap-Micro-5.5', treeinfo('openSUSE Leap Micro', '5.5')),
    recipe: 'leap-micro',
    name: 'openSUSE Leap Micro 5.5 installer',
    version: '5.5',
  },
  {
    ...expected,
    title: 'SUSE Linux Enterprise 15 with its modules',
    image: disc('SLE-15-SP5-Full-x86_64', '', {
      'Module-Basesystem/repodata/repomd.xml': 'x',
      'media.1/products': '/ SLE-15',
    }),
    recipe: 'sles',
    name: 'SUSE Linux Enterprise 15-SP5 installer',
    version: '15-SP5',
  },
  {
    ...expected,
    title: 'SUSE Linux Enterprise Micro 5',
    image: disc('SUSE-Linux-Enterprise-Micro', treeinfo('SUSE Linux Enterprise Micro', '5.5')),
    recipe: 'sle-micro',
    name: 'SUSE Linux Enterprise Micro 5.5 installer',
    version: '5.5',
  },
  {
    ...expected,
    title: 'openSUSE Leap for arm64, without packages and menu',
    image: {
      label: 'openSUSE-Leap-15.5-NET-aarch64',
      boots: ['uefi'],
      files: {
        'boot/aarch64/linux': linuxArm,
        'boot/aarch64/initrd': initrd,
        'boot/aarch64/root': 4096,
        'EFI/BOOT/bootaa64.efi': 512,
      },
    },
    recipe: 'opensuse-leap',
    name: 'openSUSE Leap 15.5 installer',
    version: '15.5',
    architecture: 'aarch64',
    entries: ['Installation!', 'Rescue system'],
    commandLine: `${from} splash=silent`,
    warns: 'It holds no packages',
  },
  {
    ...expected,
    title: 'another of the family',
    image: disc('GeckoInstall', treeinfo('Gecko Install', '1.0')),
    recipe: 'linuxrc',
    name: 'Gecko Install 1.0',
    version: '1.0',
  },
];

const selfInstall = (disk: string, ramDisk: Uint8Array | number = initrd) => ({
  label: 'INSTALL',
  files: {
    'config.isoclient': 'IMAGE="openSUSE-Leap-Micro.x86_64-6.0.0"\n',
    'initrd.system_image': 4096,
    'boot/x86_64/loader/linux': linux,
    'boot/x86_64/loader/initrd': ramDisk,
    [disk]: 4096,
    'EFI/BOOT/bootx64.efi': efiLoader,
  },
});

export const selfInstallCases: readonly CatalogueCase[] = [
  {
    title: 'a self-install image whose initial RAM disk knows the network',
    image: selfInstall('openSUSE-Leap-Micro.x86_64-6.0.0.raw.xz', cpioOf('usr/lib/nm-initrd-generator')),
    mechanism: 'kiwi-selfinstall',
    recipe: 'kiwi-selfinstall-network',
    name: 'SUSE self-install image 6.0.0',
    version: '6.0.0',
    architecture: 'x86_64',
    entries: ['Write the system to a disk!'],
    commandLine:
      'rd.kiwi.install.pxe rd.kiwi.install.image={http}/{iso}/openSUSE-Leap-Micro.x86_64-6.0.0.raw.xz ip=dhcp rd.neednet=1 BOOTIF=01-{mac-}',
  },
  {
    title: 'a self-install image as its makers have it',
    image: selfInstall('openSUSE-Leap-Micro.x86_64-6.0.0.raw.squashfs'),
    mechanism: 'kiwi-selfinstall',
    recipe: 'kiwi-selfinstall',
    name: 'SUSE self-install image 6.0.0',
    version: '6.0.0',
    architecture: 'x86_64',
    entries: [],
    cannot: 'PXE kit',
  },
];
