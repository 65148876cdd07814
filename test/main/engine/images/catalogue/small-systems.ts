import { type CatalogueCase, cpioOf, efiLoader, grub, initrd, isolinux, linux, linux32, linuxArm } from './case.ts';

const alpine = (flavour: string, ramDisk: Uint8Array) => ({
  label: `alpine-std 3.19.1 x86_64`,
  files: {
    '.alpine-release': 'alpine-3.19.1\n',
    'apks/.boot_repository': '',
    'apks/x86_64/APKINDEX.tar.gz': 1,
    [`boot/vmlinuz-${flavour}`]: linux,
    [`boot/initramfs-${flavour}`]: ramDisk,
    [`boot/modloop-${flavour}`]: 4096,
    'efi/boot/bootx64.efi': efiLoader,
    'boot/syslinux/syslinux.cfg': isolinux(
      `Linux ${flavour} | /boot/vmlinuz-${flavour} | /boot/initramfs-${flavour} | modules=loop,squashfs,sd-mod,usb-storage quiet`,
    ),
  },
});

const alpineLike: CatalogueCase = {
  title: 'a system made of Alpine',
  image: {
    label: 'ACME',
    files: {
      'boot/vmlinuz-lts': linux,
      'boot/initramfs-lts': initrd,
      'boot/modloop-lts': 1,
      'apks/x86_64/x.apk': 1,
      'efi/boot/bootx64.efi': efiLoader,
    },
  },
  mechanism: 'alpine-modloop',
  recipe: 'alpine-like',
  name: 'Alpine-based system',
  architecture: 'x86_64',
  entries: [],
  cannot: 'holds no DHCP client',
};

export const alpineCases: readonly CatalogueCase[] = [
  alpineLike,
  {
    title: 'Alpine, whose initial RAM disk knows no network',
    image: alpine('lts', cpioOf('usr/lib/modules/6.6.14-0-lts/kernel/drivers/ata/ahci.ko')),
    mechanism: 'alpine-modloop',
    recipe: 'alpine',
    name: 'Alpine Linux 3.19.1',
    version: '3.19.1',
    architecture: 'x86_64',
    entries: [],
    cannot: 'neither drivers of network cards nor a DHCP client',
  },
  {
    title: 'Alpine with the initial RAM disk of its netboot package',
    image: alpine('virt', cpioOf('usr/share/udhcpc/default.script')),
    mechanism: 'alpine-modloop',
    recipe: 'alpine-network',
    name: 'Alpine Linux 3.19.1 with a network initial RAM disk',
    version: '3.19.1',
    architecture: 'x86_64',
    entries: ['Alpine Linux'],
    commandLine:
      'ip=dhcp modules=loop,squashfs alpine_repo={http}/{iso}/apks modloop={http}/{iso}/boot/modloop-virt BOOTIF=01-{mac-} quiet',
  },
];

const expected = { mechanism: 'initramfs-os', architecture: 'x86_64' } as const;

export const initramfsOsCases: readonly CatalogueCase[] = [
  {
    ...expected,
    title: 'Talos',
    image: {
      label: 'TALOS_V1_6_7',
      files: {
        'boot/vmlinuz': linux,
        'boot/initramfs.xz': initrd,
        'boot/grub/grub.cfg': grub(
          'Talos ISO | /boot/vmlinuz | /boot/initramfs.xz | talos.platform=metal console=ttyS0 console=tty0 init_on_alloc=1',
        ),
      },
    },
    recipe: 'talos',
    name: 'Talos Linux 1.6.7',
    version: '1.6.7',
    entries: ['Talos ISO'],
    commandLine: 'talos.platform=metal console=ttyS0 console=tty0 init_on_alloc=1',
  },
  {
    ...expected,
    title: 'Talos for arm64 without a menu',
    image: {
      label: 'TALOS_V1_6_7',
      boots: ['uefi'],
      files: { 'boot/vmlinuz': linuxArm, 'boot/initramfs.xz': initrd, 'EFI/boot/bootaa64.efi': 512 },
    },
    recipe: 'talos',
    name: 'Talos Linux 1.6.7',
    version: '1.6.7',
    architecture: 'aarch64',
    entries: ['Talos Linux'],
    commandLine:
      'talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on consoleblank=0 nvme_core.io_timeout=4294967295 printk.devkmsg=on',
  },
  {
    ...expected,
    title: 'Flatcar',
    image: {
      label: 'CDROM',
      files: {
        'flatcar/vmlinuz': linux,
        'flatcar/cpio.gz': initrd,
        'isolinux/isolinux.cfg': isolinux(
          'flatcar | /flatcar/vmlinuz | /flatcar/cpio.gz | flatcar.autologin=tty1 flatcar.first_boot=1',
        ),
      },
    },
    recipe: 'flatcar',
    name: 'Flatcar Container Linux',
    entries: ['flatcar'],
    commandLine: 'flatcar.autologin=tty1 flatcar.first_boot=1',
  },
  {
    ...expected,
    title: 'Tiny Core with its extensions',
    image: {
      label: 'TinyCore',
      files: {
        'boot/vmlinuz64': linux,
        'boot/corepure64.gz': initrd,
        'cde/onboot.lst': 'Xvesa.tcz\n',
        'cde/copy2fs.lst': '',
        'boot/isolinux/isolinux.cfg': isolinux(
          'Boot TinyCore | /boot/vmlinuz64 | /boot/corepure64.gz | loglevel=3 cde waitusb=5',
        ),
      },
    },
    recipe: 'tinycore',
    name: 'Tiny Core Linux',
    entries: ['Boot TinyCore'],
    commandLine: 'loglevel=3',
    warns: 'extensions',
  },
  {
    ...expected,
    title: 'ShredOS',
    image: {
      label: 'shredos',
      files: {
        'boot/shredos': linux,
        'boot/grub/grub.cfg': grub('ShredOS | /boot/shredos | | console=tty3 loglevel=3'),
      },
    },
    recipe: 'shredos',
    name: 'ShredOS',
    entries: ['ShredOS!'],
    commandLine: 'console=tty3 loglevel=3',
    warns: 'erases disks',
  },
  {
    ...expected,
    title: 'DBAN',
    image: { label: 'DBAN_2_3_0', boots: ['bios'], files: { 'DBAN.BZI': linux32, 'README.TXT': 'x' } },
    recipe: 'dban',
    name: 'DBAN',
    entries: ['DBAN!'],
    commandLine: 'nuke="dwipe" silent vga=785',
    warns: 'BIOS only',
  },
  {
    ...expected,
    title: 'Fatdog64',
    image: {
      label: 'Fatdog64-902',
      files: {
        vmlinuz: linux,
        initrd,
        'grub.cfg': grub('Start Fatdog64 | /vmlinuz | /initrd | savefile=direct:multi'),
      },
    },
    recipe: 'fatdog',
    name: 'Fatdog64',
    entries: ['Start Fatdog64'],
    commandLine: 'rootfstype=ramfs',
  },
  {
    ...expected,
    title: '4MLinux',
    image: { label: '4MLinux-45.0', files: { 'boot/bzImage': linux, 'boot/initrd.gz': initrd } },
    recipe: 'fourmlinux',
    name: '4MLinux 45.0',
    version: '45.0',
    entries: ['Live system'],
    commandLine: 'root=/dev/ram0 vga=normal',
  },
  {
    ...expected,
    title: 'RancherOS',
    image: { label: 'RancherOS', files: { 'boot/vmlinuz-4.14.138-rancher': linux, 'boot/initrd-v1.5.8': initrd } },
    recipe: 'rancheros',
    name: 'RancherOS',
    entries: ['RancherOS'],
    commandLine: 'rancher.autologin=tty1',
  },
  {
    ...expected,
    title: 'SliTaz',
    image: {
      label: 'SliTaz',
      boots: ['bios'],
      files: {
        'boot/bzImage': linux32,
        'boot/rootfs.gz': initrd,
        'boot/isolinux/isolinux.cfg': isolinux(
          'SliTaz Live | /boot/bzImage | /boot/rootfs.gz | rw root=/dev/null autologin',
        ),
      },
    },
    recipe: 'slitaz',
    name: 'SliTaz',
    entries: ['SliTaz Live'],
    commandLine: 'rw root=/dev/null',
  },
  {
    ...expected,
    title: 'the small Ubuntu that downloads the big one',
    image: {
      label: 'Ubuntu 24.04 mini',
      files: {
        'casper/vmlinuz': linux,
        'casper/initrd': initrd,
        'boot/grub/grub.cfg': grub(
          'Choose an Ubuntu version to install | /casper/vmlinuz | /casper/initrd | iso-chooser-menu ip=dhcp ---',
        ),
      },
    },
    recipe: 'ubuntu-mini',
    name: 'Ubuntu mini 24.04',
    version: '24.04',
    entries: ['Choose an Ubuntu version to install'],
    commandLine: 'iso-chooser-menu ip=dhcp ---',
    warns: 'internet',
  },
];
