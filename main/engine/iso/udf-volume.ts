import { StationError } from '../../contract/errors.ts';
import { ImageDamage } from './image-damage.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import {
  parseFileSetRoot,
  parseLogicalVolume,
  parsePartition,
  parseSequence,
  parseTag,
  requireTag,
  udfTag,
} from './udf-descriptor.ts';
import type { UdfLogicalVolume, UdfPartition, UdfPartitionMap, UdfSequence } from './udf-descriptor.ts';
import { readUdfNode } from './udf-node-reader.ts';
import { fileSpace, locateIn, physicalSpace } from './udf-partitions.ts';
import type { UdfPartitionSpace } from './udf-partitions.ts';
import { UdfTree } from './udf-tree.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

export interface UdfVolume {
  readonly tree: UdfTree;
  readonly volumeLabel: string;
  /** The volume descriptors' own bytes. */
  readonly descriptorBytes: Uint8Array;
}

/**
 * Opens the UDF part of an image (1.02 to 2.50, written once). Throws ImageDamage, E_IMAGE_TRUNCATED, or E_NOT_AN_ISO
 * for a disc that was written in packets, which only burning programs make.
 */
export async function openUdfVolume(reader: MetadataReader): Promise<UdfVolume> {
  const { volume, partitions, bytes } = await readSequence(reader, await findMainSequence(reader));
  if (volume === undefined) throw new ImageDamage('its UDF logical volume descriptor is missing');
  checkWhole(reader, partitions);
  const spaces = await openSpaces(reader, volume.partitionMaps, partitions);
  const [place] = locateIn(spaces, volume.fileSet, SECTOR_BYTES);
  const fileSet = await reader.read(place?.offsetBytes ?? 0, SECTOR_BYTES);
  requireTag(fileSet, [udfTag.fileSet], 'file set descriptor');
  const tree = new UdfTree(reader, spaces, parseFileSetRoot(fileSet));
  return { tree, volumeLabel: volume.volumeLabel, descriptorBytes: bytes };
}

/** The anchor stands at sector 256, at the last one, or 256 in front of that; two of the three are enough. */
async function findMainSequence(reader: MetadataReader): Promise<UdfSequence> {
  const sectors = Math.floor(reader.source.sizeBytes / SECTOR_BYTES);
  for (const sector of [256, sectors - 1, sectors - 257]) {
    const anchor = sector < 0 ? undefined : await reader.readUpTo(sector * SECTOR_BYTES, SECTOR_BYTES);
    if (anchor !== undefined && parseTag(anchor) === udfTag.anchor) return parseSequence(anchor, 16);
  }
  throw new ImageDamage('it announces UDF, but has no anchor that leads to the file system');
}

interface SequenceContents {
  readonly volume: UdfLogicalVolume | undefined;
  readonly partitions: ReadonlyMap<number, UdfPartition>;
  readonly bytes: Uint8Array;
}

/** Later descriptors of the same kind replace earlier ones; a pointer leads on to another sequence. */
async function readSequence(reader: MetadataReader, start: UdfSequence): Promise<SequenceContents> {
  const partitions = new Map<number, UdfPartition>();
  const sectors: Uint8Array[] = [];
  let volume: UdfLogicalVolume | undefined;
  let { sector, sectors: remaining } = start;
  while (remaining > 0 && sectors.length < limits.volumeDescriptors) {
    const bytes = await reader.read(sector * SECTOR_BYTES, SECTOR_BYTES);
    sectors.push(bytes);
    sector += 1;
    remaining -= 1;
    switch (parseTag(bytes)) {
      case udfTag.volumeDescriptorPointer:
        ({ sector, sectors: remaining } = parseSequence(bytes, 20));
        break;
      case udfTag.partition: {
        const partition = parsePartition(bytes);
        partitions.set(partition.number, partition);
        break;
      }
      case udfTag.logicalVolume:
        volume = parseLogicalVolume(bytes);
        break;
      case udfTag.terminating:
        remaining = 0;
        break;
      default:
    }
  }
  return { volume, partitions, bytes: Buffer.concat(sectors) };
}

function checkWhole(reader: MetadataReader, partitions: ReadonlyMap<number, UdfPartition>): void {
  const { path, sizeBytes } = reader.source;
  for (const { startSector, lengthSectors } of partitions.values()) {
    const expectedBytes = (startSector + lengthSectors) * SECTOR_BYTES;
    if (expectedBytes > sizeBytes) {
      throw new StationError('E_IMAGE_TRUNCATED', { path, expectedBytes, actualBytes: sizeBytes });
    }
  }
}

async function openSpaces(
  reader: MetadataReader,
  maps: readonly UdfPartitionMap[],
  partitions: ReadonlyMap<number, UdfPartition>,
): Promise<readonly UdfPartitionSpace[]> {
  const spaces: UdfPartitionSpace[] = [];
  for (const map of maps) {
    if (map.kind === 'other') {
      const looksLike = `a UDF disc of a kind that is written in packets (${map.identifier})`;
      throw new StationError('E_NOT_AN_ISO', { path: reader.source.path, looksLike });
    }
    const partition = partitions.get(map.partitionNumber);
    if (partition === undefined) throw new ImageDamage(`its UDF partition ${map.partitionNumber} is missing`);
    const physical = physicalSpace(partition.startSector * SECTOR_BYTES, partition.lengthSectors * SECTOR_BYTES);
    if (map.kind === 'physical') {
      spaces.push(physical);
    } else {
      const { extents } = await readUdfNode(reader, [physical], { block: map.fileBlock, partition: 0 });
      spaces.push(fileSpace(extents));
    }
  }
  return spaces;
}
