import { type CatalogueCase, efiLoader, grub, initrd, isolinux, linux, linux32 } from './case.ts';

const fetched = 'archiso_http_srv={http}/{iso}/ ip=dhcp BOOTIF=01-{mac-} net.ifnames=0';

const disc = (label: string, base = 'arch', kernel = 'vmlinuz-linux', image = 'initramfs-linux.img') => ({
  label,
  files: {
    [`${base}/boot/x86_64/${kernel}`]: linux,
    [`${base}/boot/x86_64/${image}`]: initrd,
    [`${base}/x86_64/airootfs.sfs`]: 4096,
    [`${base}/x86_64/airootfs.sha512`]: 'x',
    'EFI/BOOT/BOOTx64.EFI': efiLoader,
    'boot/syslinux/syslinux.cfg': isolinux(
      `${label} | /${base}/boot/x86_64/${kernel} | /${base}/boot/x86_64/${image} | archisobasedir=${base} archisosearchuuid=2024-05-01-00-00-00-00`,
    ),
  },
});
const expected = { mechanism: 'archiso-http', architecture: 'x86_64' } as const;

export const archisoCases: readonly CatalogueCase[] = [
  {
    ...expected,
    title: 'Arch Linux, whose BIOS menu also knows PXE',
    image: {
      label: 'ARCH_202405',
      files: {
        ...disc('ARCH_202405').files,
        'boot/syslinux/syslinux.cfg':
          'default select\nlabel select\n com32 whichsys.c32\n append -pxe- pxe -sys- sys -iso- sys\nlabel pxe\n config archiso_pxe.cfg\nlabel sys\n config archiso_sys.cfg\n',
        'boot/syslinux/archiso_sys.cfg': isolinux(
          'Arch Linux install medium (x86_64, BIOS) | /arch/boot/x86_64/vmlinuz-linux | /arch/boot/x86_64/initramfs-linux.img | archisobasedir=arch archisosearchuuid=2024-05-01-12-00-00-00',
        ),
        'boot/syslinux/archiso_pxe.cfg': isolinux(
          'Arch Linux install medium (x86_64, NBD) | /arch/boot/x86_64/vmlinuz-linux | /arch/boot/x86_64/initramfs-linux.img | archisobasedir=arch archisosearchuuid=x archiso_nbd_srv=${pxeserver} checksum=y',
          'Arch Linux install medium (x86_64, HTTP) | /arch/boot/x86_64/vmlinuz-linux | /arch/boot/x86_64/initramfs-linux.img | archisobasedir=arch archisosearchuuid=x archiso_http_srv=http://${pxeserver}/ checksum=y',
        ),
      },
    },
    recipe: 'archlinux',
    name: 'Arch Linux 202405',
    version: '202405',
    entries: ['Arch Linux install medium (x86_64, BIOS)'],
    commandLine: `archisobasedir=arch ${fetched}`,
  },
  {
    ...expected,
    title: 'SystemRescue',
    image: {
      label: 'RESCUE1101',
      files: {
        ...disc('RESCUE1101', 'sysresccd', 'vmlinuz', 'sysresccd.img').files,
        'sysresccd/VERSION': '11.01\n',
        'boot/grub/grub.cfg': grub(
          'Boot with default options | /sysresccd/boot/x86_64/vmlinuz | /sysresccd/boot/x86_64/sysresccd.img | archisobasedir=sysresccd archisolabel=RESCUE1101',
        ),
      },
    },
    recipe: 'systemrescue',
    name: 'SystemRescue 11.01',
    version: '11.01',
    entries: ['RESCUE1101', 'Boot with default options'],
    commandLine: `archisobasedir=sysresccd ${fetched}`,
  },
  ...(
    [
      ['EndeavourOS', 'EOS_202404', 'endeavouros', 'EndeavourOS 202404', '202404', 'arch'],
      ['CachyOS', 'COS_202405', 'cachyos', 'CachyOS 202405', '202405', 'arch'],
      ['BlackArch', 'BLACKARCH_202312', 'blackarch', 'BlackArch 202312', '202312', 'blackarch'],
      ['ArcoLinux', 'ArcoLinux_202405', 'arcolinux', 'ArcoLinux 202405', '202405', 'arch'],
      ['another of the family', 'BLUESTAR_202403', 'archiso', 'BLUESTAR_202403', '202403', 'bluestar'],
    ] as const
  ).map(([title, label, recipe, name, version, base]) => ({
    ...expected,
    title,
    image: disc(label, base),
    recipe,
    name,
    version,
    entries: [label],
    commandLine: `archisobasedir=${base} ${fetched}`,
  })),
  {
    ...expected,
    title: 'Arch Linux with erofs and no menu that could be read',
    image: {
      label: 'ARCH_202501',
      files: {
        'arch/boot/x86_64/vmlinuz-linux': linux,
        'arch/boot/x86_64/initramfs-linux.img': initrd,
        'arch/x86_64/airootfs.erofs': 4096,
      },
    },
    recipe: 'archlinux',
    name: 'Arch Linux 202501',
    version: '202501',
    entries: ['Live system'],
    commandLine: `archisobasedir=arch ${fetched}`,
  },
  {
    ...expected,
    title: 'Arch Linux 32',
    image: {
      label: 'ARCH_202403',
      boots: ['bios'],
      files: {
        'arch/boot/i686/vmlinuz-linux': linux32,
        'arch/boot/i686/initramfs-linux.img': initrd,
        'arch/i686/airootfs.sfs': 4096,
      },
    },
    recipe: 'archlinux32',
    name: 'Arch Linux 32 202403',
    version: '202403',
    entries: ['Live system'],
    commandLine: `archisobasedir=arch ${fetched}`,
  },
];

const misoFetched = 'miso_http_srv={http}/{iso}/ ip=dhcp BOOTIF=01-{mac-} net.ifnames=0';
const miso = (label: string, base: string) => ({
  label,
  files: {
    'boot/vmlinuz-x86_64': linux,
    'boot/initramfs-x86_64.img': initrd,
    [`${base}/x86_64/rootfs.sfs`]: 4096,
    [`${base}/x86_64/desktopfs.sfs`]: 4096,
    [`${base}/x86_64/livefs.sfs`]: 4096,
    [`${base}/x86_64/mhwdfs.sfs`]: 4096,
    'boot/grub/grub.cfg': grub(
      `Boot with open source drivers | /boot/vmlinuz-x86_64 | /boot/initramfs-x86_64.img | misobasedir=${base} misolabel=${label} quiet driver=free`,
    ),
  },
});

export const misoCases: readonly CatalogueCase[] = (
  [
    ['Manjaro', 'MANJARO_KDE_2310', 'manjaro', 'manjaro', 'Manjaro 2310', '2310'],
    ['Garuda', 'GARUDA_DR460NIZED_240428', 'garuda', 'garuda', 'Garuda Linux 240428', '240428'],
    ['another of the family', 'BIGLINUX_240101', 'biglinux', 'miso', 'BIGLINUX_240101', '240101'],
  ] as const
).map(([title, label, base, recipe, name, version]) => ({
  title,
  image: miso(label, base),
  mechanism: 'miso-http',
  architecture: 'x86_64',
  recipe,
  name,
  version,
  entries: ['Boot with open source drivers'],
  commandLine: `misobasedir=${base} quiet driver=free ${misoFetched}`,
}));
