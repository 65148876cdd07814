import { describe, expect, it } from 'vitest';
import { debianLiveIso } from '../testbed/debian-live-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { liveBuildIso } from '../testbed/live-build-iso.ts';
import { bootLiveSession } from './live-session.ts';

const programs = ['qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat', 'mksquashfs', 'mmdebstrap', 'unshare'];

describe.skipIf(!bedAvailable(...programs))('a Debian live image', () => {
  it('shows its login prompt, its system fetched out of the image', async () => {
    const consoles = await bootLiveSession({
      image: await debianLiveIso(),
      up: /live login:/,
      systemFile: 'live/filesystem.squashfs',
      memoryMiB: 768,
    });
    expect(consoles).toHaveLength(2);
  });
});

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'lb', 'unshare'))('an image made by live-build', () => {
  it('shows its login prompt, its system fetched out of the image', async () => {
    const consoles = await bootLiveSession({
      image: await liveBuildIso(),
      up: /debian login:/,
      systemFile: 'live/filesystem.squashfs',
      memoryMiB: 1024,
    });
    process.stderr.write(`${consoles.join('\n-----\n')}\n`);
    expect(consoles).toHaveLength(2);
  });
});
