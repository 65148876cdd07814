import { ImageDamage } from './image-damage.ts';
import type { Extent } from './image-fs.ts';
import type { UdfAddress } from './udf-descriptor.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

/** Turns addresses in partitions into bytes of the image. */
export interface UdfPartitionSpace {
  /** Bytes of the image that hold `lengthBytes` from block `block` on; several pieces in a metadata partition. */
  locate(block: number, lengthBytes: number): readonly Extent[];
}

/** A partition that lies in one piece: its blocks are sectors counted from its start. */
export function physicalSpace(startBytes: number, lengthBytes: number): UdfPartitionSpace {
  return {
    locate(block, wantedBytes) {
      const offset = block * SECTOR_BYTES;
      if (offset + wantedBytes > lengthBytes)
        throw new ImageDamage('a UDF record points past the end of its partition');
      return [{ offsetBytes: startBytes + offset, lengthBytes: wantedBytes }];
    },
  };
}

/** UDF 2.50's metadata partition: its blocks are those of a file in another partition. */
export function fileSpace(extents: readonly Extent[]): UdfPartitionSpace {
  return {
    locate(block, wantedBytes) {
      const found: Extent[] = [];
      let skip = block * SECTOR_BYTES;
      let missing = wantedBytes;
      for (const { offsetBytes, lengthBytes } of extents) {
        if (missing === 0) break;
        const taken = Math.min(Math.max(0, lengthBytes - skip), missing);
        if (taken > 0) found.push({ offsetBytes: offsetBytes + skip, lengthBytes: taken });
        skip = Math.max(0, skip - lengthBytes);
        missing -= taken;
      }
      if (missing > 0) throw new ImageDamage('a UDF record points past the end of its partition');
      return found;
    },
  };
}

export function locateIn(
  spaces: readonly UdfPartitionSpace[],
  { block, partition }: UdfAddress,
  lengthBytes: number,
): readonly Extent[] {
  const space = spaces[partition];
  if (space === undefined) throw new ImageDamage(`a UDF record names partition ${partition}, which there is not`);
  return space.locate(block, lengthBytes);
}
