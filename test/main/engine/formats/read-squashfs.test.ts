import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSquashfs } from '../../../../main/engine/formats/read-squashfs.ts';
import { ImageDamage } from '../../../../main/engine/iso/image-damage.ts';
import { runChecked } from '../../../testbed/command.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { fileOfBytes } from './file-of-bytes.ts';

const read = (bytes: Uint8Array) => readSquashfs(fileOfBytes(bytes));

function superblock(write: (bytes: Buffer) => void = () => undefined): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.write('hsqs', 0, 'latin1');
  bytes.writeUInt32LE(12, 4);
  bytes.writeUInt32LE(131_072, 12);
  bytes.writeUInt16LE(4, 20);
  bytes.writeUInt16LE(17, 22);
  bytes.writeUInt16LE(4, 28);
  bytes.writeBigUInt64LE(4000n, 40);
  write(bytes);
  return bytes;
}

describe('a squashfs', () => {
  it('says size, compression and block size', async () => {
    expect(await read(superblock())).toEqual({ usedBytes: 4000, compression: 'xz', blockBytes: 131_072, inodes: 12 });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another file system', Buffer.alloc(4096, 1)],
    ['a head cut short', superblock().subarray(0, 95)],
  ])('is none: %s', async (_, bytes) => {
    expect(await read(bytes)).toBeUndefined();
  });

  it.each([
    [
      'longer than its file',
      superblock((bytes) => bytes.writeBigUInt64LE(2n ** 40n, 40)),
      /claims 1099511627776 bytes/,
    ],
    ['of an old version', superblock((bytes) => bytes.writeUInt16LE(3, 28)), /version 3/],
    ['with blocks of 7 bytes', superblock((bytes) => bytes.writeUInt32LE(7, 12)), /blocks of 7 bytes/],
    ['whose two block sizes differ', superblock((bytes) => bytes.writeUInt16LE(16, 22)), /blocks of 131072/],
  ])('is refused: %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
    await expect(read(bytes)).rejects.toBeInstanceOf(ImageDamage);
  });

  it('is read to an end whatever its bytes say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(95), fc.nat(255)), { maxLength: 8 }), async (changes) => {
        const bytes = superblock();
        for (const [at, value] of changes) bytes[at] = value;
        const outcome: unknown = await read(bytes).catch((thrown: unknown) => thrown);
        const isSound = typeof outcome === 'object' && outcome !== null && 'usedBytes' in outcome;
        expect(isSound || outcome === undefined || outcome instanceof ImageDamage).toBe(true);
      }),
    );
  });
});

describe.skipIf(!isInstalled('mksquashfs'))('a squashfs of mksquashfs', { timeout: 60_000 }, () => {
  it.each([
    ['gzip', 131_072],
    ['xz', 1_048_576],
    ['zstd', 262_144],
    ['lz4', 4096],
    ['lzo', 65_536],
  ] as const)('is read with compression %s and blocks of %d bytes', async (compression, blockBytes) => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-squashfs-'));
    try {
      await mkdir(join(folder, 'tree'));
      for (let index = 0; index < 5; index += 1) await writeFile(join(folder, 'tree', `${index}`), 'x'.repeat(9000));
      const path = join(folder, 'system.squashfs');
      const options = ['-comp', compression, '-b', String(blockBytes), '-quiet', '-no-progress'];
      await runChecked(['mksquashfs', join(folder, 'tree'), path, ...options]);
      const bytes = await readFile(path);
      const seen = await read(bytes);
      expect(seen).toMatchObject({ compression, blockBytes, inodes: 6 });
      const listed = await runChecked(['unsquashfs', '-s', path]);
      expect(listed).toContain(`Filesystem size ${seen?.usedBytes} bytes`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
