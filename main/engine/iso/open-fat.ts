import type { ByteSource } from './byte-source.ts';
import { FAT_BOOT_SECTOR_BYTES, parseFatBootSector } from './fat-boot-sector.ts';
import { FatTree } from './fat-tree.ts';
import { withDamageNamed } from './image-damage.ts';
import type { ImageFs } from './image-fs.ts';
import { MetadataReader } from './metadata-reader.ts';
import { TreeFs } from './tree-fs.ts';

/**
 * Opens the FAT file system that a source is; undefined where it is none. Rejects with E_IMAGE_DAMAGED, E_IMAGE_TRUNCATED, or what the
 * source rejects with; so do the methods of the result.
 */
export function openFat(source: ByteSource): Promise<ImageFs | undefined> {
  return withDamageNamed(source.path, async () => {
    const reader = new MetadataReader(source);
    const volume = parseFatBootSector(await reader.readUpTo(0, FAT_BOOT_SECTOR_BYTES));
    if (volume === undefined) return undefined;
    const tree = new FatTree(reader, volume);
    return new TreeFs('fat', await tree.volumeLabel(), reader, tree);
  });
}
