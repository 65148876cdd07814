import { describe, expect, it } from 'vitest';
import { identify } from '../../../../main/engine/images/identify.ts';
import { efiLoader, grub, initrd, isolinux, linux } from './catalogue/case.ts';
import { kernelBytes, memoryImage, type MemoryImageOptions } from './memory-image.ts';

/** What a person, or a rule that looks at one file only, would take for something else. Undefined: it is nothing that boots. */
const cases: readonly (readonly [title: string, image: MemoryImageOptions, recipe: string | undefined])[] = [
  [
    'a Debian live system that is called Ubuntu',
    {
      label: 'Ubuntu 24.04 LTS amd64',
      files: { 'live/vmlinuz': linux, 'live/initrd.img': initrd, 'live/filesystem.squashfs': 1 },
    },
    'live-boot',
  ],
  [
    'an Ubuntu that is called Debian live, with a folder live',
    {
      label: 'd-live 12.5.0 gnome amd64',
      files: {
        '.disk/info': 'Ubuntu 24.04 LTS "Noble Numbat" - Release amd64 (20240424)',
        'casper/vmlinuz': linux,
        'casper/initrd': initrd,
        'casper/minimal.squashfs': 1,
        'live/readme.txt': 'x',
      },
    },
    'ubuntu-desktop',
  ],
  [
    'an Ubuntu with the files of Memtest86+ that Memtest86+ has on its own disc',
    {
      label: 'Ubuntu 24.04 LTS amd64',
      files: {
        'casper/vmlinuz': linux,
        'casper/initrd': initrd,
        'casper/minimal.squashfs': 1,
        'boot/memtest86+x64.efi': kernelBytes({ machine: 'x64', version: 'Memtest86+ v7.00' }),
        'EFI/BOOT/bootx64.efi': efiLoader,
        'boot/floppy.img': 1,
      },
    },
    'ubuntu-desktop',
  ],
  [
    'a SUSE installer with the .treeinfo that Anaconda reads too',
    {
      label: 'openSUSE-Leap-15.5-DVD-x86_64',
      files: {
        '.treeinfo': '[general]\nfamily = openSUSE Leap\nname = openSUSE Leap 15.5\nversion = 15.5\n',
        'boot/x86_64/loader/linux': linux,
        'boot/x86_64/loader/initrd': initrd,
        'boot/x86_64/root': 1,
      },
    },
    'opensuse-leap',
  ],
  [
    'a Fedora live system, whose kernel lies where that of the installer does',
    {
      label: 'Fedora-WS-Live-40-1-14',
      files: {
        'images/pxeboot/vmlinuz': linux,
        'images/pxeboot/initrd.img': initrd,
        'LiveOS/squashfs.img': 1,
        'isolinux/vmlinuz': linux,
        'isolinux/initrd.img': initrd,
        'isolinux/isolinux.cfg': isolinux(
          'Start Fedora | vmlinuz | initrd.img | root=live:CDLABEL=Fedora-WS-Live-40-1-14 rd.live.image quiet',
        ),
      },
    },
    'fedora-live',
  ],
  [
    'an XCP-ng with a .treeinfo',
    {
      label: 'x',
      files: {
        '.treeinfo': '[branding]\nname = XCP-ng\nversion = 8.3.0\n',
        'boot/xen.gz': 1,
        'boot/vmlinuz': linux,
        'install.img': 1,
        'images/install.img': 1,
        'isolinux/vmlinuz': linux,
        'isolinux/initrd.img': initrd,
      },
    },
    'xcp-ng',
  ],
  [
    'a loader menu in a boot.cfg that is not that of ESXi',
    {
      label: 'ESXI-FAN',
      files: { 'boot.cfg': 'menu=Drop to boot prompt:prompt\n', 'b.b00': 1, 'efi/boot/bootx64.efi': efiLoader },
    },
    'generic',
  ],
  [
    'a folder arch/x86_64 with an image and no kernel',
    { label: 'ARCH_202405', files: { 'arch/x86_64/airootfs.sfs': 1, 'readme.txt': 'x' } },
    undefined,
  ],
  ['a folder live without a system', { label: 'LIVE', files: { 'live/vmlinuz': linux, 'live/set.mp3': 1 } }, undefined],
  [
    'a backup of install.wim without a boot.wim',
    { label: 'CCCOMA_X64FRE_EN-US_DV9', files: { 'sources/install.wim': 1, 'setup.exe': 1 } },
    undefined,
  ],
  ['the sources of FreeBSD', { label: 'FreeBSD', files: { 'boot/kernel/Makefile': 'x', 'bin/x': 'x' } }, undefined],
  [
    'photographs of a holiday in Tails',
    { label: 'TAILS 2024', files: { 'DCIM/1.jpg': 1, 'clonezilla-live-version.txt': 'x' } },
    undefined,
  ],
  [
    'a disc with kernel and initrd at its root that is none of those that have them there',
    {
      label: 'ACME',
      files: { vmlinuz: linux, initrd, 'boot/grub/grub.cfg': grub('ACME | /vmlinuz | /initrd | quiet') },
    },
    'generic',
  ],
  [
    'a NixOS, which has a squashfs and a bzImage as ShredOS and Gentoo have',
    { label: 'x', files: { 'nix-store.squashfs': 1, 'boot/bzImage': linux, 'boot/initrd': initrd } },
    'nixos',
  ],
  [
    'a Void, whose LiveOS is that of Fedora',
    { label: 'VOID_LIVE', files: { 'LiveOS/squashfs.img': 1, 'boot/vmlinuz': linux, 'boot/initrd': initrd } },
    'void',
  ],
  [
    'a disc whose grub.cfg speaks of ShredOS in a comment, and of something else in its entry',
    {
      label: 'ACME',
      files: {
        'boot/kernel.bin': linux,
        'boot/grub/grub.cfg': `# like ShredOS\n${grub('ACME | /boot/kernel.bin | | quiet')}`,
      },
    },
    'generic',
  ],
  [
    'a casper system whose info says Kali',
    {
      label: 'x',
      files: {
        '.disk/info': 'Kali-like Remix 1.0 - x',
        'casper/vmlinuz': linux,
        'casper/initrd': initrd,
        'casper/filesystem.squashfs': 1,
      },
    },
    'casper',
  ],
  [
    'a Proxmox disc that carries a LiveOS',
    {
      label: 'PVE',
      files: {
        '.cd-info': "PRODUCT='pve'\nRELEASE='8.1'\n",
        'boot/linux26': linux,
        'boot/initrd.img': initrd,
        'LiveOS/squashfs.img': 1,
      },
    },
    'proxmox-ve',
  ],
];

describe('look-alikes', () => {
  it.each(cases)('tells %s', async (_title, image, recipe) => {
    const told = await identify(memoryImage(image)).then(
      (description) => description.recipe,
      (error: unknown) => (error as { code?: string }).code,
    );
    expect(told).toBe(recipe ?? 'E_IMAGE_NOT_BOOTABLE');
  });
});
