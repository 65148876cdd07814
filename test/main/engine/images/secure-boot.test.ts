import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../main/contract/image.ts';
import { secureBootOf } from '../../../../main/engine/images/secure-boot.ts';
import type { ImageFs } from '../../../../main/engine/iso/image-fs.ts';
import { kernelBytes, memoryFs } from './memory-image.ts';

const entry = (
  kernel: string,
  method: 'linux' | 'efi' = 'linux',
  firmware: 'uefi-x64' | 'bios' = 'uefi-x64',
): Entry => ({
  id: 'x',
  title: 'x',
  destructive: false,
  variants: [{ firmware: [firmware], method, kernel, initrds: [], commandLine: '' }],
});

const signed = (signedBy: string) => kernelBytes({ machine: 'x64', signedBy });
const application = (signedBy: string) => kernelBytes({ machine: 'x64', format: 'efi', signedBy });

const fs = memoryFs({
  debian: signed('Debian Secure Boot CA'),
  canonical: signed('Canonical Ltd. Master Certificate Authority'),
  plain: kernelBytes({ machine: 'x64' }),
  packed: 'gzip',
  'memtest.efi': application('Microsoft Corporation UEFI CA 2011'),
  'own.efi': application('Somebody'),
});

describe('Secure Boot', () => {
  it.each([
    ['debian', 'linux', 'yes'],
    ['canonical', 'linux', 'no'],
    ['plain', 'linux', 'no'],
    ['packed', 'linux', 'unknown'],
    ['missing', 'linux', 'unknown'],
    ['memtest.efi', 'efi', 'yes'],
    // Microsoft signed it for firmware, which does not make it a kernel that a shim starts.
    ['memtest.efi', 'linux', 'no'],
    ['own.efi', 'efi', 'no'],
  ] as const)('lets %s start by %s: %s', async (kernel, method, verdict) => {
    expect((await secureBootOf(entry(kernel, method), fs)).verdict).toBe(verdict);
  });

  it('is nothing for an image that only BIOS starts', async () => {
    expect(await secureBootOf(entry('debian', 'linux', 'bios'), fs)).toEqual({ verdict: 'no', sentences: [] });
    expect((await secureBootOf(undefined, fs)).verdict).toBe('unknown');
  });

  it('names who signed the loaders and the kernel, wherever the loaders are', async () => {
    const esp = memoryFs({
      'EFI/BOOT/BOOTX64.EFI': application('Not shown: the disc has one too'),
      'EFI/BOOT/grubx64.efi': application('Debian Secure Boot CA'),
    });
    const disc: ImageFs = {
      ...memoryFs({
        'EFI/boot/bootx64.efi': application('Microsoft UEFI CA 2023'),
        vmlinuz: kernelBytes({ machine: 'x64' }),
      }),
      mounts: [{ folder: 'efi-boot-image', fs: esp }],
    };
    const withEsp: ImageFs = {
      ...disc,
      open: async (path) =>
        path.startsWith('efi-boot-image/')
          ? await esp.open(path.slice('efi-boot-image/'.length))
          : await disc.open(path),
    };
    expect((await secureBootOf(entry('vmlinuz'), withEsp)).sentences).toEqual([
      'EFI/BOOT/bootx64.efi is signed for Secure Boot by Signer of Microsoft UEFI CA 2023 (Microsoft UEFI CA 2023).',
      'efi-boot-image/EFI/BOOT/grubx64.efi is signed for Secure Boot by Signer of Debian Secure Boot CA (Debian Secure Boot CA).',
      'vmlinuz is not signed for Secure Boot.',
    ]);
  });
});
