import { startsWith, uint16le, uint32le, uint64le, uint8 } from '../iso/byte-fields.ts';
import { ImageDamage } from '../iso/image-damage.ts';

/** The header of a Windows image file: WIM, ESD and parts of a split WIM. Pure. */

export const WIM_HEADER_BYTES = 208;

export type WimCompression = 'none' | 'xpress' | 'lzx' | 'lzms' | 'unknown';

export interface WimHeader {
  /** Solid files (ESD) pack many files into one stream. */
  readonly isSolid: boolean;
  readonly compression: WimCompression;
  readonly partNumber: number;
  readonly totalParts: number;
  readonly imageCount: number;
  /** Number of the image, from 1 on, that a boot loader starts; 0 for none. */
  readonly bootIndex: number;
  readonly xml: WimResource;
}

/** Where something lies in the file. */
export interface WimResource {
  readonly offsetBytes: number;
  readonly storedBytes: number;
  readonly originalBytes: number;
  readonly isCompressed: boolean;
}

const SOLID_VERSION = 0x0e00;
const COMPRESSED = 0x0000_0002;
const kinds: readonly (readonly [flag: number, compression: WimCompression])[] = [
  [0x0002_0000, 'xpress'],
  [0x0004_0000, 'lzx'],
  [0x0008_0000, 'lzms'],
];

export function parseWimHeader(bytes: Uint8Array): WimHeader {
  if (bytes.length < WIM_HEADER_BYTES || !startsWith(bytes, 0, 'MSWIM\0\0\0')) {
    throw new ImageDamage('it has no WIM header');
  }
  const flags = uint32le(bytes, 16);
  const found = kinds.find(([flag]) => (flags & flag) !== 0)?.[1] ?? 'unknown';
  return {
    isSolid: uint32le(bytes, 12) === SOLID_VERSION,
    compression: (flags & COMPRESSED) === 0 ? 'none' : found,
    partNumber: uint16le(bytes, 40),
    totalParts: uint16le(bytes, 42),
    imageCount: uint32le(bytes, 44),
    bootIndex: uint32le(bytes, 120),
    xml: parseResource(bytes, 72),
  };
}

/** A resource header: 7 bytes of stored size, a byte of flags, offset, original size. */
function parseResource(bytes: Uint8Array, offset: number): WimResource {
  return {
    storedBytes: uint32le(bytes, offset) + (uint16le(bytes, offset + 4) + uint8(bytes, offset + 6) * 2 ** 16) * 2 ** 32,
    isCompressed: (uint8(bytes, offset + 7) & 0x04) !== 0,
    offsetBytes: uint64le(bytes, offset + 8),
    originalBytes: uint64le(bytes, offset + 16),
  };
}
