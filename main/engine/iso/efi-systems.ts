import { StationError } from '../../contract/errors.ts';
import type { BootImage } from './boot-images.ts';
import { efiPartitionsOfGpt, efiPartitionsOfMbr, gptEntriesPlace } from './efi-partitions.ts';
import { ImageDamage } from './image-damage.ts';
import type { Extent, ImageFs } from './image-fs.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { openFat } from './open-fat.ts';
import { PARTITION_TABLE_BYTES } from './partition-table.ts';
import { sourceWindow } from './source-window.ts';

/** What UEFI boots an image from: a FAT file system inside it, named by the boot catalogue, a partition table, or both. */
export interface EfiSystem {
  /** Where `fs` of the image shows it: `efi-boot-image`, then `efi-boot-image-2`. */
  readonly folder: string;
  readonly fs: ImageFs;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

export interface EfiSystems {
  readonly systems: readonly EfiSystem[];
  /** Sentences about those that cannot be read. They are no reason to refuse the image. */
  readonly problems: readonly string[];
}

const FOLDER = 'efi-boot-image';
const maxSystems = 4;

export async function openEfiSystems(reader: MetadataReader, bootImages: readonly BootImage[]): Promise<EfiSystems> {
  const places = [
    ...bootImages
      .filter(({ platform }) => platform === 'uefi')
      .map(({ offsetBytes, sizeBytes }) => ({ offsetBytes, lengthBytes: sizeBytes })),
    ...(await efiPartitions(reader)),
  ];
  const systems: EfiSystem[] = [];
  const problems: string[] = [];
  const seen = new Set<number>();
  for (const { offsetBytes, lengthBytes } of places) {
    if (seen.has(offsetBytes) || seen.size >= maxSystems) continue;
    seen.add(offsetBytes);
    const source = sourceWindow(reader.source, offsetBytes, lengthBytes);
    try {
      const fs = await openFat(source);
      const folder = systems.length === 0 ? FOLDER : `${FOLDER}-${systems.length + 1}`;
      if (fs !== undefined) systems.push({ folder, fs, offsetBytes, sizeBytes: source.sizeBytes });
    } catch (thrown) {
      if (!(thrown instanceof StationError && thrown.cause instanceof ImageDamage)) throw thrown;
      problems.push(`Its EFI boot image at byte ${offsetBytes} cannot be read: ${thrown.cause.message}.`);
    }
  }
  return { systems, problems };
}

async function efiPartitions(reader: MetadataReader): Promise<Extent[]> {
  const start = await reader.readUpTo(0, PARTITION_TABLE_BYTES);
  const gpt = gptEntriesPlace(start);
  const ofGpt =
    gpt === undefined
      ? []
      : efiPartitionsOfGpt(await reader.readUpTo(gpt.offsetBytes, gpt.lengthBytes), gpt.entryBytes);
  return [...efiPartitionsOfMbr(start), ...ofGpt];
}
