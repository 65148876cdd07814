import { latin1, uint32le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';

/** SUSP (IEEE P1281): typed entries in the system use area of a directory record, continued elsewhere by CE. */

export interface SystemUseEntry {
  readonly signature: string;
  /** What follows signature, length and version. */
  readonly data: Uint8Array;
}

/** Where the entries go on. */
export interface Continuation {
  readonly block: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export interface SystemUseArea {
  readonly entries: readonly SystemUseEntry[];
  readonly continuation: Continuation | undefined;
}

const HEADER_BYTES = 4;

export function parseSystemUse(area: Uint8Array): SystemUseArea {
  const entries: SystemUseEntry[] = [];
  let continuation: Continuation | undefined;
  let offset = 0;
  // Up to three bytes at the end are padding, and so is a zero where a signature should be.
  while (offset + HEADER_BYTES <= area.length && uint8(area, offset) !== 0) {
    const signature = latin1(area, offset, 2);
    const entryBytes = uint8(area, offset + 2);
    if (entryBytes < HEADER_BYTES || offset + entryBytes > area.length) {
      throw new ImageDamage(`a Rock Ridge entry claims a length of ${entryBytes} bytes, which does not fit`);
    }
    const data = area.subarray(offset + HEADER_BYTES, offset + entryBytes);
    if (signature === 'ST') break;
    if (signature === 'CE') {
      continuation = {
        block: uint32le(data, 0),
        offsetBytes: uint32le(data, 8),
        lengthBytes: uint32le(data, 16),
      };
    } else {
      entries.push({ signature, data });
    }
    offset += entryBytes;
  }
  return { entries, continuation };
}

/** CD-ROM XA puts 14 bytes of its own in front of the first SUSP entry. */
const XA_BYTES = 14;

export interface SystemUseStart {
  /** Where SUSP entries start in the root directory's own record, which SP itself is the first of. */
  readonly rootOffsetBytes: number;
  /** Where they start in every other record. */
  readonly offsetBytes: number;
}

/** Where SUSP entries start, as SP in the root directory's own record says; undefined where there is no SUSP. */
export function findSystemUse(rootArea: Uint8Array): SystemUseStart | undefined {
  const rootOffsetBytes = [0, XA_BYTES].find(
    (offset) =>
      latin1(rootArea, offset, 2) === 'SP' &&
      uint8(rootArea, offset + 2) >= 7 &&
      uint8(rootArea, offset + 4) === 0xbe &&
      uint8(rootArea, offset + 5) === 0xef,
  );
  if (rootOffsetBytes === undefined) return undefined;
  return { rootOffsetBytes, offsetBytes: Math.max(rootOffsetBytes, uint8(rootArea, rootOffsetBytes + 6)) };
}
