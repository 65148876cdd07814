import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import type { ByteSource } from '../../../../main/engine/iso/byte-source.ts';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { OpenedImage } from '../../../../main/engine/iso/open-image.ts';
import { openImage } from '../../../../main/engine/iso/open-image.ts';
import { buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';

/**
 * Images with bytes changed anywhere: whatever they say, reading ends, within a budget, with an answer or a StationError.
 */

const SECTOR = 2048;

/** Counts what is read, and stops an image that makes its reader read without end. */
function budgeted(bytes: Uint8Array, budget: { reads: number; bytes: number }): ByteSource {
  const source = memorySource(bytes, 'hostile.iso');
  return {
    ...source,
    read(target, positionBytes) {
      budget.reads -= 1;
      budget.bytes -= target.length;
      if (budget.reads < 0 || budget.bytes < 0) throw new Error('the image was read over and over');
      if (positionBytes < 0 || !Number.isSafeInteger(positionBytes)) throw new Error(`read at ${positionBytes}`);
      return source.read(target, positionBytes);
    },
  };
}

const DIRECTORIES = 60;
const allowedCodes = ['E_IMAGE_DAMAGED', 'E_IMAGE_TRUNCATED', 'E_IMAGE_EMPTY', 'E_NOT_AN_ISO'];

/** Opens the image, lists directories and reads files; resolves to the codes of the StationErrors that this got. */
async function explore(bytes: Uint8Array): Promise<string[]> {
  const source = budgeted(bytes, { reads: 20_000, bytes: 256 * 1024 * 1024 });
  const codes: string[] = [];
  const attempt = async <Value>(operation: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await operation();
    } catch (thrown) {
      if (!(thrown instanceof StationError)) throw thrown;
      codes.push(thrown.code);
      return undefined;
    }
  };
  const image = await attempt(() => openImage(source));
  if (image === undefined) return codes;
  await walk(image, attempt);
  for (const path of ['links/up', 'links/dir/file 3', 'DEEP/../deep', 'a/b/c', 'README.TXT']) {
    await attempt(() => image.fs.stat(path));
  }
  return codes;
}

async function walk(
  { fs }: OpenedImage,
  attempt: <Value>(operation: () => Promise<Value>) => Promise<Value | undefined>,
): Promise<void> {
  const folders = [''];
  for (let listed = 0; listed < DIRECTORIES; listed += 1) {
    const folder = folders.shift();
    if (folder === undefined) return;
    for (const entry of ((await attempt(() => fs.list(folder))) ?? []).slice(0, 40)) {
      expect(entry.name).not.toMatch(/^\.{0,2}$|[/\0]/);
      const path = `${folder}/${entry.name}`;
      if (entry.type === 'directory') {
        folders.push(path);
        continue;
      }
      const file = await attempt(() => fs.open(path));
      if (file === undefined) continue;
      const bytesRead = await attempt(() => file.read(new Uint8Array(5000), Math.max(0, file.sizeBytes - 2500)));
      expect(bytesRead).toBe(Math.min(file.sizeBytes, 2500));
    }
  }
}

type Change =
  | { readonly kind: 'byte'; readonly at: number; readonly value: number }
  | { readonly kind: 'word'; readonly at: number; readonly value: number }
  | { readonly kind: 'sector'; readonly from: number; readonly to: number }
  | { readonly kind: 'cut'; readonly at: number };

const words = [0, 1, 0x14, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x00ff_ffff, 0x0001_0000];

/** Changes to an image of `size` bytes, most of them in `interesting` sectors, where its structures are. */
function changes(size: number, interesting: readonly number[]): fc.Arbitrary<Change[]> {
  const sector = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...interesting) },
    { weight: 1, arbitrary: fc.nat(Math.floor(size / SECTOR) - 1) },
  );
  // The front of a sector is where most fields are.
  const offset = fc.oneof(fc.nat(400), fc.nat(SECTOR - 4));
  const at = fc.tuple(sector, offset).map(([index, rest]) => index * SECTOR + rest);
  const change: fc.Arbitrary<Change> = fc.oneof(
    { weight: 10, arbitrary: fc.record({ kind: fc.constant('byte' as const), at, value: fc.nat(255) }) },
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('word' as const),
        at,
        value: fc.oneof(fc.constantFrom(...words), fc.nat(400)),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('sector' as const), from: sector, to: sector }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), at: fc.nat(size) }) },
  );
  return fc.array(change, { minLength: 1, maxLength: 12 });
}

function applied(original: Uint8Array, list: readonly Change[]): Uint8Array {
  let bytes = Buffer.from(original);
  for (const change of list) {
    if (change.kind === 'cut') bytes = bytes.subarray(0, change.at);
    else if (change.kind === 'sector')
      bytes.copyWithin(change.to * SECTOR, change.from * SECTOR, (change.from + 1) * SECTOR);
    else if (change.kind === 'byte') bytes[change.at] = change.value;
    else if (change.at + 4 <= bytes.length) bytes.writeUInt32LE(change.value, change.at);
  }
  return bytes;
}

/** Sectors that are not file contents, which are full of 'X' here. */
function structureSectors(image: Uint8Array): number[] {
  const sectors: number[] = [];
  for (let index = 0; index < image.length / SECTOR; index += 1) {
    const sector = image.subarray(index * SECTOR, (index + 1) * SECTOR);
    const isContent = sector[0] === 0x58;
    if (!isContent && sector.some((byte) => byte !== 0)) sectors.push(index);
  }
  return sectors;
}

const deep = Array.from({ length: 10 }, (_, level) => `d${level}`).join('/');
const files = {
  'README.TXT': 'X'.repeat(3000),
  'links/up': { linkTarget: '../README.TXT' },
  'links/dir': { linkTarget: '../many' },
  [`${deep}/bottom`]: 'X',
  ['X long name '.repeat(15)]: 'X',
  'isolinux.bin': 'X'.repeat(2048),
  ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`many/file ${index}`, 'X'.repeat(index)])),
};

describe.skipIf(!canBuildIso())('hostile images', () => {
  describe.each([
    ['Rock Ridge of xorriso', 'xorriso', ['-R']],
    ['Joliet', 'xorriso', ['--norock', '-J', '-joliet-long']],
    ['Rock Ridge of genisoimage', 'genisoimage', ['-R']],
    ['UDF', 'genisoimage', ['-udf']],
  ] as const)('%s', (_, tool, options) => {
    let image: Uint8Array;
    beforeAll(async () => {
      await using iso = await buildIso({ files, tool, options, boot: { bios: 'isolinux.bin' } });
      image = await readFile(iso.path);
    });

    it('is read without failure as it was built', async () => {
      expect(await explore(image)).toEqual([]);
    });

    it('is read to an end whatever its bytes say', async () => {
      const interesting = structureSectors(image);
      let damaged = 0;
      await fc.assert(
        fc.asyncProperty(changes(image.length, interesting), async (list) => {
          const codes = await explore(applied(image, list));
          expect(allowedCodes).toEqual(expect.arrayContaining(codes));
          if (codes.length > 0) damaged += 1;
        }),
        { numRuns: Number(process.env['FIELDBOOT_FUZZ_RUNS'] ?? 150) },
      );
      // A proof that the changes hit something.
      expect(damaged).toBeGreaterThan(10);
    }, 600_000);
  });

  it('reads noise to an end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (noise) => {
        const bytes = Buffer.alloc(20 * SECTOR);
        bytes.set(noise, 16 * SECTOR);
        bytes.write('\x01CD001', 16 * SECTOR, 'latin1');
        expect(allowedCodes).toEqual(expect.arrayContaining(await explore(bytes)));
      }),
    );
  });
});
