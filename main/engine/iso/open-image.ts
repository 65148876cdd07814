import { createHash } from 'node:crypto';
import { StationError } from '../../contract/errors.ts';
import type { BootImage, BootImages } from './boot-images.ts';
import { readBootImages } from './boot-images.ts';
import type { ByteSource } from './byte-source.ts';
import { cachedSource } from './cached-source.ts';
import { openEfiSystems } from './efi-systems.ts';
import type { EfiSystem } from './efi-systems.ts';
import { openFileSource } from './file-source.ts';
import { withDamageNamed } from './image-damage.ts';
import type { ImageFs } from './image-fs.ts';
import { LOOKS_LIKE_BYTES, looksLike } from './looks-like.ts';
import { MetadataReader } from './metadata-reader.ts';
import { withMounts } from './mounted-fs.ts';
import { findPartitionTables, PARTITION_TABLE_BYTES } from './partition-table.ts';
import { openVolume } from './open-volume.ts';
import type { FileSystemKind } from './open-volume.ts';
import { readVolumeDescriptors } from './volume-descriptors.ts';

export interface OpenedImage {
  /** The bytes of the whole image, and the path that names it. */
  readonly source: ByteSource;
  /** The image's own file system; paths that start with the folder of an EFI system lead into that. */
  readonly fs: ImageFs;
  readonly efiSystems: readonly EfiSystem[];
  /** Why parts of the image that firmware boots from cannot be read, as sentences. */
  readonly efiProblems: readonly string[];
  readonly sizeBytes: number;
  readonly volumeLabel: string;
  /** Every name system that was found; `fs` shows the richest. */
  readonly fileSystems: readonly FileSystemKind[];
  /** What firmware can boot from the disc, in the order of the El Torito catalogue; empty without one. */
  readonly bootCatalogue: readonly BootImage[];
  /** Why firmware will not accept the catalogue, where there is one. */
  readonly bootCatalogueProblem: string | undefined;
  /** Has a partition table too, so that it boots when written to a USB stick. */
  readonly hybrid: boolean;
  /** SHA-256 (hex) of the volume descriptors: tells images apart without reading them whole. */
  readonly descriptorDigest: string;
}

/**
 * Opens a disc image for random access. Reads descriptors, root record and boot catalogue only; directories are read
 * when asked for. Rejects with E_NOT_AN_ISO, E_IMAGE_TRUNCATED, E_IMAGE_DAMAGED, E_IMAGE_EMPTY, or what `source` rejects
 * with; so do the methods of `fs`.
 */
export function openImage(source: ByteSource): Promise<OpenedImage> {
  return withDamageNamed(source.path, async () => {
    const { path, sizeBytes } = source;
    if (sizeBytes === 0) throw new StationError('E_IMAGE_EMPTY', { path });
    const reader = new MetadataReader(source);
    const descriptors = await readVolumeDescriptors(reader);
    const volume = await openVolume(reader, descriptors);
    if (volume === undefined) throw await notAnIso(reader);
    const { fs, fileSystems, descriptorBytes } = volume;
    const boot = await readBoot(reader, descriptors.bootCatalogueSector);
    const { systems, problems } = await openEfiSystems(reader, boot.images);
    const partitionTables = findPartitionTables(await reader.readUpTo(0, PARTITION_TABLE_BYTES));
    return {
      source,
      fs: withMounts(fs, systems),
      efiSystems: systems,
      efiProblems: problems,
      sizeBytes,
      volumeLabel: fs.volumeLabel,
      fileSystems,
      bootCatalogue: boot.images,
      bootCatalogueProblem: boot.problem,
      hybrid: partitionTables.mbr || partitionTables.gpt,
      descriptorDigest: createHash('sha256').update(descriptorBytes).digest('hex'),
    };
  });
}

export interface OpenOptions {
  /** Its readers share a cache (some 40 MiB when it is full): for images that machines are served from. */
  readonly cached?: boolean;
}

/** Opens the image file at `path`, which stays open until the result is disposed of. */
export async function openImageFile(
  path: string,
  { cached = false }: OpenOptions = {},
): Promise<OpenedImage & AsyncDisposable> {
  const source = await openFileSource(path);
  try {
    const image = await openImage(cached ? cachedSource(source) : source);
    return { ...image, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
  } catch (thrown) {
    await source[Symbol.asyncDispose]();
    throw thrown;
  }
}

function readBoot(reader: MetadataReader, catalogueSector: number | undefined): Promise<BootImages> {
  if (catalogueSector === undefined) return Promise.resolve({ images: [], problem: undefined });
  return readBootImages(reader, catalogueSector);
}

async function notAnIso(reader: MetadataReader): Promise<StationError> {
  const start = await reader.readUpTo(0, LOOKS_LIKE_BYTES);
  return new StationError('E_NOT_AN_ISO', { path: reader.source.path, looksLike: looksLike(start) });
}
