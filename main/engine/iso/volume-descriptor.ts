import { latin1, startsWith, uint16le, uint32le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import { ucs2BigEndian, utf8OrLatin1 } from './name-text.ts';

/** ECMA-119 section 8: what stands in the sectors from 16 on. UDF announces itself in the same place. */

/** Volume descriptors, and everything else below, are laid out in sectors of this size whatever the block size is. */
export const SECTOR_BYTES = 2048;
export const FIRST_DESCRIPTOR_SECTOR = 16;

/** A descriptor that leads to a directory tree. */
export interface VolumeTree {
  readonly volumeLabel: string;
  readonly volumeBlocks: number;
  readonly blockBytes: number;
  readonly rootBlock: number;
  readonly rootBytes: number;
}

export type VolumeDescriptor =
  | { readonly kind: 'primary'; readonly tree: VolumeTree }
  | { readonly kind: 'joliet'; readonly tree: VolumeTree }
  | { readonly kind: 'el-torito'; readonly catalogueSector: number }
  | { readonly kind: 'udf'; readonly identifier: string }
  | { readonly kind: 'terminator' }
  | { readonly kind: 'other' };

/** Identifiers of ECMA-167 volume recognition structures; the sequence stands behind the ISO 9660 terminator. */
const udfIdentifiers = new Set(['BEA01', 'NSR02', 'NSR03', 'BOOT2', 'TEA01']);

/** Joliet: the escape sequences of UCS-2 levels 1, 2 and 3. */
const jolietEscapes = new Set(['%/@', '%/C', '%/E']);

/** One descriptor sector; undefined where the sector holds none. */
export function parseVolumeDescriptor(sector: Uint8Array): VolumeDescriptor | undefined {
  const identifier = latin1(sector, 1, 5);
  if (udfIdentifiers.has(identifier)) return { kind: 'udf', identifier };
  if (identifier !== 'CD001' || sector.length < SECTOR_BYTES) return undefined;
  switch (uint8(sector, 0)) {
    case 0:
      return startsWith(sector, 7, 'EL TORITO SPECIFICATION')
        ? { kind: 'el-torito', catalogueSector: uint32le(sector, 71) }
        : { kind: 'other' };
    case 1:
      return { kind: 'primary', tree: volumeTree(sector, (bytes) => utf8OrLatin1(bytes)) };
    case 2:
      // Version 2 is ISO 9660:1999's enhanced descriptor, whose tree is the primary one with longer names.
      return jolietEscapes.has(latin1(sector, 88, 3))
        ? { kind: 'joliet', tree: volumeTree(sector, ucs2BigEndian) }
        : { kind: 'other' };
    case 255:
      return { kind: 'terminator' };
    default:
      return { kind: 'other' };
  }
}

function volumeTree(sector: Uint8Array, decodeLabel: (bytes: Uint8Array) => string): VolumeTree {
  const blockBytes = uint16le(sector, 128);
  if (blockBytes !== 512 && blockBytes !== 1024 && blockBytes !== 2048) {
    throw new ImageDamage(`its volume descriptor gives a block size of ${blockBytes} bytes`);
  }
  return {
    volumeLabel: decodeLabel(sector.subarray(40, 72)).replace(/[\0 ]+$/, ''),
    volumeBlocks: uint32le(sector, 80),
    blockBytes,
    rootBlock: uint32le(sector, 156 + 2) + uint8(sector, 156 + 1),
    rootBytes: uint32le(sector, 156 + 10),
  };
}
