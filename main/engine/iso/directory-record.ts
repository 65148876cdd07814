import { uint32le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import { directoryTimeMs } from './recorded-time.ts';

/** ECMA-119 9.1: the records of which a directory is made. */

export interface DirectoryRecord {
  /** Raw file identifier; a single 0 is the directory itself, a single 1 its parent. */
  readonly identifier: Uint8Array;
  /** First block of the data, behind the extended attribute record if there is one. */
  readonly dataBlock: number;
  readonly dataBytes: number;
  readonly isDirectory: boolean;
  /** An Apple resource fork or the like: data about the file of the same name. */
  readonly isAssociated: boolean;
  /** The next record continues the file (level 3: a file of several extents). */
  readonly hasMoreExtents: boolean;
  /** Written in turns with other files for slow drives; extinct, and not to be read as one run of bytes. */
  readonly isInterleaved: boolean;
  readonly modifiedAtMs: number | undefined;
  /** What SUSP and Rock Ridge live in. */
  readonly systemUse: Uint8Array;
}

const HEADER_BYTES = 33;

/** The records of one sector of a directory. A record never crosses a sector; zeros fill the rest of it. */
export function parseDirectorySector(sector: Uint8Array): DirectoryRecord[] {
  const records: DirectoryRecord[] = [];
  let offset = 0;
  while (offset < sector.length) {
    const recordBytes = uint8(sector, offset);
    if (recordBytes === 0) break;
    if (recordBytes < HEADER_BYTES + 1 || offset + recordBytes > sector.length) {
      throw new ImageDamage(`a directory record claims a length of ${recordBytes} bytes, which does not fit`);
    }
    records.push(parseDirectoryRecord(sector.subarray(offset, offset + recordBytes)));
    offset += recordBytes;
  }
  return records;
}

function parseDirectoryRecord(record: Uint8Array): DirectoryRecord {
  const identifierBytes = uint8(record, 32);
  if (identifierBytes === 0 || HEADER_BYTES + identifierBytes > record.length) {
    throw new ImageDamage(`a directory record claims a name of ${identifierBytes} bytes, which does not fit`);
  }
  const flags = uint8(record, 25);
  // The identifier is padded so that the system use area starts on an even byte of the record.
  const systemUseOffset = HEADER_BYTES + identifierBytes + (identifierBytes % 2 === 0 ? 1 : 0);
  return {
    identifier: record.subarray(HEADER_BYTES, HEADER_BYTES + identifierBytes),
    dataBlock: uint32le(record, 2) + uint8(record, 1),
    dataBytes: uint32le(record, 10),
    isDirectory: (flags & 0x02) !== 0,
    isAssociated: (flags & 0x04) !== 0,
    hasMoreExtents: (flags & 0x80) !== 0,
    isInterleaved: uint8(record, 26) !== 0 || uint8(record, 27) !== 0,
    modifiedAtMs: directoryTimeMs(record, 18),
    systemUse: record.subarray(Math.min(systemUseOffset, record.length)),
  };
}

export const isSelf = (record: DirectoryRecord): boolean =>
  record.identifier.length === 1 && record.identifier[0] === 0;

export const isParent = (record: DirectoryRecord): boolean =>
  record.identifier.length === 1 && record.identifier[0] === 1;
