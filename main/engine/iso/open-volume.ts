import { StationError } from '../../contract/errors.ts';
import { ImageDamage } from './image-damage.ts';
import type { ImageFs } from './image-fs.ts';
import { openIsoVolume } from './iso-volume.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { TreeFs } from './tree-fs.ts';
import { openUdfVolume } from './udf-volume.ts';
import type { UdfVolume } from './udf-volume.ts';
import type { VolumeTree } from './volume-descriptor.ts';
import type { VolumeDescriptors } from './volume-descriptors.ts';

export type FileSystemKind = 'iso9660' | 'joliet' | 'rock-ridge' | 'udf';

export interface OpenedVolume {
  readonly fs: ImageFs;
  /** All that the image has, whichever `fs` shows. */
  readonly fileSystems: readonly FileSystemKind[];
  readonly descriptorBytes: Uint8Array;
}

/**
 * The richest file system of an image that may have several of the same files: Rock Ridge, then UDF, then Joliet, then
 * plain ISO 9660; undefined where there is none.
 *
 * UDF goes before Joliet as every operating system has it: on Windows media the ISO 9660 part holds nothing but a
 * README.TXT, and where it holds the files (genisoimage -allow-limited-size) those over 4 GiB are cut off in it.
 */
export async function openVolume(
  reader: MetadataReader,
  descriptors: VolumeDescriptors,
): Promise<OpenedVolume | undefined> {
  const { primary, joliet, isUdf, bytes } = descriptors;
  if (primary === undefined) return isUdf ? openUdfOnly(reader, bytes) : undefined;
  checkWhole(reader, primary);
  const iso = await openIsoVolume(reader, primary, joliet);
  const fileSystems: FileSystemKind[] = ['iso9660'];
  if (joliet !== undefined) fileSystems.push('joliet');
  if (iso.hasRockRidge) fileSystems.push('rock-ridge');
  if (isUdf) fileSystems.push('udf');
  const udf = isUdf && !iso.hasRockRidge ? await openUdfBesideIso(reader) : undefined;
  const fs =
    udf === undefined
      ? new TreeFs('iso9660', primary.volumeLabel, reader, iso.tree)
      : new TreeFs('udf', primary.volumeLabel || udf.volumeLabel, reader, udf.tree);
  return { fs, fileSystems, descriptorBytes: bytes };
}

async function openUdfOnly(reader: MetadataReader, recognitionBytes: Uint8Array): Promise<OpenedVolume> {
  const { tree, volumeLabel, descriptorBytes } = await openUdfVolume(reader);
  return {
    fs: new TreeFs('udf', volumeLabel, reader, tree),
    fileSystems: ['udf'],
    // What announces UDF is the same on every disc; labels, times and identifiers stand in the descriptors proper.
    descriptorBytes: Buffer.concat([recognitionBytes, descriptorBytes]),
  };
}

/** With ISO 9660 to fall back on, a UDF part that cannot be read is no reason to refuse the image. */
async function openUdfBesideIso(reader: MetadataReader): Promise<UdfVolume | undefined> {
  try {
    return await openUdfVolume(reader);
  } catch (thrown) {
    if (thrown instanceof ImageDamage || (thrown instanceof StationError && thrown.code === 'E_NOT_AN_ISO')) {
      return undefined;
    }
    throw thrown;
  }
}

function checkWhole(reader: MetadataReader, { volumeBlocks, blockBytes }: VolumeTree): void {
  const { path, sizeBytes } = reader.source;
  const expectedBytes = volumeBlocks * blockBytes;
  reader.volumeBytes = expectedBytes;
  if (sizeBytes < expectedBytes) {
    throw new StationError('E_IMAGE_TRUNCATED', { path, expectedBytes, actualBytes: sizeBytes });
  }
}
