import { startsWith, uint16le, uint32le, uint8 } from './byte-fields.ts';

/** Bytes of an image's start in which a partition table is looked for (GPT of 2048-byte sectors included). */
export const PARTITION_TABLE_BYTES = 4096 + 512;

export interface PartitionTables {
  readonly mbr: boolean;
  readonly gpt: boolean;
}

/** The first 32 KiB of an ISO are free for such tables: with one the image also boots from a USB stick ("isohybrid"). */
export function findPartitionTables(start: Uint8Array): PartitionTables {
  return { mbr: hasMbrPartition(start), gpt: [512, 2048, 4096].some((at) => startsWith(start, at, 'EFI PART')) };
}

/** The signature alone is also on boot sectors without a table: one partition with type and size must be there. */
function hasMbrPartition(start: Uint8Array): boolean {
  if (uint16le(start, 510) !== 0xaa55) return false;
  return [446, 462, 478, 494].some((at) => {
    const status = uint8(start, at);
    return (status === 0 || status === 0x80) && uint8(start, at + 4) !== 0 && uint32le(start, at + 12) !== 0;
  });
}
