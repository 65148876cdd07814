import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { FIRST_DESCRIPTOR_SECTOR, parseVolumeDescriptor, SECTOR_BYTES } from './volume-descriptor.ts';
import type { VolumeDescriptor, VolumeTree } from './volume-descriptor.ts';

/** What the sectors from 16 on say. */
export interface VolumeDescriptors {
  readonly primary: VolumeTree | undefined;
  readonly joliet: VolumeTree | undefined;
  readonly bootCatalogueSector: number | undefined;
  readonly isUdf: boolean;
  /** The descriptors' own bytes. */
  readonly bytes: Uint8Array;
}

/** Reads descriptors up to the first sector that is none. UDF's stand behind the terminator of ISO 9660's. */
export async function readVolumeDescriptors(reader: MetadataReader): Promise<VolumeDescriptors> {
  const start = FIRST_DESCRIPTOR_SECTOR * SECTOR_BYTES;
  const area = await reader.readUpTo(start, limits.volumeDescriptors * SECTOR_BYTES);
  const found: VolumeDescriptor[] = [];
  for (let at = 0; at < area.length; at += SECTOR_BYTES) {
    const descriptor = parseVolumeDescriptor(area.subarray(at, at + SECTOR_BYTES));
    if (descriptor === undefined) break;
    found.push(descriptor);
  }
  return {
    primary: found.find((descriptor) => descriptor.kind === 'primary')?.tree,
    joliet: found.find((descriptor) => descriptor.kind === 'joliet')?.tree,
    bootCatalogueSector: found.find((descriptor) => descriptor.kind === 'el-torito')?.catalogueSector,
    isUdf: found.some((descriptor) => descriptor.kind === 'udf' && descriptor.identifier.startsWith('NSR')),
    bytes: area.subarray(0, found.length * SECTOR_BYTES),
  };
}
