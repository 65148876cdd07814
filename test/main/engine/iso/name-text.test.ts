import { describe, expect, it } from 'vitest';
import {
  isUsableName,
  ucs2BigEndian,
  utf8OrLatin1,
  withoutEmptyExtension,
  withoutVersion,
} from '../../../../main/engine/iso/name-text.ts';

describe('names', () => {
  it.each([
    ['README.TXT;1', 'README.TXT'],
    ['KERNEL.;1', 'KERNEL'],
    ['KERNEL.', 'KERNEL'],
    ['KERNEL;12', 'KERNEL'],
    ['A.B.C;1', 'A.B.C'],
    ['linux;x', 'linux;x'],
    ['...', '...'],
    ['.;1', '.'],
    ['', ''],
  ])('%j is shown as %j', (name, expected) => {
    expect(withoutEmptyExtension(withoutVersion(name))).toBe(expected);
  });

  it('keeps the dot at the end of a Joliet name', () => {
    expect(withoutVersion('etc.;1')).toBe('etc.');
  });

  it('decodes UTF-8, and Latin-1 where it is not', () => {
    expect(utf8OrLatin1(Buffer.from('grün ☃'))).toBe('grün ☃');
    expect(utf8OrLatin1(Buffer.from('grün', 'latin1'))).toBe('grün');
    expect(utf8OrLatin1(new Uint8Array())).toBe('');
  });

  it('decodes UCS-2 with surrogate pairs and a lone byte at the end', () => {
    expect(ucs2BigEndian(Buffer.from('日本 😀', 'utf16le').swap16())).toBe('日本 😀');
    expect(ucs2BigEndian(Uint8Array.from([0, 65, 0]))).toBe('A');
  });

  it.each([
    ['vmlinuz', true],
    ['...', true],
    ['', false],
    ['.', false],
    ['..', false],
    ['a/b', false],
    ['a\0b', false],
  ])('%j as a path segment: %s', (name, expected) => {
    expect(isUsableName(name)).toBe(expected);
  });
});
