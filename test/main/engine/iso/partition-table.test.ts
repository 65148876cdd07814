import { describe, expect, it } from 'vitest';
import { findPartitionTables } from '../../../../main/engine/iso/partition-table.ts';

function start(write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(8192);
  write(bytes);
  return bytes;
}
const mbr = (type: number, sectors: number, status = 0x80, at = 446) =>
  start((bytes) => {
    bytes.writeUInt16LE(0xaa55, 510);
    bytes[at] = status;
    bytes[at + 4] = type;
    bytes.writeUInt32LE(sectors, at + 12);
  });

describe('findPartitionTables', () => {
  it.each([
    ['nothing', start(() => undefined), { mbr: false, gpt: false }],
    ['an empty file', new Uint8Array(), { mbr: false, gpt: false }],
    ['a boot sector without partitions', mbr(0, 0), { mbr: false, gpt: false }],
    ['a partition without size', mbr(0x17, 0), { mbr: false, gpt: false }],
    ['code where the table should be', mbr(0x17, 99, 0x31), { mbr: false, gpt: false }],
    ['a partition', mbr(0x17, 99), { mbr: true, gpt: false }],
    ['a partition in the last place', mbr(0xef, 99, 0, 494), { mbr: true, gpt: false }],
    ['GPT', start((bytes) => bytes.write('EFI PART', 512)), { mbr: false, gpt: true }],
    ['GPT in sectors of 2048 bytes', start((bytes) => bytes.write('EFI PART', 2048)), { mbr: false, gpt: true }],
  ])('%s', (_, bytes, expected) => {
    expect(findPartitionTables(bytes)).toEqual(expected);
  });
});
