import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { liveBuildIso } from '../testbed/live-build-iso.ts';
import { bootLiveSession } from './live-session.ts';

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
