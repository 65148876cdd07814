import { uint16le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import { limits } from './limits.ts';
import { decodeOstaUnicode, parseLongDescriptor, requireTag, udfTag } from './udf-descriptor.ts';
import type { UdfAddress } from './udf-descriptor.ts';

/** ECMA-167 14.4: a directory is a file of file identifier descriptors. */

export interface UdfDirectoryEntry {
  readonly name: string;
  readonly address: UdfAddress;
}

const HEADER_BYTES = 38;
const DELETED_OR_PARENT = 0x04 | 0x08;

export function parseUdfDirectory(bytes: Uint8Array): UdfDirectoryEntry[] {
  const entries: UdfDirectoryEntry[] = [];
  let offset = 0;
  while (offset + HEADER_BYTES <= bytes.length) {
    requireTag(bytes.subarray(offset, offset + 16), [udfTag.fileIdentifier], 'directory entry');
    const nameOffset = offset + HEADER_BYTES + uint16le(bytes, offset + 36);
    const nameBytes = uint8(bytes, offset + 19);
    if (nameOffset + nameBytes > bytes.length) {
      throw new ImageDamage('a UDF directory entry claims a length that does not fit');
    }
    if ((uint8(bytes, offset + 18) & DELETED_OR_PARENT) === 0) {
      const name = decodeOstaUnicode(bytes.subarray(nameOffset, nameOffset + nameBytes));
      entries.push({ name, address: parseLongDescriptor(bytes, offset + 20) });
      if (entries.length > limits.directoryEntries) {
        throw new ImageDamage(`one of its directories has more than ${limits.directoryEntries} entries`);
      }
    }
    offset = nameOffset + nameBytes + ((4 - ((nameOffset + nameBytes - offset) % 4)) % 4);
  }
  return entries;
}

/** ECMA-167 14.16: the target of a symbolic link as typed path components. */
export function parseUdfLinkTarget(bytes: Uint8Array): string {
  const segments: string[] = [];
  let isAbsolute = false;
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4 + uint8(bytes, offset + 1)) {
    const kind = uint8(bytes, offset);
    if (kind === 1 || kind === 2) {
      isAbsolute = true;
      segments.length = 0;
    } else if (kind === 3) segments.push('..');
    else if (kind === 4) segments.push('.');
    else segments.push(decodeOstaUnicode(bytes.subarray(offset + 4, offset + 4 + uint8(bytes, offset + 1))));
  }
  return (isAbsolute ? '/' : '') + segments.join('/');
}
