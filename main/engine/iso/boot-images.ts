import { BOOT_IMAGE_HEAD_BYTES, bootImageBytes, parseBootCatalogue } from './el-torito.ts';
import type { BootCatalogueEntry } from './el-torito.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { SECTOR_BYTES } from './volume-descriptor.ts';

/** An entry of the boot catalogue with the size of its image. */
export interface BootImage extends BootCatalogueEntry {
  /** From what the image says about itself (FAT, boot info table), else from the catalogue. Never past the end. */
  readonly sizeBytes: number;
}

export interface BootImages {
  readonly images: readonly BootImage[];
  readonly problem: string | undefined;
}

/** Reads the boot catalogue and the first sector of each image that it names. */
export async function readBootImages(reader: MetadataReader, catalogueSector: number): Promise<BootImages> {
  const catalogue = await reader.readUpTo(catalogueSector * SECTOR_BYTES, limits.bootCatalogueBytes);
  const { entries, problem } = parseBootCatalogue(catalogue);
  const images: BootImage[] = [];
  for (const entry of entries) {
    const head = await reader.readUpTo(entry.offsetBytes, BOOT_IMAGE_HEAD_BYTES);
    const availableBytes = Math.max(0, reader.source.sizeBytes - entry.offsetBytes);
    images.push({ ...entry, sizeBytes: Math.min(bootImageBytes(entry, head), availableBytes) });
  }
  return { images, problem };
}
