import { describe, expect, it } from 'vitest';
import { identify } from '../../../../main/engine/images/identify.ts';
import { initrd, linux } from './catalogue/case.ts';
import { memoryImage, type MemoryImageOptions } from './memory-image.ts';

const MIB = 1024 * 1024;

/** What of an image ends up in the memory of a machine, beside what its system wants. */
const cases: readonly (readonly [title: string, image: MemoryImageOptions, sizeBytes: number, neededMiB: number])[] = [
  [
    'casper copies the whole disc',
    { files: { 'casper/vmlinuz': linux, 'casper/initrd': initrd, 'casper/filesystem.squashfs': 1 } },
    3000 * MIB,
    1536 + 3000,
  ],
  [
    'live-boot copies its squashfs and unpacks its initial RAM disk',
    { files: { 'live/vmlinuz': linux, 'live/initrd.img': MIB, 'live/filesystem.squashfs': 6 * MIB } },
    3000 * MIB,
    512 + 7,
  ],
  [
    "Anaconda's second stage must fit in half of the memory",
    {
      label: 'Rocky-9-3-x86_64-dvd',
      files: {
        '.discinfo': 'x',
        'images/install.img': 8 * MIB,
        'images/pxeboot/vmlinuz': linux,
        'images/pxeboot/initrd.img': MIB,
      },
    },
    3000 * MIB,
    1024 + 18,
  ],
  [
    'archiso takes at most three quarters of the memory for its image',
    {
      files: {
        'arch/boot/x86_64/vmlinuz-linux': linux,
        'arch/boot/x86_64/initramfs-linux.img': initrd,
        'arch/x86_64/airootfs.sfs': 3 * MIB,
      },
    },
    3000 * MIB,
    768 + 5,
  ],
  [
    'a disc inside an initial RAM disk is there twice',
    { label: 'PVE', files: { '.cd-info': "PRODUCT='pve'\n", 'boot/linux26': linux, 'boot/initrd.img': initrd } },
    1500 * MIB,
    1024 + 3000,
  ],
  [
    'memdisk holds the disc',
    { label: 'FD13LIVE', files: { 'freedos/version.fdi': 'FreeDOS 1.3' } },
    400 * MIB,
    64 + 400,
  ],
];

describe('memory that a machine needs', () => {
  it.each(cases)('%s', async (_title, options, sizeBytes, neededMiB) => {
    const image = await identify({ ...memoryImage(options), sizeBytes });
    expect(image.memoryNeededMiB).toBe(neededMiB);
  });
});
