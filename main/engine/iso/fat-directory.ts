import { uint16le, uint32le, uint8 } from './byte-fields.ts';
import { FAT_RECORD_BYTES, labelOf } from './fat-boot-sector.ts';
import { dosTimeMs } from './recorded-time.ts';

/** Records of a FAT directory, long names of VFAT put together. Pure. */

export interface FatRecord {
  readonly name: string;
  readonly isDirectory: boolean;
  readonly firstCluster: number;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | undefined;
}

export interface FatDirectory {
  readonly records: readonly FatRecord[];
  /** From the record that a root directory may have for it. */
  readonly volumeLabel: string | undefined;
}

const READ_ONLY_HIDDEN_SYSTEM_LABEL = 0x0f;
const LABEL = 0x08;
const DIRECTORY = 0x10;
const LAST_LONG_PIECE = 0x40;
const PIECE_CHARACTERS = 13;
/** 255 characters at most, so 20 pieces. */
const maxPieces = 20;

/** Pieces of a long name, gathered backwards, as they stand: the last one first, each with the checksum of the short name. */
interface LongName {
  readonly checksum: number;
  readonly characters: Uint16Array;
  /** The piece that has to come next; 0 when all are there. */
  next: number;
}

export function parseFatDirectory(bytes: Uint8Array): FatDirectory {
  const records: FatRecord[] = [];
  let volumeLabel: string | undefined;
  let long: LongName | undefined;
  for (let offset = 0; offset + FAT_RECORD_BYTES <= bytes.length; offset += FAT_RECORD_BYTES) {
    const record = bytes.subarray(offset, offset + FAT_RECORD_BYTES);
    const first = uint8(record, 0);
    if (first === 0) break;
    const attributes = uint8(record, 11) & 0x3f;
    if (first === 0xe5) long = undefined;
    else if (attributes === READ_ONLY_HIDDEN_SYSTEM_LABEL) long = withPiece(long, record);
    else {
      const name = longNameOf(long, record) ?? shortName(record);
      long = undefined;
      if ((attributes & LABEL) !== 0) volumeLabel ??= labelOf(Buffer.from(record.subarray(0, 11)).toString('latin1'));
      else if (name !== '.' && name !== '..') records.push(parseRecord(record, name, attributes));
    }
  }
  return { records, volumeLabel };
}

function parseRecord(record: Uint8Array, name: string, attributes: number): FatRecord {
  return {
    name,
    isDirectory: (attributes & DIRECTORY) !== 0,
    firstCluster: uint16le(record, 26) + uint16le(record, 20) * 2 ** 16,
    sizeBytes: uint32le(record, 28),
    modifiedAtMs: dosTimeMs(uint16le(record, 24), uint16le(record, 22)),
  };
}

function withPiece(before: LongName | undefined, record: Uint8Array): LongName | undefined {
  const order = uint8(record, 0);
  const number = order & 0x3f;
  const checksum = uint8(record, 13);
  if (number === 0 || number > maxPieces) return undefined;
  const isStart = (order & LAST_LONG_PIECE) !== 0;
  const long = isStart ? { checksum, characters: new Uint16Array(number * PIECE_CHARACTERS), next: number } : before;
  if (long === undefined || long.next !== number || long.checksum !== checksum) return undefined;
  for (let index = 0; index < PIECE_CHARACTERS; index += 1) {
    const at = index < 5 ? 1 + index * 2 : index < 11 ? 14 + (index - 5) * 2 : 28 + (index - 11) * 2;
    long.characters[(number - 1) * PIECE_CHARACTERS + index] = uint16le(record, at);
  }
  long.next = number - 1;
  return long;
}

/** Undefined where the pieces are not whole or belong to another short name, as after a program that knows no long names. */
function longNameOf(long: LongName | undefined, record: Uint8Array): string | undefined {
  if (long === undefined || long.next !== 0 || long.checksum !== shortNameChecksum(record)) return undefined;
  const end = long.characters.indexOf(0);
  return String.fromCharCode(...long.characters.subarray(0, end === -1 ? undefined : end));
}

function shortNameChecksum(record: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < 11; index += 1) sum = (((sum & 1) << 7) + (sum >> 1) + uint8(record, index)) & 0xff;
  return sum;
}

/** `BOOTX64 EFI` is `BOOTX64.EFI`; two flags say which half is really in lower case. Characters outside ASCII are read as Latin-1. */
function shortName(record: Uint8Array): string {
  const bytes = Buffer.from(record.subarray(0, 11));
  // 0xe5 would mark the record as deleted, so a name that starts with it is written with 0x05.
  if (bytes[0] === 0x05) bytes[0] = 0xe5;
  const flags = uint8(record, 12);
  const cased = (text: string, flag: number): string => ((flags & flag) === 0 ? text : text.toLowerCase());
  const base = cased(bytes.toString('latin1', 0, 8).trimEnd(), 0x08);
  const extension = cased(bytes.toString('latin1', 8, 11).trimEnd(), 0x10);
  return extension === '' ? base : `${base}.${extension}`;
}
