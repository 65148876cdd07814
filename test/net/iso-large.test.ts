import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openImageFile } from '../../main/engine/iso/open-image.ts';
import {
  BIG_ISO_FILES,
  BIG_ISO_LABEL,
  BIG_ISO_MARKS,
  BIG_ISO_SQUASHFS_BYTES,
  buildBigIso,
  buildIso,
  canBuildIso,
} from '../testbed/iso-builder.ts';

/** An image of about 5 GB with 30,000 files: opened at once, listed in little memory, read across its extents. */

const measureScript = fileURLToPath(new URL('../testbed/measure-iso.ts', import.meta.url));

describe.skipIf(!canBuildIso())('a large image', () => {
  let path: string;
  beforeAll(async () => {
    path = await buildBigIso();
  }, 300_000);

  it('opens fast and small', () => {
    // In a process of its own, as this one's memory tells nothing about a single image.
    const output = execFileSync(process.execPath, [measureScript, path], { encoding: 'utf8' });
    process.stderr.write(`large image: ${output}`);
    const measured = JSON.parse(output) as Record<string, number>;
    expect(measured['openMs']).toBeLessThan(150);
    expect(measured['bootFilesMs']).toBeLessThan(150);
    expect(measured['addedMiBAfterOpen']).toBeLessThan(60);
    expect(measured['listedFiles']).toBe(BIG_ISO_FILES);
    expect(measured['listAllMs']).toBeLessThan(5000);
    expect(measured['addedMiBAfterListAll']).toBeLessThan(120);
  });

  it('reads a file of over 4 GiB across its extents', async () => {
    await using image = await openImageFile(path);
    expect(image.volumeLabel).toBe(BIG_ISO_LABEL);
    const file = await image.fs.open('live/filesystem.squashfs');
    const size = BIG_ISO_SQUASHFS_BYTES;
    expect(file?.sizeBytes).toBe(size);
    expect(file?.extents.length).toBe(2);
    const boundary = file?.extents[0]?.lengthBytes ?? 0;
    const starts = [...BIG_ISO_MARKS.map(({ at }) => Math.max(0, at - 512)), boundary - 512, boundary, size - 100];
    for (const position of starts) {
      const target = new Uint8Array(1024);
      expect(await file?.read(target, position)).toBe(Math.min(1024, size - position));
      const expected = Buffer.alloc(3072);
      for (const { at, text } of BIG_ISO_MARKS) {
        const inside = at - position + 1024;
        if (inside >= 0 && inside < 2064) expected.write(text, inside);
      }
      expect(Buffer.compare(target, expected.subarray(1024, 2048))).toBe(0);
    }
    expect(await file?.read(new Uint8Array(16), size)).toBe(0);
  });

  it('reads a file over 4 GiB from UDF where the ISO 9660 part has it cut off', async () => {
    const size = Math.floor(4.2 * 1024 ** 3) - 1;
    await using iso = await buildIso({
      files: { 'install.wim': { sparseBytes: size, written: [{ at: size - 4, text: 'last' }] } },
      tool: 'genisoimage',
      options: ['-udf', '-allow-limited-size'],
    });
    await using image = await openImageFile(iso.path);
    const file = await image.fs.open('install.wim');
    expect(file?.sizeBytes).toBe(size);
    const target = Buffer.alloc(8);
    expect(await file?.read(target, size - 8)).toBe(8);
    expect(target.toString('latin1')).toBe('\0\0\0\0last');
  });
});
