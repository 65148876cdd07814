import { open } from 'node:fs/promises';

/** What is on a disk image: file systems by the start of their partitions. */

const SECTOR_BYTES = 512;
/** Little-endian at byte 56 of the superblock, which starts at byte 1024 (Documentation/filesystems/ext4). */
const EXT_MAGIC = 0xef53;
const EXT_MAGIC_AT = 1024 + 56;

export interface DiskPartition {
  readonly startSector: number;
  readonly isExt: boolean;
}

/** Partitions of a GPT, else of an MBR; empty where the disk has neither. */
export async function partitionsOf(disk: string): Promise<DiskPartition[]> {
  await using file = await open(disk, 'r');
  const read = async (position: number, length: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, position);
    return bytes;
  };
  const mbr = await read(0, SECTOR_BYTES);
  if (mbr.readUInt16LE(510) !== 0xaa55) return [];
  const gpt = await read(SECTOR_BYTES, SECTOR_BYTES);
  const starts =
    gpt.toString('latin1', 0, 8) === 'EFI PART'
      ? gptStarts(await read(Number(gpt.readBigUInt64LE(72)) * SECTOR_BYTES, 128 * 128))
      : [0, 1, 2, 3].map((index) => mbr.readUInt32LE(446 + index * 16 + 8)).filter((start) => start > 0);
  return await Promise.all(
    starts.map(async (startSector) => {
      const magic = await read(startSector * SECTOR_BYTES + EXT_MAGIC_AT, 2);
      return { startSector, isExt: magic.readUInt16LE(0) === EXT_MAGIC };
    }),
  );
}

const gptStarts = (table: Buffer): number[] =>
  Array.from({ length: 128 }, (_, index) => Number(table.readBigUInt64LE(index * 128 + 32))).filter(
    (start) => start > 0,
  );
