import { uint32le } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import type { Extent } from './image-fs.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { requireTag, udfTag } from './udf-descriptor.ts';
import type { UdfAddress, UdfExtent } from './udf-descriptor.ts';
import { parseAllocation, parseFileEntry } from './udf-file-entry.ts';
import type { UdfFileEntry } from './udf-file-entry.ts';
import { locateIn } from './udf-partitions.ts';
import type { UdfPartitionSpace } from './udf-partitions.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

/** A file entry and where in the image its contents lie. */
export interface UdfNode {
  readonly entry: UdfFileEntry;
  readonly extents: readonly Extent[];
}

export async function readUdfNode(
  reader: MetadataReader,
  spaces: readonly UdfPartitionSpace[],
  address: UdfAddress,
): Promise<UdfNode> {
  const [place] = locateIn(spaces, address, SECTOR_BYTES);
  if (place === undefined) throw new ImageDamage('one of its UDF file entries is nowhere');
  const entry = parseFileEntry(await reader.read(place.offsetBytes, SECTOR_BYTES));
  if (entry.descriptorKind === 'embedded') {
    const offsetBytes = place.offsetBytes + entry.allocationOffset;
    return { entry, extents: trimmed([{ offsetBytes, lengthBytes: entry.allocation.length }], entry.sizeBytes) };
  }
  const extents: Extent[] = [];
  for (const extent of await allExtents(reader, spaces, entry, address.partition)) {
    // On a disc, which is written once and whole, nothing is allocated and left unwritten.
    if (extent.kind !== 0) throw new ImageDamage('one of its UDF files has holes');
    extents.push(...locateIn(spaces, extent, extent.lengthBytes));
  }
  return { entry, extents: trimmed(extents, entry.sizeBytes) };
}

/** The allocation descriptors of a file, those in continuation blocks included. */
async function allExtents(
  reader: MetadataReader,
  spaces: readonly UdfPartitionSpace[],
  entry: UdfFileEntry,
  partition: number,
): Promise<readonly UdfExtent[]> {
  const kind = entry.descriptorKind === 'long' ? 'long' : 'short';
  const extents = parseAllocation(entry.allocation, kind, partition);
  for (let last = extents.at(-1); last?.kind === CONTINUED; last = extents.at(-1)) {
    extents.pop();
    const [place] = locateIn(spaces, last, SECTOR_BYTES);
    if (place === undefined || extents.length > limits.extentsPerFile) {
      throw new ImageDamage('one of its UDF files is in too many pieces');
    }
    const block = await reader.read(place.offsetBytes, SECTOR_BYTES);
    requireTag(block, [udfTag.allocationExtent], 'allocation descriptor');
    const more = parseAllocation(block.subarray(24, 24 + uint32le(block, 20)), kind, last.partition);
    // A block that only leads on to another could lead round in a circle.
    if (more.length < 2) throw new ImageDamage('one of its UDF files is in too many pieces');
    extents.push(...more);
  }
  return extents;
}

const CONTINUED = 3;

/** The extents without what is allocated behind the end of the file. */
function trimmed(extents: readonly Extent[], sizeBytes: number): readonly Extent[] {
  const kept: Extent[] = [];
  let missing = sizeBytes;
  for (const { offsetBytes, lengthBytes } of extents) {
    if (missing === 0) break;
    const taken = Math.min(lengthBytes, missing);
    if (taken > 0) kept.push({ offsetBytes, lengthBytes: taken });
    missing -= taken;
  }
  if (missing > 0) throw new ImageDamage(`one of its UDF files claims a size of ${sizeBytes} bytes and has fewer`);
  return kept;
}
