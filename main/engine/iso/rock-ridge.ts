import { uint32le, uint8 } from './byte-fields.ts';
import { ImageDamage } from './image-damage.ts';
import { limits } from './limits.ts';
import { utf8OrLatin1 } from './name-text.ts';
import { directoryTimeMs, longTimeMs } from './recorded-time.ts';
import type { SystemUseEntry } from './system-use.ts';

/** Rock Ridge (IEEE P1282): POSIX names, links, types and times in SUSP entries. */

export interface RockRidge {
  readonly name: string | undefined;
  readonly linkTarget: string | undefined;
  readonly fileType: 'file' | 'directory' | 'symlink' | 'special' | undefined;
  readonly modifiedAtMs: number | undefined;
  /** CL: this record stands for a directory that lies elsewhere, starting at this block. */
  readonly childBlock: number | undefined;
  /** RE: this directory was moved here only to keep the tree at eight levels; it is shown where CL points at it. */
  readonly isRelocated: boolean;
}

export function parseRockRidge(entries: readonly SystemUseEntry[]): RockRidge {
  const all = (signature: string): Uint8Array[] => {
    const found: Uint8Array[] = [];
    for (const entry of entries) if (entry.signature === signature) found.push(entry.data);
    return found;
  };
  const [mode] = all('PX');
  const [childLink] = all('CL');
  const [time] = all('TF');
  return {
    name: nameOf(all('NM')),
    linkTarget: linkTargetOf(all('SL')),
    fileType: mode === undefined ? undefined : fileTypeOf(uint32le(mode, 0)),
    modifiedAtMs: time === undefined ? undefined : modificationTimeMs(time),
    childBlock: childLink === undefined ? undefined : uint32le(childLink, 0),
    isRelocated: entries.some((entry) => entry.signature === 'RE'),
  };
}

/** Whether the root directory's own entries announce Rock Ridge: by ER, or, in old images, by just using it. */
export function announcesRockRidge(entries: readonly SystemUseEntry[]): boolean {
  return entries.some(({ signature, data }) => {
    if (signature === 'PX' || signature === 'RR') return true;
    const identifier = utf8OrLatin1(data.subarray(4, 4 + uint8(data, 0)));
    return signature === 'ER' && ['RRIP_1991A', 'IEEE_P1282', 'IEEE_1282'].includes(identifier);
  });
}

function fileTypeOf(mode: number): 'file' | 'directory' | 'symlink' | 'special' {
  switch (mode & 0o170000) {
    case 0o040000:
      return 'directory';
    case 0o120000:
      return 'symlink';
    // Some writers record permission bits only.
    case 0:
    case 0o100000:
      return 'file';
    default:
      return 'special';
  }
}

/** NM may be repeated, each flagged to go on (bit 0); bits 1 and 2 stand for `.` and `..`, which have records already. */
function nameOf(entries: readonly Uint8Array[]): string | undefined {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (const data of entries) {
    const flags = uint8(data, 0);
    if ((flags & 0b110) !== 0) return undefined;
    parts.push(data.subarray(1));
    bytes += data.length - 1;
    if (bytes > limits.nameBytes) throw new ImageDamage(`a file name is longer than ${limits.nameBytes} bytes`);
    if ((flags & 1) === 0) break;
  }
  return parts.length === 0 ? undefined : utf8OrLatin1(Buffer.concat(parts));
}

/**
 * SL: components, each with flags, length and text. Bit 0 of a component's flags: the next one continues the same path
 * segment. Bit 0 of the entry's own flags only says that another SL follows, which is seen without it.
 */
function linkTargetOf(entries: readonly Uint8Array[]): string | undefined {
  if (entries.length === 0) return undefined;
  const segments: Uint8Array[] = [];
  let isAbsolute = false;
  let continues = false;
  let bytes = 0;
  for (const data of entries) {
    let offset = 1;
    while (offset + 2 <= data.length) {
      const flags = uint8(data, offset);
      const length = uint8(data, offset + 1);
      if (offset + 2 + length > data.length) {
        throw new ImageDamage(`a symbolic link claims a component of ${length} bytes, which does not fit`);
      }
      const text = componentText(flags, data.subarray(offset + 2, offset + 2 + length));
      if ((flags & 8) !== 0) {
        isAbsolute = true;
        segments.length = 0;
      } else if (continues) {
        segments.push(Buffer.concat([segments.pop() ?? new Uint8Array(), text]));
      } else {
        segments.push(text);
      }
      continues = (flags & 1) !== 0;
      bytes += text.length + 1;
      if (bytes > limits.linkTargetBytes) {
        throw new ImageDamage(`the target of a symbolic link is longer than ${limits.linkTargetBytes} bytes`);
      }
      offset += 2 + length;
    }
  }
  return (isAbsolute ? '/' : '') + segments.map(utf8OrLatin1).join('/');
}

const dot = Buffer.from('.');
const dotDot = Buffer.from('..');

function componentText(flags: number, text: Uint8Array): Uint8Array {
  if ((flags & 2) !== 0) return dot;
  if ((flags & 4) !== 0) return dotDot;
  return text;
}

/** TF: a flag for each time that follows, in a fixed order; bit 7 chooses the 17-byte form over the 7-byte one. */
function modificationTimeMs(data: Uint8Array): number | undefined {
  const flags = uint8(data, 0);
  if ((flags & 0b10) === 0) return undefined;
  const isLong = (flags & 0x80) !== 0;
  const offset = 1 + ((flags & 1) === 0 ? 0 : isLong ? 17 : 7);
  if (offset + (isLong ? 17 : 7) > data.length) return undefined;
  return isLong ? longTimeMs(data, offset) : directoryTimeMs(data, offset);
}
