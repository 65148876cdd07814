import { describe, expect, it } from 'vitest';
import { debianLiveIso } from '../testbed/debian-live-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { bootLiveSession } from './live-session.ts';

const programs = ['qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat', 'mksquashfs', 'mmdebstrap', 'unshare'];

describe.skipIf(!bedAvailable(...programs))('a Debian live image', () => {
  it('shows its login prompt, its system fetched out of the image', { timeout: 1_800_000 }, async () => {
    const consoles = await bootLiveSession({
      image: await debianLiveIso(),
      up: /login:/,
      systemFile: 'live/filesystem.squashfs',
      memoryMiB: 768,
    });
    expect(consoles).toHaveLength(2);
  });
});
