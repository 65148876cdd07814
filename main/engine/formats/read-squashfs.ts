import { ImageDamage } from '../iso/image-damage.ts';
import type { ImageFile } from '../iso/image-fs.ts';
import { parseSquashfsSuperblock, SQUASHFS_SUPERBLOCK_BYTES } from './squashfs-superblock.ts';
import type { SquashfsSuperblock } from './squashfs-superblock.ts';

/**
 * Size, compression and block size of a squashfs; undefined where the file is none, as with an EROFS of the same name. Throws ImageDamage
 * where it says that it is longer than its file: half a system starts and then fails.
 */
export async function readSquashfs(
  file: Pick<ImageFile, 'sizeBytes' | 'read'>,
): Promise<SquashfsSuperblock | undefined> {
  const head = new Uint8Array(SQUASHFS_SUPERBLOCK_BYTES);
  const superblock = parseSquashfsSuperblock(head.subarray(0, await file.read(head, 0)));
  if (superblock !== undefined && superblock.usedBytes > file.sizeBytes) {
    throw new ImageDamage(`its squashfs claims ${superblock.usedBytes} bytes and has ${file.sizeBytes}`);
  }
  return superblock;
}
