import { uint16le, uint32le, uint64le, uint8 } from './byte-fields.ts';
import type { Extent } from './image-fs.ts';

/** EFI system partitions of an image that also boots from a stick. Pure. */

const SECTOR_BYTES = 512;
const MBR_EFI_SYSTEM = 0xef;
/** C12A7328-F81F-11D2-BA4B-00A0C93EC93B as it is written. */
const GPT_EFI_SYSTEM = '28732ac11ff8d211ba4b00a0c93ec93b';
const maxEntries = 128;

/** Partitions of that kind in the master boot record. */
export function efiPartitionsOfMbr(start: Uint8Array): Extent[] {
  if (uint16le(start, 510) !== 0xaa55) return [];
  return [446, 462, 478, 494].flatMap((at) => {
    if (uint8(start, at + 4) !== MBR_EFI_SYSTEM) return [];
    const extent = {
      offsetBytes: uint32le(start, at + 8) * SECTOR_BYTES,
      lengthBytes: uint32le(start, at + 12) * SECTOR_BYTES,
    };
    return extent.offsetBytes === 0 || extent.lengthBytes === 0 ? [] : [extent];
  });
}

/** Where the entries of a GUID partition table stand; undefined without one. Images have tables of sectors of 512 bytes. */
export function gptEntriesPlace(start: Uint8Array): (Extent & { readonly entryBytes: number }) | undefined {
  const header = start.subarray(SECTOR_BYTES, 2 * SECTOR_BYTES);
  if (Buffer.from(header.subarray(0, 8)).toString('latin1') !== 'EFI PART') return undefined;
  const entryBytes = uint32le(header, 84);
  const entries = Math.min(uint32le(header, 80), maxEntries);
  if (entryBytes < 128 || entryBytes > 4096) return undefined;
  return { offsetBytes: uint64le(header, 72) * SECTOR_BYTES, lengthBytes: entries * entryBytes, entryBytes };
}

export function efiPartitionsOfGpt(entries: Uint8Array, entryBytes: number): Extent[] {
  const found: Extent[] = [];
  for (let at = 0; at + 128 <= entries.length; at += entryBytes) {
    if (Buffer.from(entries.subarray(at, at + 16)).toString('hex') !== GPT_EFI_SYSTEM) continue;
    const first = uint64le(entries, at + 32);
    const last = uint64le(entries, at + 40);
    if (first > 0 && last >= first) {
      found.push({ offsetBytes: first * SECTOR_BYTES, lengthBytes: (last - first + 1) * SECTOR_BYTES });
    }
  }
  return found;
}
