import type { Firmware } from '../../contract/firmware.ts';

/** Programs of the station itself that menus offer beside the entries of an image. Pure. */

export interface Diagnostic {
  readonly id: string;
  readonly title: string;
  /** Files at the root of the tree. A BIOS starts its one as a Linux kernel, UEFI as an application. */
  readonly files: Partial<Record<Firmware, string>>;
}

const all: readonly Diagnostic[] = [
  {
    // Entries of images are called after their titles: none is called this.
    id: 'station-memory-test',
    title: 'Memory test (Memtest86+)',
    files: { bios: 'memtest86+x64.bin', 'uefi-x64': 'memtest86+x64.efi' },
  },
];

/** Those whose files are there. */
export function diagnosticsAmong(files: ReadonlySet<string>): Diagnostic[] {
  return all.flatMap((one) => {
    const there = Object.entries(one.files).filter(([, file]) => files.has(file));
    return there.length === 0 ? [] : [{ ...one, files: Object.fromEntries(there) as Diagnostic['files'] }];
  });
}
