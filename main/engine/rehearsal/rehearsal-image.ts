import { open } from 'node:fs/promises';
import { type IsoFile, layOutIso } from './iso-layout.ts';
import { kernelHead } from './kernel-head.ts';

/** Sizes of the files that a machine fetches. */
export interface RehearsalImageSizes {
  readonly kernelBytes: number;
  readonly initrdBytes: number;
  readonly systemBytes: number;
}

const MIB = 1024 * 1024;
/** Those of a small live system. */
export const usualSizes: RehearsalImageSizes = {
  kernelBytes: 8 * MIB,
  initrdBytes: 40 * MIB,
  systemBytes: 32 * MIB,
};

const LABEL = 'FIELDBOOT_REHEARSAL';
const VERSION = '6.12.0-rehearsal (nobody@nowhere) no kernel, only the head of one';

/**
 * Writes the image that machines rehearse with: recognised as any other is, by a recipe of its own, with kernels for PCs and
 * for arm64. What the files hold is of no use to anybody; most of the image is a hole that takes no room on the disk.
 */
export async function writeRehearsalImage(path: string, sizes: RehearsalImageSizes = usualSizes): Promise<void> {
  const { sizeBytes, parts } = layOutIso({
    volumeLabel: LABEL,
    files: files(sizes),
    boot: { bios: 'isolinux/isolinux.bin', uefi: 'boot/grub/efi.img' },
  });
  const handle = await open(path, 'wx');
  try {
    for (const { offsetBytes, bytes } of parts) await handle.write(bytes, 0, bytes.length, offsetBytes);
    await handle.truncate(sizeBytes);
  } finally {
    await handle.close();
  }
}

function files({ kernelBytes, initrdBytes, systemBytes }: RehearsalImageSizes): IsoFile[] {
  const file = (path: string, sizeBytes: number, start: Uint8Array): IsoFile => ({
    path,
    sizeBytes: Math.max(sizeBytes, start.length),
    parts: start.length === 0 ? [] : [{ offsetBytes: 0, bytes: start }],
  });
  const text = (path: string, content: string): IsoFile => file(path, 0, Buffer.from(content));
  const stub = (path: string): IsoFile => file(path, 2048, Buffer.from('This starts nothing.\n'));
  // The magic of what they would be: a compressed cpio archive, and a squashfs.
  const gzip = Uint8Array.of(0x1f, 0x8b, 8);
  return [
    text('.disk/info', 'Fieldboot rehearsal 1.0\n'),
    text('isolinux/isolinux.cfg', isolinuxMenu),
    stub('isolinux/isolinux.bin'),
    text('boot/grub/grub.cfg', grubMenu),
    stub('boot/grub/efi.img'),
    stub('EFI/BOOT/bootx64.efi'),
    stub('EFI/BOOT/bootaa64.efi'),
    file('rehearsal/vmlinuz', kernelBytes, kernelHead('x86', VERSION)),
    file('rehearsal/vmlinuz.a64', kernelBytes, kernelHead('arm64', VERSION)),
    file('rehearsal/initrd.img', initrdBytes, gzip),
    file('rehearsal/system.squashfs', systemBytes, Buffer.from('hsqs')),
  ];
}

const isolinuxMenu = `DEFAULT rehearsal
LABEL rehearsal
  MENU LABEL Rehearsal system
  KERNEL /rehearsal/vmlinuz
  APPEND initrd=/rehearsal/initrd.img quiet
`;

const grubMenu = `set default=0
menuentry "Rehearsal system" {
  linux /rehearsal/vmlinuz quiet
  initrd /rehearsal/initrd.img
}
`;
