import { type CatalogueCase, efiLoader, initrd, isolinux, linux, linux32 } from './case.ts';

const freebsd = (label: string, files: Record<string, string | number> = {}) => ({
  label,
  files: {
    'boot/kernel/kernel': 4096,
    'boot/loader.efi': efiLoader,
    'boot/cdboot': 512,
    'boot/defaults/loader.conf': 'x',
    ...files,
  },
});
const bsd = { mechanism: 'bsd', entries: [] } as const;
const memdisk = { entries: ['x'], method: 'memdisk', commandLine: 'iso raw', warns: 'BIOS only' } as const;

export const bsdCases: readonly CatalogueCase[] = [
  {
    ...bsd,
    title: 'FreeBSD',
    image: freebsd('14_0_RELEASE_AMD64_CD', {
      'bin/freebsd-version': '#!/bin/sh\nUSERLAND_VERSION="14.0-RELEASE"\n',
    }),
    recipe: 'freebsd',
    name: 'FreeBSD 14.0',
    version: '14.0',
    architecture: 'x86_64',
    cannot: 'mount error 19',
  },
  ...(
    [
      ['pfSense', 'pfSense', { 'boot/lua/brand-pfSense.lua': '-- pfSense' }, 'pfsense', 'pfSense', undefined],
      ['OPNsense', 'OPNsense_Install', { 'boot/loader.conf': '# OPNsense' }, 'opnsense', 'OPNsense', undefined],
      ['TrueNAS CORE', 'TrueNAS', { 'TrueNAS-MANIFEST': 'x' }, 'truenas-core', 'TrueNAS CORE', undefined],
      ['another of the family', 'GhostBSD-24.04', {}, 'bsd', 'GhostBSD-24.04', '24.04'],
    ] as const
  ).map(([title, label, files, recipe, name, version]) => ({
    ...bsd,
    title,
    image: freebsd(label, files),
    recipe,
    name,
    ...(version === undefined ? {} : { version }),
    architecture: 'x86_64',
    cannot: 'root file system over NFS',
  })),
  {
    ...bsd,
    title: 'NetBSD, whose boot.cfg is not that of ESXi',
    image: {
      label: 'NETBSD_10',
      files: {
        netbsd: 4096,
        'boot.cfg': 'banner=Welcome to NetBSD\nmenu=Install NetBSD:boot netbsd\n',
        'amd64/binary/x': 1,
      },
    },
    recipe: 'netbsd',
    name: 'NetBSD',
    architecture: 'x86_64',
    cannot: 'NFS',
  },
  {
    ...bsd,
    title: 'SmartOS',
    image: {
      label: 'smartos',
      files: { 'platform/i86pc/kernel/amd64/unix': 4096, 'platform/i86pc/amd64/boot_archive': 4096 },
    },
    recipe: 'smartos',
    name: 'SmartOS or illumos live image',
    architecture: 'x86_64',
    cannot: 'modules with types and names',
  },
  {
    ...memdisk,
    title: 'OpenBSD',
    image: {
      label: 'OpenBSD/amd64   7.5 Install CD',
      files: { '7.5/amd64/bsd.rd': 4096, '7.5/amd64/cdboot': 4096, '7.5/amd64/base75.tgz': 4096, 'etc/boot.conf': 'x' },
    },
    mechanism: 'bsd',
    recipe: 'openbsd',
    name: 'OpenBSD 7.5',
    version: '7.5',
    architecture: 'x86_64',
    entries: ['Install OpenBSD!'],
  },
  {
    ...memdisk,
    title: 'mfsBSD',
    image: freebsd('mfsBSD', { 'mfsroot.gz': 4096 }),
    mechanism: 'bsd',
    recipe: 'mfsbsd',
    name: 'mfsBSD',
    architecture: 'x86_64',
    entries: ['mfsBSD'],
  },
];

export const memdiskCases: readonly CatalogueCase[] = [
  {
    ...memdisk,
    title: 'FreeDOS',
    image: {
      label: 'FD13LIVE',
      boots: ['bios'],
      files: { 'freedos/version.fdi': 'FreeDOS 1.3', 'isolinux/fdboot.img': 4096, 'isolinux/isolinux.cfg': 'x' },
    },
    recipe: 'freedos',
    name: 'FreeDOS',
    version: '1.3',
    mechanism: 'memdisk',
    entries: ['Start the disc from memory!'],
  },
  {
    ...memdisk,
    title: 'the Ultimate Boot CD',
    image: {
      label: 'UBCD539',
      boots: ['bios'],
      files: {
        'ubcd/images/x.gz': 1,
        'boot/syslinux/syslinux.cfg': isolinux('Memtest | /boot/memtest | |'),
        'boot/memtest': linux32,
      },
    },
    recipe: 'ubcd',
    name: 'Ultimate Boot CD 539',
    version: '539',
    mechanism: 'memdisk',
    entries: ['Start the disc from memory!'],
  },
  {
    ...memdisk,
    title: "Hiren's old BootCD",
    image: { label: 'HBCD', boots: ['bios'], files: { 'HBCD/Boot/x': 1, 'HBCD.txt': 'x' } },
    recipe: 'hirens-old',
    name: "Hiren's BootCD",
    mechanism: 'memdisk',
    entries: ['Start the disc from memory!'],
  },
  {
    ...memdisk,
    title: 'HDAT2',
    image: { label: 'HDAT2_730', boots: ['bios'], files: { 'isolinux/hdat2.img': 4096 } },
    recipe: 'hdat2',
    name: 'HDAT2',
    mechanism: 'memdisk',
    entries: ['Start the disc from memory!'],
  },
];

export const applicationCases: readonly CatalogueCase[] = [
  {
    title: 'MemTest86 of PassMark',
    image: {
      label: 'MemTest86',
      boots: ['uefi'],
      files: { 'EFI/BOOT/BOOTX64.efi': efiLoader, 'EFI/BOOT/unifont.bin': 4096, 'EFI/BOOT/mt86.png': 1 },
    },
    mechanism: 'efi-application',
    recipe: 'memtest86',
    name: 'MemTest86',
    architecture: 'x86_64',
    entries: ['Start'],
    method: 'efi',
    commandLine: '',
  },
  {
    title: 'ZFSBootMenu',
    image: { label: 'ZFSBootMenu 2.3.0', boots: ['uefi'], files: { 'EFI/BOOT/bootx64.efi': efiLoader } },
    mechanism: 'efi-application',
    recipe: 'zfsbootmenu',
    name: 'ZFSBootMenu 2.3.0',
    version: '2.3.0',
    architecture: 'x86_64',
    entries: ['Start'],
    method: 'efi',
    commandLine: '',
  },
  {
    title: 'rEFInd',
    image: { label: 'rEFInd 0.14.2', files: { 'EFI/BOOT/bootx64.efi': efiLoader, 'EFI/BOOT/refind.conf': 'x' } },
    mechanism: 'efi-application',
    recipe: 'refind',
    name: 'rEFInd 0.14.2',
    version: '0.14.2',
    architecture: 'x86_64',
    entries: ['Start'],
    method: 'efi',
    commandLine: '',
  },
  {
    title: 'Super GRUB2 Disk',
    image: {
      label: 'SUPERGRUB',
      files: { 'EFI/BOOT/bootx64.efi': efiLoader, 'boot/grub/sgd/main.cfg': '# Super GRUB2 Disk\n' },
    },
    mechanism: 'efi-application',
    recipe: 'super-grub2-disk',
    name: 'Super GRUB2 Disk',
    architecture: 'x86_64',
    entries: ['Super GRUB2 Disk'],
    method: 'sanboot',
    commandLine: '',
  },
  {
    title: 'iPXE',
    image: { label: 'iPXE', files: { 'ipxe.lkrn': linux32, 'isolinux.cfg': 'x', 'isolinux.bin': 1 } },
    mechanism: 'single-binary',
    recipe: 'ipxe',
    name: 'iPXE',
    architecture: 'x86_64',
    entries: ['iPXE'],
    commandLine: '',
    warns: 'given itself again',
  },
  {
    title: 'netboot.xyz',
    image: { label: 'netboot.xyz', files: { 'ipxe.lkrn': linux32, 'isolinux.bin': 1 } },
    mechanism: 'single-binary',
    recipe: 'netboot-xyz',
    name: 'netboot.xyz',
    architecture: 'x86_64',
    entries: ['netboot.xyz'],
    commandLine: '',
    warns: 'internet',
  },
];

export const sourceCases: readonly CatalogueCase[] = [
  {
    title: 'Slackware',
    image: {
      label: 'SlackDVD',
      files: {
        'ANNOUNCE.15_0': 'Announcing Slackware Linux 15.0!\n',
        'kernels/huge.s/bzImage': linux,
        'isolinux/initrd.img': initrd,
        'slackware64/a/x.txz': 1,
        'isolinux/isolinux.cfg': isolinux(
          'huge.s | /kernels/huge.s/bzImage | /isolinux/initrd.img | load_ramdisk=1 prompt_ramdisk=0 rw printk.time=0 nomodeset SLACK_KERNEL=huge.s',
        ),
      },
    },
    mechanism: 'http-source',
    recipe: 'slackware',
    name: 'Slackware 15.0',
    version: '15.0',
    architecture: 'x86_64',
    entries: ['Install!', 'huge.s!'],
    commandLine: 'load_ramdisk=1 prompt_ramdisk=0 rw printk.time=0 SLACK_KERNEL=huge.s',
    warns: 'choose HTTP',
  },
  {
    title: 'Mageia',
    image: {
      label: 'Mageia-9-x86_64',
      files: { 'isolinux/x86_64/vmlinuz': linux, 'isolinux/x86_64/all.rdz': initrd, 'x86_64/media/core/x': 1 },
    },
    mechanism: 'http-source',
    recipe: 'mageia',
    name: 'Mageia 9 installer',
    version: '9',
    architecture: 'x86_64',
    entries: ['Install!'],
    commandLine: 'automatic=method:http,network:dhcp,server:{ip},directory:/{iso}/x86_64 vga=788 splash=silent',
    warns: 'port 80',
  },
  {
    title: 'Photon',
    image: {
      label: 'PHOTON_5.0',
      files: {
        'isolinux/vmlinuz': linux,
        'isolinux/initrd.img': initrd,
        'RPMS/repodata/repomd.xml': 'x',
        'isolinux/menu.cfg': 'menu title Photon\n',
        'EFI/BOOT/bootx64.efi': efiLoader,
      },
    },
    mechanism: 'http-source',
    recipe: 'photon',
    name: 'Photon OS 5.0 installer',
    version: '5.0',
    architecture: 'x86_64',
    entries: ['Install!'],
    commandLine: 'root=/dev/ram0 loglevel=3 repo={http}/{iso}/RPMS insecure_installation=1',
  },
  {
    title: 'IPFire',
    image: {
      label: 'IPFire_2.29_x86_64',
      files: { 'boot/isolinux/vmlinuz': linux, 'boot/isolinux/instroot': initrd, 'distro.img': 4096 },
    },
    mechanism: 'http-source',
    recipe: 'ipfire',
    name: 'IPFire 2.29 installer',
    version: '2.29',
    architecture: 'x86_64',
    entries: ['Install!'],
    commandLine: 'vga=791 installer.download-url={http}/{iso}.iso',
  },
];

const antix = (label: string, menu: string) => ({
  label,
  files: {
    'antiX/vmlinuz': linux,
    'antiX/initrd.gz': initrd,
    'antiX/linuxfs': 4096,
    'boot/grub/grub.cfg': menu,
    'EFI/BOOT/bootx64.efi': efiLoader,
  },
});

export const mediaOnlyCases: readonly CatalogueCase[] = [
  ...(
    [
      [
        'MX Linux',
        'mx-linux',
        'MX Linux',
        antix('MX-Live', 'menuentry "MX Linux 23.3" {\n linux /antiX/vmlinuz quiet\n}\n'),
        undefined,
      ],
      [
        'antiX',
        'antix',
        'antiX 23.1',
        antix('antiX-23.1', 'menuentry "antiX" {\n linux /antiX/vmlinuz quiet\n}\n'),
        '23.1',
      ],
      [
        'Slax',
        'slax',
        'Slax',
        {
          label: 'Slax',
          files: { 'slax/boot/vmlinuz': linux, 'slax/boot/initrfs.img': initrd, 'EFI/Boot/bootx64.efi': efiLoader },
        },
        undefined,
      ],
      [
        'MiniOS',
        'minios',
        'MiniOS',
        { label: 'MiniOS', files: { 'minios/boot/vmlinuz': linux, 'EFI/Boot/bootx64.efi': efiLoader } },
        undefined,
      ],
      [
        'Porteus',
        'porteus',
        'Porteus',
        {
          label: 'Porteus',
          files: { 'boot/syslinux/vmlinuz': linux, 'porteus/base/000.xzm': 1, 'EFI/Boot/bootx64.efi': efiLoader },
        },
        undefined,
      ],
      [
        'Kaspersky Rescue Disk',
        'kaspersky-rescue-disk',
        'Kaspersky Rescue Disk',
        {
          label: 'KRD',
          files: {
            'boot/grub/k-x86_64': linux,
            'boot/grub/initrd.xz': initrd,
            'data/000-core.srm': 1,
            'EFI/Boot/bootx64.efi': efiLoader,
          },
        },
        undefined,
      ],
    ] as const
  ).map(([title, recipe, name, image, version]) => ({
    title,
    image,
    mechanism: 'media-only',
    recipe,
    name,
    ...(version === undefined ? {} : { version }),
    architecture: 'x86_64',
    entries: [],
    cannot: 'discs and USB sticks only',
  })),
  {
    title: 'Parted Magic, which can',
    image: {
      label: 'PartedMagic',
      files: { 'pmagic/bzImage64': linux, 'pmagic/initrd.img': initrd, 'pmagic/pmodules/PMAGIC.SQFS': 4096 },
    },
    mechanism: 'media-only',
    recipe: 'parted-magic',
    name: 'Parted Magic',
    architecture: 'x86_64',
    entries: ['Parted Magic'],
    commandLine: 'edd=on vga=normal netsrc=wget neturl={http}/{iso}/pmagic/ netargs=-U',
  },
];
