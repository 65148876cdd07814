import { latin1, uint8 } from './byte-fields.ts';

/** Decoding of names: every name system has its own character set. */

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Rock Ridge names and volume labels have no declared character set. Writers of today put UTF-8 there, older ones
 * Latin-1; bytes that are not valid UTF-8 are the latter.
 */
export function utf8OrLatin1(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return latin1(bytes, 0, bytes.length);
  }
}

/** UCS-2 big endian (Joliet, UDF); surrogate pairs, which some writers use, come out right. */
export function ucs2BigEndian(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset + 1 < bytes.length; offset += 2) {
    text += String.fromCharCode((uint8(bytes, offset) << 8) | uint8(bytes, offset + 1));
  }
  return text;
}

/** `README.TXT;1` is `README.TXT` (ECMA-119 7.5.1: a file identifier has a version). Case is kept: the image has no other. */
export const withoutVersion = (name: string): string => name.replace(/;\d*$/, '');

/** `KERNEL.` is `KERNEL`: a plain ISO 9660 name always has a separator dot, which stands for nothing here. */
export const withoutEmptyExtension = (name: string): string => name.replace(/(?<=[^.])\.$/, '');

/** What a path segment can be called. Anything else in an image is hostile or broken and is not listed. */
export const isUsableName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');
