import { startsWith, uint16le, uint32le, uint8 } from './byte-fields.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

/** El Torito 1.0: the catalogue from which firmware boots a CD. */

export type BootPlatform = 'bios' | 'uefi' | 'powerpc' | 'mac' | 'other';
export type BootMedia = 'none' | 'floppy-1.2' | 'floppy-1.44' | 'floppy-2.88' | 'hard-disk' | 'other';

export interface BootCatalogueEntry {
  readonly platform: BootPlatform;
  readonly isDefault: boolean;
  /** Firmware may start it by itself; entries that are not bootable exist to be chosen by a loader. */
  readonly isBootable: boolean;
  /** What the firmware pretends the boot image to be; `none` for everything of today. */
  readonly media: BootMedia;
  /** Real-mode segment it is loaded to; 0 means the usual 0x7c0. */
  readonly loadSegment: number;
  readonly offsetBytes: number;
  /** Virtual sectors of 512 bytes that the firmware loads. */
  readonly sectorCount: number;
}

/** A catalogue, or why firmware will not accept it. */
export type BootCatalogue =
  | { readonly entries: readonly BootCatalogueEntry[]; readonly problem?: undefined }
  | { readonly entries: readonly []; readonly problem: string };

const ENTRY_BYTES = 32;
const platforms: Readonly<Record<number, BootPlatform>> = { 0x00: 'bios', 0x01: 'powerpc', 0x02: 'mac', 0xef: 'uefi' };
const medias: readonly BootMedia[] = ['none', 'floppy-1.2', 'floppy-1.44', 'floppy-2.88', 'hard-disk'];

export function parseBootCatalogue(catalogue: Uint8Array): BootCatalogue {
  const problem = validationProblem(catalogue);
  if (problem !== undefined) return { entries: [], problem };
  const entries = [parseEntry(catalogue, ENTRY_BYTES, uint8(catalogue, 1), true)];
  let offset = 2 * ENTRY_BYTES;
  while (offset + ENTRY_BYTES <= catalogue.length) {
    const header = uint8(catalogue, offset);
    if (header !== 0x90 && header !== 0x91) break;
    const platform = uint8(catalogue, offset + 1);
    let remaining = uint16le(catalogue, offset + 2);
    offset += ENTRY_BYTES;
    while (remaining > 0 && offset + ENTRY_BYTES <= catalogue.length) {
      // 0x44 extends the selection criteria of the entry before it and is not counted.
      if (uint8(catalogue, offset) !== 0x44) {
        entries.push(parseEntry(catalogue, offset, platform, false));
        remaining -= 1;
      }
      offset += ENTRY_BYTES;
    }
    if (header === 0x91) break;
  }
  return { entries };
}

function validationProblem(catalogue: Uint8Array): string | undefined {
  if (catalogue.length < 2 * ENTRY_BYTES) return 'the boot catalogue is outside the image';
  if (uint8(catalogue, 0) !== 1 || uint16le(catalogue, 30) !== 0xaa55) {
    return 'the boot catalogue has no validation entry';
  }
  let sum = 0;
  for (let offset = 0; offset < ENTRY_BYTES; offset += 2) sum += uint16le(catalogue, offset);
  return (sum & 0xffff) === 0 ? undefined : 'the checksum of the boot catalogue is wrong';
}

function parseEntry(catalogue: Uint8Array, offset: number, platform: number, isDefault: boolean): BootCatalogueEntry {
  return {
    platform: platforms[platform] ?? 'other',
    isDefault,
    isBootable: uint8(catalogue, offset) === 0x88,
    media: medias[uint8(catalogue, offset + 1) & 0x0f] ?? 'other',
    loadSegment: uint16le(catalogue, offset + 2),
    offsetBytes: uint32le(catalogue, offset + 8) * SECTOR_BYTES,
    sectorCount: uint16le(catalogue, offset + 6),
  };
}

const floppyBytes: Partial<Record<BootMedia, number>> = {
  'floppy-1.2': 1_228_800,
  'floppy-1.44': 1_474_560,
  'floppy-2.88': 2_949_120,
};

/** Bytes of a boot image's start that `bootImageBytes` looks at. */
export const BOOT_IMAGE_HEAD_BYTES = 512;

/**
 * The whole size of a boot image, which the catalogue does not always tell: writers put 4 for an isolinux.bin, of which
 * the firmware loads 2 KiB and which loads the rest of itself, and 0 or 1 for an EFI system partition of 32 MiB or more,
 * as the field has 16 bits. What the image says about itself goes before the sector count.
 */
export function bootImageBytes(entry: BootCatalogueEntry, head: Uint8Array): number {
  const emulated = floppyBytes[entry.media];
  if (emulated !== undefined) return emulated;
  return fatBytes(head) ?? bootInfoTableBytes(entry, head) ?? entry.sectorCount * 512;
}

/** Size of the FAT file system that starts here, from its BIOS parameter block. */
function fatBytes(head: Uint8Array): number | undefined {
  const isFat = startsWith(head, 54, 'FAT') || startsWith(head, 82, 'FAT32');
  const sectorBytes = uint16le(head, 11);
  if (!isFat || uint16le(head, 510) !== 0xaa55 || ![512, 1024, 2048, 4096].includes(sectorBytes)) return undefined;
  const sectors = uint16le(head, 19) === 0 ? uint32le(head, 32) : uint16le(head, 19);
  return sectors === 0 ? undefined : sectors * sectorBytes;
}

/** The table that mkisofs -boot-info-table patches in at byte 8: volume descriptor, own sector, own length. */
function bootInfoTableBytes(entry: BootCatalogueEntry, head: Uint8Array): number | undefined {
  const isTable = uint32le(head, 8) === 16 && uint32le(head, 12) * SECTOR_BYTES === entry.offsetBytes;
  return isTable ? uint32le(head, 16) : undefined;
}
