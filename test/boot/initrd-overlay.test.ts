import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlaidFile } from '../../main/engine/files/initrd-overlay.ts';
import type { ServedFile } from '../../main/engine/files/route.ts';
import { openFileSource } from '../../main/engine/iso/file-source.ts';
import { runCommand } from '../testbed/command.ts';
import { isInstalled } from '../testbed/gate.ts';

/** Debian's installer with files added, unpacked by its own kernel. No network: firmware hands kernel and initial RAM disk over. */

const installer = '/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64';
const BOOT_TIMEOUT_MS = 240_000;

const script = `#!/bin/sh
echo "preseed: $(cat /preseed.cfg)"
echo "beside theirs: $(cat /lib/fieldboot/note)"
echo "theirs is whole: $(ls /bin/busybox /sbin/poweroff 2>&1 | tr '\\n' ' ')"
echo "big: $(wc -c < /fieldboot/big) $(md5sum < /fieldboot/big)"
echo "all told"
poweroff -f
`;

describe.skipIf(!isInstalled('qemu-system-x86_64'))('an initial RAM disk with files added', () => {
  it('is unpacked by the kernel, the added files and its own', { timeout: BOOT_TIMEOUT_MS }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-overlay-boot-'));
    try {
      await using original = await openFileSource(join(installer, 'initrd.gz'));
      const file = overlaidFile(
        {
          kind: 'initrd',
          sizeBytes: original.sizeBytes,
          entityTag: '"installer"',
          read: async (target, positionBytes) => await original.read(target, positionBytes),
          close: () => Promise.resolve(),
        },
        [
          { path: '/preseed.cfg', content: Buffer.from('d-i debconf/priority string critical') },
          { path: '/lib/fieldboot/note', content: Buffer.from('still here') },
          { path: '/fieldboot/big', content: Buffer.alloc(3_000_001, 'x') },
          { path: '/fieldboot/start', content: Buffer.from(script), mode: 0o755 },
        ],
      );
      const initrd = join(folder, 'initrd');
      await copyOut(file, initrd);
      const machine = 'qemu-system-x86_64 -accel tcg -cpu max -m 512 -nic none -no-reboot';
      const console = '-display none -serial stdio -monitor none';
      const words = 'console=ttyS0 rdinit=/fieldboot/start panic=-1 quiet';
      const start = ['-kernel', join(installer, 'linux'), '-initrd', initrd, '-append', words];
      const { stdout } = await runCommand([...`${machine} ${console}`.split(' '), ...start], {
        timeoutMs: BOOT_TIMEOUT_MS,
      });
      expect(stdout).toContain('preseed: d-i debconf/priority string critical');
      expect(stdout).toContain('beside theirs: still here');
      expect(stdout).toContain('theirs is whole: /bin/busybox /sbin/poweroff');
      expect(stdout).toContain('big: 3000001 ');
      expect(stdout).toContain('all told');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** In chunks of an odd size, as clients ask for them. */
async function copyOut(file: ServedFile, path: string): Promise<void> {
  await using target = await open(path, 'w');
  const buffer = Buffer.alloc(1_000_003);
  for (let position = 0; position < file.sizeBytes;) {
    const length = await file.read(buffer, position);
    expect(length).toBeGreaterThan(0);
    await target.writeFile(buffer.subarray(0, length));
    position += length;
  }
}
