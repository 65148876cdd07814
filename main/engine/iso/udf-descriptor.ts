import { latin1, uint16le, uint32le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import { ucs2BigEndian } from './name-text.ts';

/** ECMA-167 parts 1 and 3 as UDF 1.02 to 2.50 uses them: descriptors that lead to the root directory. */

export const udfTag = {
  anchor: 2,
  volumeDescriptorPointer: 3,
  partition: 5,
  logicalVolume: 6,
  terminating: 8,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  fileEntry: 261,
  extendedFileEntry: 266,
} as const;

/** The tag's identifier; undefined where the tag's own checksum is wrong, as on anything that is no descriptor. */
export function parseTag(bytes: Uint8Array): number | undefined {
  if (bytes.length < 16) return undefined;
  let sum = 0;
  for (let offset = 0; offset < 16; offset += 1) if (offset !== 4) sum += uint8(bytes, offset);
  return (sum & 0xff) === uint8(bytes, 4) ? uint16le(bytes, 0) : undefined;
}

export function requireTag(bytes: Uint8Array, allowed: readonly number[], what: string): number {
  const tag = parseTag(bytes);
  if (tag === undefined || !allowed.includes(tag)) throw new ImageDamage(`its UDF ${what} is not where it should be`);
  return tag;
}

/** Where something lies: a block of a partition, by the number of its partition map. */
export interface UdfAddress {
  readonly block: number;
  readonly partition: number;
}

/** Part of a file or directory. */
export interface UdfExtent extends UdfAddress {
  readonly lengthBytes: number;
  /** 0 recorded; 1 and 2 reserved but not written (reads as zeros); 3 more descriptors are there. */
  readonly kind: number;
}

const LENGTH_MASK = 0x3fff_ffff;

/** short_ad: partition is that of the structure it stands in. */
export const parseShortDescriptor = (bytes: Uint8Array, offset: number, partition: number): UdfExtent => ({
  lengthBytes: uint32le(bytes, offset) & LENGTH_MASK,
  kind: uint32le(bytes, offset) >>> 30,
  block: uint32le(bytes, offset + 4),
  partition,
});

export const parseLongDescriptor = (bytes: Uint8Array, offset: number): UdfExtent => ({
  lengthBytes: uint32le(bytes, offset) & LENGTH_MASK,
  kind: uint32le(bytes, offset) >>> 30,
  block: uint32le(bytes, offset + 4),
  partition: uint16le(bytes, offset + 8),
});

/** OSTA compressed Unicode: a first byte of 8 or 16 gives the bits of each character. */
export function decodeOstaUnicode(bytes: Uint8Array): string {
  const characters = bytes.subarray(1);
  return uint8(bytes, 0) === 16 ? ucs2BigEndian(characters) : latin1(characters, 0, characters.length);
}

/** Where a sequence of volume descriptors lies. */
export interface UdfSequence {
  readonly sector: number;
  readonly sectors: number;
}

/** extent_ad, as anchors and volume descriptor pointers have it. */
export const parseSequence = (bytes: Uint8Array, offset: number): UdfSequence => ({
  sector: uint32le(bytes, offset + 4),
  sectors: Math.floor(uint32le(bytes, offset) / 2048),
});

/** dstring: a fixed field whose last byte is the length used. */
export const decodeDstring = (field: Uint8Array): string =>
  decodeOstaUnicode(field.subarray(0, Math.min(uint8(field, field.length - 1), field.length - 1)));

export interface UdfPartition {
  readonly number: number;
  readonly startSector: number;
  readonly lengthSectors: number;
}

export const parsePartition = (bytes: Uint8Array): UdfPartition => ({
  number: uint16le(bytes, 22),
  startSector: uint32le(bytes, 188),
  lengthSectors: uint32le(bytes, 192),
});

/** A partition map: how a partition number in addresses is turned into sectors. */
export type UdfPartitionMap =
  | { readonly kind: 'physical'; readonly partitionNumber: number }
  | { readonly kind: 'metadata'; readonly partitionNumber: number; readonly fileBlock: number }
  | { readonly kind: 'other'; readonly identifier: string };

export interface UdfLogicalVolume {
  readonly volumeLabel: string;
  readonly fileSet: UdfAddress;
  readonly partitionMaps: readonly UdfPartitionMap[];
}

export function parseLogicalVolume(bytes: Uint8Array): UdfLogicalVolume {
  const blockBytes = uint32le(bytes, 212);
  if (blockBytes !== 2048) throw new ImageDamage(`its UDF volume has blocks of ${blockBytes} bytes, a disc has 2048`);
  const maps: UdfPartitionMap[] = [];
  const end = Math.min(440 + uint32le(bytes, 264), bytes.length);
  for (let offset = 440; offset + 6 <= end; offset += uint8(bytes, offset + 1)) {
    if (uint8(bytes, offset + 1) < 6) throw new ImageDamage('a UDF partition map claims a length that cannot be');
    maps.push(parsePartitionMap(bytes, offset));
  }
  const fileSet = parseLongDescriptor(bytes, 248);
  return { volumeLabel: decodeDstring(bytes.subarray(84, 212)), fileSet, partitionMaps: maps };
}

function parsePartitionMap(bytes: Uint8Array, offset: number): UdfPartitionMap {
  if (uint8(bytes, offset) === 1) return { kind: 'physical', partitionNumber: uint16le(bytes, offset + 4) };
  const identifier = latin1(bytes, offset + 5, 23).replace(/\0+$/, '');
  if (identifier !== '*UDF Metadata Partition') return { kind: 'other', identifier };
  return {
    kind: 'metadata',
    partitionNumber: uint16le(bytes, offset + 38),
    fileBlock: uint32le(bytes, offset + 40),
  };
}

/** Root directory of a file set descriptor. */
export const parseFileSetRoot = (bytes: Uint8Array): UdfAddress => parseLongDescriptor(bytes, 400);
