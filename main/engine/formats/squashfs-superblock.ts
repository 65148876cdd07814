import { startsWith, uint16le, uint32le, uint64le } from '../iso/byte-fields.ts';
import { ImageDamage } from '../iso/image-damage.ts';

/** The head of a squashfs file system, version 4 (Linux, fs/squashfs/squashfs_fs.h). Pure. */
export interface SquashfsSuperblock {
  /** Bytes that the file system takes; the file is often filled up to a multiple of 4096. */
  readonly usedBytes: number;
  readonly compression: 'gzip' | 'lzma' | 'lzo' | 'xz' | 'lz4' | 'zstd' | 'unknown';
  /** A block is the least that is unpacked at once. */
  readonly blockBytes: number;
  readonly inodes: number;
}

export const SQUASHFS_SUPERBLOCK_BYTES = 96;

const compressions = ['gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd'] as const;

/** Undefined where the bytes start no squashfs. Throws ImageDamage where they start one that cannot be, or of a version that no kernel of today reads. */
export function parseSquashfsSuperblock(bytes: Uint8Array): SquashfsSuperblock | undefined {
  if (bytes.length < SQUASHFS_SUPERBLOCK_BYTES || !startsWith(bytes, 0, 'hsqs')) return undefined;
  const major = uint16le(bytes, 28);
  if (major !== 4) throw new ImageDamage(`it holds a squashfs of version ${major}, which Linux no longer reads`);
  const blockBytes = uint32le(bytes, 12);
  // Stored twice, the second time as its logarithm: Linux refuses one where they differ.
  const isPossible = blockBytes >= 4096 && blockBytes <= 1024 * 1024 && 2 ** uint16le(bytes, 22) === blockBytes;
  if (!isPossible) throw new ImageDamage(`it holds a squashfs with blocks of ${blockBytes} bytes`);
  return {
    usedBytes: uint64le(bytes, 40),
    compression: compressions[uint16le(bytes, 20) - 1] ?? 'unknown',
    blockBytes,
    inodes: uint32le(bytes, 4),
  };
}
