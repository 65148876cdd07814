import { describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../../main/engine/http/content-type.ts';

describe('contentTypeOf', () => {
  it.each([
    ['snponly.efi', 'application/efi'],
    ['EFI/BOOT/BOOTX64.EFI', 'application/efi'],
    ['images/debian.iso', 'application/vnd.efi-iso'],
    ['boot/efi.img', 'application/vnd.efi-img'],
    ['boot.ipxe', 'text/plain; charset=utf-8'],
    ['grub/grub.cfg', 'text/plain; charset=utf-8'],
    ['install.amd/initrd.gz', 'application/gzip'],
    ['install.amd/vmlinuz', 'application/octet-stream'],
    ['live/filesystem.squashfs', 'application/octet-stream'],
    ['undionly.kpxe', 'application/octet-stream'],
    ['folder.iso/README', 'application/octet-stream'],
    ['x.constructor', 'application/octet-stream'],
    ['x.__proto__', 'application/octet-stream'],
    ['trailing.', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('%s is %s', (path, type) => {
    expect(contentTypeOf(path)).toBe(type);
  });
});
