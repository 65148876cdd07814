import { describe, expect, it } from 'vitest';
import { findPaths, fitsPattern } from '../../../../main/engine/images/path-pattern.ts';
import { fitsWord } from '../../../../main/engine/images/image-facts.ts';
import { memoryFs } from './memory-image.ts';

describe('fitsPattern', () => {
  it.each([
    ['live/vmlinuz', 'live/vmlinuz*', true],
    ['LIVE/VMLINUZ-6.1', 'live/vmlinuz*', true],
    ['live/sub/vmlinuz', 'live/vmlinuz*', false],
    ['live/sub/vmlinuz', 'live/*/vmlinuz', true],
    ['install.amd/vmlinuz', 'install*/vmlinuz|linux', true],
    ['linux', 'install*/vmlinuz|linux', true],
    ['linuxx', 'install*/vmlinuz|linux', false],
    ['installxamd/vmlinuz', 'install.amd/vmlinuz', false],
    ['a(b', 'a(b', true],
  ])('%s in %s: %s', (path, pattern, expected) => {
    expect(fitsPattern(path, pattern)).toBe(expected);
  });
});

describe('findPaths', () => {
  const fs = memoryFs({
    'live/vmlinuz-6.1.0-9-amd64': 'a',
    'live/vmlinuz-6.1.0-18-amd64': 'b',
    'EFI/BOOT/bootx64.efi': 'c',
    'install.amd/gtk/initrd.gz': 'd',
    linux: 'e',
  });

  it.each([
    ['live/vmlinuz*', ['live/vmlinuz-6.1.0-18-amd64', 'live/vmlinuz-6.1.0-9-amd64']],
    ['efi/boot/BOOTX64.EFI', ['efi/boot/BOOTX64.EFI']],
    ['*/gtk/initrd.gz', ['install.amd/gtk/initrd.gz']],
    ['live', ['live']],
    ['l*', ['live', 'linux']],
    ['nothing|linux|live', ['linux', 'live']],
    ['nothing/*/x', []],
    ['linux/*', []],
  ])('%s', async (pattern, expected) => {
    expect(await findPaths(fs, pattern)).toEqual(expected);
  });
});

describe('fitsWord', () => {
  it.each([
    ['findiso=/x', 'findiso=*', true],
    ['findiso=', 'findiso=*', true],
    ['xfindiso=', 'findiso=*', false],
    ['quiet', 'quiet', true],
    ['quieter', 'quiet', false],
    ['root=live:CDLABEL=X', 'root=*LABEL=*', true],
    ['ab', 'ab*b', false],
    ['a', '*', true],
  ])('%s in %s: %s', (word, pattern, expected) => {
    expect(fitsWord(word, pattern)).toBe(expected);
  });
});
