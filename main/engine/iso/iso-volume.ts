import { isSelf, parseDirectorySector } from './directory-record.ts';
import { ImageDamage } from './image-damage.ts';
import { IsoTree } from './iso-tree.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { announcesRockRidge } from './rock-ridge.ts';
import { SystemUseReader } from './system-use-reader.ts';
import { findSystemUse } from './system-use.ts';
import type { VolumeTree } from './volume-descriptor.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

/** The tree with the richest names that an ISO 9660 image has, and which name systems it has beside plain ISO 9660. */
export interface IsoVolume {
  readonly tree: IsoTree;
  readonly hasRockRidge: boolean;
}

export async function openIsoVolume(
  reader: MetadataReader,
  primary: VolumeTree,
  joliet: VolumeTree | undefined,
): Promise<IsoVolume> {
  const skipBytes = await rockRidgeSkipBytes(reader, primary);
  if (skipBytes !== undefined) {
    return { tree: new IsoTree(reader, primary, { kind: 'rock-ridge', skipBytes }), hasRockRidge: true };
  }
  const tree =
    joliet === undefined
      ? new IsoTree(reader, primary, { kind: 'iso9660' })
      : new IsoTree(reader, joliet, { kind: 'joliet' });
  return { tree, hasRockRidge: false };
}

/** SUSP's skip length where the root directory's own record announces Rock Ridge. */
async function rockRidgeSkipBytes(reader: MetadataReader, primary: VolumeTree): Promise<number | undefined> {
  const sector = await reader.read(primary.rootBlock * primary.blockBytes, SECTOR_BYTES);
  const [self] = parseDirectorySector(sector);
  if (self === undefined || !isSelf(self)) throw new ImageDamage('its root directory is not where it should be');
  const start = findSystemUse(self.systemUse);
  if (start === undefined) return undefined;
  const area = self.systemUse.subarray(start.rootOffsetBytes);
  const entries = await new SystemUseReader(reader, primary.blockBytes).entries(area);
  return announcesRockRidge(entries) ? start.offsetBytes : undefined;
}
