import { describe, expect, it } from 'vitest';
import type { FileRequest } from '../../../../main/engine/files/route.ts';
import { findOwnLoaders } from '../../../../main/engine/images/own-loaders.ts';
import { ownLoaderNames, ownLoadersRoute } from '../../../../main/engine/images/own-loaders-route.ts';
import { secureBootOf } from '../../../../main/engine/images/secure-boot.ts';
import { kernelBytes, memoryFs } from './memory-image.ts';

const FEDORA = 'Fedora Secure Boot CA';
const MICROSOFT = 'Microsoft Corporation UEFI CA 2011';
const application = (signedBy: string): Uint8Array => kernelBytes({ machine: 'x64', format: 'efi', signedBy });
/** With the word of a network module in front of the signature's bytes, where a real one has it in its code. */
const netGrub = (signedBy: string): Uint8Array => {
  const bytes = application(signedBy);
  bytes.set(Buffer.from('blksize'), 0x3f0);
  return bytes;
};

const good = {
  'EFI/BOOT/BOOTX64.EFI': application(MICROSOFT),
  'EFI/BOOT/grubx64.efi': netGrub(FEDORA),
  vmlinuz: kernelBytes({ machine: 'x64', signedBy: FEDORA }),
};
const question = {
  firmware: ['bios', 'uefi-x64'] as const,
  kernelSigners: [{ subject: undefined, issuer: FEDORA }],
  firmwareAuthorities: new Set([MICROSOFT]),
};
const own = { firmware: 'uefi-x64', shim: 'EFI/BOOT/bootx64.efi', grub: 'EFI/BOOT/grubx64.efi' } as const;

describe('the loaders of an image itself', () => {
  it.each([
    ['that start its kernel', {}, own],
    ['without a shim', { 'EFI/BOOT/BOOTX64.EFI': 'none' }, undefined],
    ['with a shim that firmware does not know', { 'EFI/BOOT/BOOTX64.EFI': application('Somebody') }, undefined],
    ['with a GRUB of another vendor', { 'EFI/BOOT/grubx64.efi': netGrub('Canonical') }, undefined],
    ['with a GRUB for discs only', { 'EFI/BOOT/grubx64.efi': application(FEDORA) }, undefined],
  ] as const)('are those %s', async (_which, files, expected) => {
    expect(await findOwnLoaders(memoryFs({ ...good, ...files }), question)).toEqual(expected);
  });

  it('make an image start with Secure Boot on that the loaders of the station do not start', async () => {
    const variant = {
      firmware: ['uefi-x64'],
      method: 'linux',
      kernel: 'vmlinuz',
      initrds: [],
      commandLine: '',
    } as const;
    const entry = {
      id: 'x',
      title: 'x',
      destructive: false,
      variants: [{ ...variant, firmware: [...variant.firmware], initrds: [] }],
    };
    const found = await secureBootOf(entry, memoryFs(good));
    expect(found).toMatchObject({ verdict: 'yes', ownLoaders: own });
    expect(found.sentences.at(-1)).toBe(
      'EFI/BOOT/bootx64.efi and EFI/BOOT/grubx64.efi start vmlinuz with Secure Boot on.',
    );
    const debian = { ...good, vmlinuz: kernelBytes({ machine: 'x64', signedBy: 'Debian Secure Boot CA' }) };
    expect((await secureBootOf(entry, memoryFs(debian))).ownLoaders).toBeUndefined();
  });

  it('are served beside each other, and nothing else of the image is', async () => {
    const route = ownLoadersRoute({ fs: memoryFs(good) }, own, 'fedora');
    const claim = async (path: string) =>
      await route.claim({
        path,
        query: new URLSearchParams(),
        protocol: 'tftp',
        peerAddress: '',
      } satisfies FileRequest);
    expect(ownLoaderNames(own)).toEqual(['image-loader/shimx64.efi', 'image-loader/grubx64.efi']);
    for (const path of ownLoaderNames(own)) expect(await claim(path)).toMatchObject({ kind: 'loader' });
    for (const path of ['image-loader/mmx64.efi', 'image-loader/grubaa64.efi', 'image-loader/']) {
      expect(await claim(path)).toBeUndefined();
    }
    expect(ownLoaderNames(undefined)).toEqual([]);
  });
});
