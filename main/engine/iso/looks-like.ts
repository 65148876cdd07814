import { latin1, startsWith, uint16le, uint32le } from './byte-fields.ts';
import { findPartitionTables } from './partition-table.ts';

/** Bytes of a file's start that `looksLike` wants to see. */
export const LOOKS_LIKE_BYTES = 64 * 1024;

type Test = (start: Uint8Array) => boolean;
const magic =
  (signature: string, offset = 0): Test =>
  (start) =>
    startsWith(start, offset, signature);

const isHtml: Test = (start) =>
  /^(ï»¿)?\s*(<!--[^]*?-->\s*)?<(!doctype\s+html|html|head)\b/i.test(latin1(start, 0, 1024));
const isAllZero: Test = (start) => start.length > 0 && start.every((byte) => byte === 0);
const isText: Test = (start) => start.length > 0 && /^[\t\n\r\x20-\x7e]+$/.test(latin1(start, 0, 512));

/** First match decides, so the sure signatures stand before the guesses. */
const kinds: readonly (readonly [test: Test, words: string])[] = [
  [magic('PK\x03\x04'), 'a ZIP archive'],
  [magic('\x1f\x8b'), 'a gzip-compressed file'],
  [magic('\xfd7zXZ\0'), 'an xz-compressed file'],
  [magic('\x28\xb5\x2f\xfd'), 'a Zstandard-compressed file'],
  [magic('BZh'), 'a bzip2-compressed file'],
  [magic('7z\xbc\xaf\x27\x1c'), 'a 7-Zip archive'],
  [magic('Rar!\x1a\x07'), 'a RAR archive'],
  [magic('ustar', 257), 'a tar archive'],
  [magic('QFI\xfb'), 'a QEMU disk image (qcow2)'],
  [magic('KDMV'), 'a VMware disk image (VMDK)'],
  [magic('# Disk DescriptorFile'), 'a VMware disk description (VMDK)'],
  [magic('vhdxfile'), 'a Hyper-V disk image (VHDX)'],
  [magic('conectix'), 'a Virtual PC disk image (VHD)'],
  [(start) => uint32le(start, 64) === 0xbeda107f, 'a VirtualBox disk image (VDI)'],
  [magic('MSWIM\0\0\0'), 'a Windows image file (WIM)'],
  [magic('hsqs'), 'a SquashFS file system'],
  [magic('%PDF-'), 'a PDF document'],
  [magic('\x7fELF'), 'a Linux program'],
  [isHtml, 'a web page, so the download went wrong'],
  [magic('\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0'), 'a raw CD image (BIN of a BIN/CUE pair)'],
  [(start) => findPartitionTables(start).gpt, 'a raw disk image with a GPT partition table'],
  [(start) => findPartitionTables(start).mbr, 'a raw disk image with an MBR partition table'],
  [(start) => uint16le(start, 1080) === 0xef53, 'an ext2/3/4 file system'],
  [(start) => startsWith(start, 54, 'FAT') || startsWith(start, 82, 'FAT32'), 'a FAT file system or floppy image'],
  [magic('NTFS    ', 3), 'an NTFS file system'],
  [magic('MZ'), 'a Windows or EFI program'],
  [isAllZero, 'nothing but zeros, so the download or copy is not complete'],
  [isText, 'a text file'],
];

/** What a file that is no disc image looks like by its first bytes, in words that complete "it looks like"; undefined if nothing known. */
export function looksLike(start: Uint8Array): string | undefined {
  return kinds.find(([test]) => test(start))?.[1];
}
