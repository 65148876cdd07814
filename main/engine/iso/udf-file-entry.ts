import { uint16le, uint32le, uint64le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import { udfTimeMs } from './recorded-time.ts';
import { parseLongDescriptor, parseShortDescriptor, requireTag, udfTag } from './udf-descriptor.ts';
import type { UdfExtent } from './udf-descriptor.ts';

/** ECMA-167 14.9 and 14.17: what UDF knows of a file (its ICB). */

export interface UdfFileEntry {
  readonly fileType: 'file' | 'directory' | 'symlink';
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | undefined;
  /** Allocation descriptors still to be parsed, or, where `isEmbedded`, the contents themselves. */
  readonly allocation: Uint8Array;
  /** Where `allocation` starts in the entry. */
  readonly allocationOffset: number;
  readonly descriptorKind: 'short' | 'long' | 'embedded';
}

const fileTypes: Readonly<Record<number, UdfFileEntry['fileType']>> = { 4: 'directory', 12: 'symlink' };

export function parseFileEntry(bytes: Uint8Array): UdfFileEntry {
  const tag = requireTag(bytes, [udfTag.fileEntry, udfTag.extendedFileEntry], 'file entry');
  const isExtended = tag === udfTag.extendedFileEntry;
  if (uint16le(bytes, 20) !== 4) throw new ImageDamage('a UDF file entry is part of a chain, as on write-once media');
  const lengths = isExtended ? 208 : 168;
  const allocationOffset = lengths + 8 + uint32le(bytes, lengths);
  const allocationBytes = uint32le(bytes, lengths + 4);
  if (allocationOffset + allocationBytes > bytes.length) {
    throw new ImageDamage('a UDF file entry claims more descriptors than fit');
  }
  return {
    fileType: fileTypes[uint8(bytes, 27)] ?? 'file',
    sizeBytes: uint64le(bytes, 56),
    modifiedAtMs: udfTimeMs(bytes, isExtended ? 92 : 84),
    allocation: bytes.subarray(allocationOffset, allocationOffset + allocationBytes),
    allocationOffset,
    descriptorKind: descriptorKindOf(uint16le(bytes, 34)),
  };
}

function descriptorKindOf(flags: number): UdfFileEntry['descriptorKind'] {
  switch (flags & 0b111) {
    case 0:
      return 'short';
    case 1:
      return 'long';
    case 3:
      return 'embedded';
    default:
      throw new ImageDamage('a UDF file entry uses allocation descriptors that no disc has');
  }
}

/** Allocation descriptors up to the first of length 0, which ends them. */
export function parseAllocation(bytes: Uint8Array, kind: 'short' | 'long', partition: number): UdfExtent[] {
  const size = kind === 'short' ? 8 : 16;
  const extents: UdfExtent[] = [];
  for (let offset = 0; offset + size <= bytes.length; offset += size) {
    const extent =
      kind === 'short' ? parseShortDescriptor(bytes, offset, partition) : parseLongDescriptor(bytes, offset);
    if (extent.lengthBytes === 0) break;
    extents.push(extent);
  }
  return extents;
}
