import { type CatalogueCase, efiLoader, grub, initrd, isolinux, linux } from './case.ts';

const expected = { mechanism: 'initramfs-injection', architecture: 'x86_64' } as const;

const proxmox = (label: string, product: string, release: string) => ({
  label,
  files: {
    '.cd-info': `PRODUCT='${product}'\nPRODUCTLONG='Proxmox'\nRELEASE='${release}'\nISORELEASE='1'\n`,
    'boot/linux26': linux,
    'boot/initrd.img': initrd,
    'pve-installer.squashfs': 4096,
    'boot/memtest86+x64.bin': linux,
    'efi/boot/bootx64.efi': efiLoader,
    'boot/grub/grub.cfg': grub(
      'Install Proxmox (Graphical) | /boot/linux26 | /boot/initrd.img | ro ramdisk_size=16777216 rw splash=silent',
      'Install Proxmox (Automated) | /boot/linux26 | /boot/initrd.img | ro ramdisk_size=16777216 rw proxmox-start-auto-installer',
      'Rescue Boot | /boot/linux26 | /boot/initrd.img | ro ramdisk_size=16777216 rw proxmox-debug',
    ),
  },
});

export const injectionCases: readonly CatalogueCase[] = [
  ...(
    [
      ['PVE', 'pve', '8.1', 'proxmox-ve', 'Proxmox VE 8.1'],
      ['PBS', 'pbs', '3.1', 'proxmox-backup-server', 'Proxmox Backup Server 3.1'],
      ['PMG', 'pmg', '8.1', 'proxmox-mail-gateway', 'Proxmox Mail Gateway 8.1'],
      ['PDM', 'pdm', '1.0', 'proxmox-datacenter-manager', 'Proxmox Datacenter Manager 1.0'],
    ] as const
  ).map(([label, product, release, recipe, name]) => ({
    ...expected,
    title: name,
    image: proxmox(label, product, release),
    recipe,
    name,
    version: release,
    entries: ['Install Proxmox (Graphical)!', 'Rescue Boot'],
    commandLine: 'ro ramdisk_size=16777216 rw splash=silent',
    injected: [{ from: '{iso}.iso', to: '/proxmox.iso' }],
    warns: 'holds it twice',
  })),
  {
    ...expected,
    title: 'a Proxmox of the future, without a menu',
    image: {
      label: 'PXX',
      files: { '.cd-info': "PRODUCT='pxx'\n", 'boot/linux26': linux, 'boot/initrd.img': initrd },
    },
    recipe: 'proxmox',
    name: 'Proxmox installer',
    entries: ['Install!'],
    commandLine: 'ro ramdisk_size=16777216 rw quiet splash=silent',
    injected: [{ from: '{iso}.iso', to: '/proxmox.iso' }],
  },
  {
    ...expected,
    title: 'Void',
    image: {
      label: 'VOID_LIVE',
      files: {
        'LiveOS/squashfs.img': 4096,
        'boot/vmlinuz': linux,
        'boot/initrd': initrd,
        'boot/grub/grub.cfg': 'source "(${voidlive})/boot/grub/grub_void.cfg"\n',
        'boot/isolinux/isolinux.cfg': isolinux(
          'Void Linux 6.6.30_1 x86_64 | /boot/vmlinuz | /boot/initrd | root=live:CDLABEL=VOID_LIVE ro init=/sbin/init rd.luks=0 rd.md=0 rd.dm=0 loglevel=4 vconsole.keymap=us',
        ),
      },
    },
    recipe: 'void',
    name: 'Void Linux live',
    version: '6.6.30_1',
    entries: ['Void Linux 6.6.30_1 x86_64'],
    commandLine: 'ro init=/sbin/init rd.luks=0 rd.md=0 rd.dm=0 loglevel=4 vconsole.keymap=us root=live:/squashfs.img',
    injected: [{ from: 'LiveOS/squashfs.img', to: '/squashfs.img' }],
  },
  {
    ...expected,
    title: 'the Foreman discovery image',
    image: {
      label: 'fdi',
      files: { 'LiveOS/squashfs.img': 4096, 'isolinux/vmlinuz0': linux, 'isolinux/initrd0.img': initrd },
    },
    recipe: 'foreman-discovery',
    name: 'Foreman discovery image',
    entries: ['Discovery'],
    commandLine:
      'rootflags=loop root=live:/fdi.iso rootfstype=auto ro rd.live.image acpi=force rd.luks=0 rd.md=0 rd.dm=0 rd.lvm=0 rd.bootif=0 rd.neednet=0 nomodeset BOOTIF=01-{mac-}',
    injected: [{ from: '{iso}.iso', to: '/fdi.iso' }],
  },
  {
    ...expected,
    title: 'Gentoo with genkernel',
    image: {
      label: 'Gentoo-amd64-20240428',
      files: {
        'image.squashfs': 4096,
        'boot/gentoo': linux,
        'boot/gentoo.igz': initrd,
        'boot/grub/grub.cfg': grub(
          'Boot LiveCD (kernel: gentoo) | /boot/gentoo | /boot/gentoo.igz | dokeymap looptype=squashfs loop=/image.squashfs cdroot',
        ),
      },
    },
    recipe: 'gentoo',
    name: 'Gentoo 20240428 live',
    version: '20240428',
    entries: ['Boot LiveCD (kernel: gentoo)'],
    commandLine: 'dokeymap root=/dev/ram0 init=/linuxrc loop=/image.squashfs looptype=squashfs cdroot=1 ip=dhcp',
    injected: [{ from: 'image.squashfs', to: '/image.squashfs' }],
  },
  {
    ...expected,
    title: 'Gentoo with dracut',
    image: {
      label: 'Gentoo-amd64-20250105',
      files: {
        'image.squashfs': 4096,
        'boot/gentoo': linux,
        'boot/gentoo.igz': initrd,
        'boot/grub/grub.cfg': grub(
          'Boot LiveCD (kernel: gentoo) | /boot/gentoo | /boot/gentoo.igz | root=live:CDLABEL=Gentoo-amd64-20250105 rd.live.dir=/ rd.live.squashimg=image.squashfs cdroot',
        ),
      },
    },
    recipe: 'gentoo-dracut',
    name: 'Gentoo 20250105 live',
    version: '20250105',
    entries: ['Boot LiveCD (kernel: gentoo)'],
    commandLine: 'cdroot root=live:/image.squashfs',
    injected: [{ from: 'image.squashfs', to: '/image.squashfs' }],
  },
  {
    ...expected,
    title: 'Puppy',
    image: {
      label: 'BookwormPup64',
      files: {
        vmlinuz: linux,
        'initrd.gz': initrd,
        'puppy_bookwormpup64_10.0.6.sfs': 4096,
        'zdrv_bookwormpup64_10.0.6.sfs': 4096,
        'grub.cfg': grub('BookwormPup64 | /vmlinuz | /initrd.gz | pmedia=cd pfix=nox'),
      },
    },
    recipe: 'puppy',
    name: 'Puppy Linux',
    entries: ['BookwormPup64'],
    commandLine: 'pfix=nox pmedia=cd pfix=ram rootfstype=ramfs',
    injected: [
      { from: 'zdrv_bookwormpup64_10.0.6.sfs', to: '/zdrv_bookwormpup64_10.0.6.sfs' },
      { from: 'puppy_bookwormpup64_10.0.6.sfs', to: '/puppy_bookwormpup64_10.0.6.sfs' },
    ],
  },
  {
    ...expected,
    title: 'NixOS, which mounts its disc by label',
    image: {
      label: 'nixos-minimal-24.05-x86_64',
      files: {
        'nix-store.squashfs': 4096,
        'boot/bzImage': linux,
        'boot/initrd': initrd,
        'EFI/boot/bootx64.efi': efiLoader,
      },
    },
    recipe: 'nixos',
    name: 'NixOS 24.05',
    version: '24.05',
    entries: [],
    cannot: 'netboot build of the same release',
  },
];
