import { describe, expect, it } from 'vitest';
import { readKernelImage } from '../../../../main/engine/images/kernel-image.ts';
import { kernelBytes } from './memory-image.ts';

describe('readKernelImage', () => {
  it.each([
    ['a 64-bit kernel with an EFI stub', kernelBytes({ machine: 'x64' }), 'bzimage', ['bios', 'uefi-x64'], 'x86_64'],
    ['a 64-bit kernel without', kernelBytes(), 'bzimage', ['bios'], 'x86_64'],
    ['a 32-bit kernel', kernelBytes({ machine: 'ia32' }), 'bzimage', ['bios', 'uefi-ia32'], 'i386'],
    [
      'an arm64 Image',
      kernelBytes({ format: 'arm64-image', machine: 'arm64' }),
      'arm64-image',
      ['uefi-arm64'],
      'aarch64',
    ],
    ['an arm64 Image without EFI stub', kernelBytes({ format: 'arm64-image' }), 'arm64-image', [], 'aarch64'],
    ['an EFI application', kernelBytes({ format: 'efi', machine: 'x64' }), 'efi', ['uefi-x64'], 'x86_64'],
    ['zeros', new Uint8Array(4096), 'unknown', [], undefined],
    ['nothing', new Uint8Array(), 'unknown', [], undefined],
    ['a head cut short', kernelBytes().subarray(0, 0x240), 'unknown', [], undefined],
  ])('reads %s', (_title, bytes, format, firmware, architecture) => {
    expect(readKernelImage(bytes)).toMatchObject({ format, firmware, architecture });
  });

  it('reads its version', () => {
    const bytes = kernelBytes({ machine: 'x64', version: 'Memtest86+ v6.10' });
    expect(readKernelImage(bytes).version).toBe('Memtest86+ v6.10');
  });

  it('takes offsets that lead anywhere', () => {
    const bytes = kernelBytes({ machine: 'x64' });
    const view = new DataView(bytes.buffer);
    for (const value of [0, 0xfff, 0xffff_ffff]) {
      view.setUint32(0x3c, value, true);
      view.setUint16(0x20e, value & 0xffff, true);
      expect(readKernelImage(bytes).firmware).toEqual(['bios']);
    }
  });
});
