import { latin1, uint16le, uint32le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';

/** The first sector of a FAT file system (ECMA-107; Microsoft's FAT specification 1.03). Pure. */

export interface FatVolume {
  /** Bits of an entry of the allocation table. */
  readonly kind: 12 | 16 | 32;
  readonly clusterBytes: number;
  readonly clusterCount: number;
  readonly tableOffsetBytes: number;
  readonly tableBytes: number;
  /** Where cluster 2, the first, starts. */
  readonly dataOffsetBytes: number;
  /** FAT12 and FAT16 keep their root directory in a place of its own; FAT32 in clusters. */
  readonly root:
    | { readonly kind: 'area'; readonly offsetBytes: number; readonly lengthBytes: number }
    | { readonly kind: 'cluster'; readonly cluster: number };
  readonly volumeLabel: string;
}

export const FAT_BOOT_SECTOR_BYTES = 512;
export const FAT_RECORD_BYTES = 32;

/** Undefined where the sector starts no FAT file system at all. Throws ImageDamage where it starts one that cannot be. */
export function parseFatBootSector(sector: Uint8Array): FatVolume | undefined {
  const sectorBytes = uint16le(sector, 11);
  const clusterSectors = uint8(sector, 13);
  const reservedSectors = uint16le(sector, 14);
  const tables = uint8(sector, 16);
  const looksRight =
    sector.length >= FAT_BOOT_SECTOR_BYTES &&
    [512, 1024, 2048, 4096].includes(sectorBytes) &&
    clusterSectors > 0 &&
    (clusterSectors & (clusterSectors - 1)) === 0 &&
    reservedSectors > 0 &&
    (tables === 1 || tables === 2) &&
    uint16le(sector, 510) === 0xaa55;
  if (!looksRight) return undefined;

  // A table size of 0 in the old field is what tells FAT32, to Linux and mtools alike; small FAT32 volumes do exist.
  const isFat32 = uint16le(sector, 22) === 0;
  const tableBytes = (isFat32 ? uint32le(sector, 36) : uint16le(sector, 22)) * sectorBytes;
  const totalBytes = (uint16le(sector, 19) || uint32le(sector, 32)) * sectorBytes;
  const rootBytes = uint16le(sector, 17) * FAT_RECORD_BYTES;
  const tableOffsetBytes = reservedSectors * sectorBytes;
  const rootOffsetBytes = tableOffsetBytes + tables * tableBytes;
  const dataOffsetBytes = rootOffsetBytes + Math.ceil(rootBytes / sectorBytes) * sectorBytes;
  const clusterBytes = clusterSectors * sectorBytes;
  const clusterCount = Math.floor((totalBytes - dataOffsetBytes) / clusterBytes);
  if (tableBytes === 0 || clusterCount < 1) throw new ImageDamage('its FAT file system has no room for a file');
  const kind = isFat32 ? 32 : clusterCount < 4085 ? 12 : 16;
  // A table that has no entry for the last cluster: seen on nothing that firmware would boot.
  if (tableBytes * 8 < (clusterCount + 2) * kind) throw new ImageDamage('its FAT file system has too small a table');
  const extended = isFat32 ? 66 : 38;
  return {
    kind,
    clusterBytes,
    clusterCount,
    tableOffsetBytes,
    tableBytes,
    dataOffsetBytes,
    root: isFat32
      ? { kind: 'cluster', cluster: uint32le(sector, 44) }
      : { kind: 'area', offsetBytes: rootOffsetBytes, lengthBytes: rootBytes },
    volumeLabel: uint8(sector, extended) === 0x29 ? labelOf(latin1(sector, extended + 5, 11)) : '',
  };
}

/** A label field; what formatting programs write for none is none. */
export function labelOf(field: string): string {
  const label = field.replace(/[\0 ]+$/, '');
  return label === 'NO NAME' ? '' : label;
}
