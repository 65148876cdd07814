import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import { openFat } from '../../../../main/engine/iso/open-fat.ts';
import { buildFat, canBuildFat } from '../../../testbed/fat-builder.ts';
import { fatImage, fatRecord, longNamePieces } from './fat-bytes.ts';

/** FAT file systems that lie: whatever they say, reading ends, within a budget, with an answer or a StationError. */

interface Budget {
  reads: number;
  bytes: number;
}

async function opened(bytes: Uint8Array, budget: Budget = { reads: 20_000, bytes: 128 * 1024 * 1024 }) {
  const source = memorySource(bytes, 'hostile.img');
  return await openFat({
    ...source,
    read(target, positionBytes) {
      budget.reads -= 1;
      budget.bytes -= target.length;
      if (budget.reads < 0 || budget.bytes < 0) throw new Error('the image was read over and over');
      if (positionBytes < 0 || !Number.isSafeInteger(positionBytes)) throw new Error(`read at ${positionBytes}`);
      return source.read(target, positionBytes);
    },
  });
}

async function fatOf(fields: Parameters<typeof fatImage>[0]) {
  const fs = await opened(fatImage(fields));
  if (fs === undefined) throw new Error('not seen as FAT');
  return fs;
}

const damaged = (detail: RegExp) =>
  expect.objectContaining({ code: 'E_IMAGE_DAMAGED', title: expect.stringMatching(detail) });

describe('a FAT that lies', () => {
  it('is read where it does not', async () => {
    const fs = await fatOf({ root: [fatRecord('KERNEL', { cluster: 2, bytes: 700 })], chains: { 2: [2, 3] } });
    expect(await fs.list('')).toMatchObject([{ name: 'KERNEL', sizeBytes: 700, type: 'file' }]);
    expect((await fs.open('kernel'))?.extents).toHaveLength(1);
  });

  it.each([
    [
      'a file whose chain is shorter than its size',
      { root: [fatRecord('A', { cluster: 2, bytes: 5000 })], chains: { 2: [2] } },
      /claims a size of 5000 bytes/,
    ],
    [
      'a chain that leads out of the volume',
      { root: [fatRecord('A', { cluster: 2, bytes: 1500 })], entries: { 2: 0xff0 } },
      /leads out of the volume/,
    ],
    [
      'a file that starts at no cluster',
      { root: [fatRecord('A', { cluster: 0, bytes: 10 })] },
      /leads out of the volume/,
    ],
    ['a file behind the end', { root: [fatRecord('A', { cluster: 0xf00, bytes: 10 })] }, /leads out of the volume/],
    [
      'a chain that leads in a circle',
      { root: [fatRecord('A', { cluster: 2, bytes: 0x7fff_ffff })], entries: { 2: 3, 3: 2 } },
      /overlap/,
    ],
    [
      'files that overlap',
      {
        root: Array.from({ length: 30 }, (_, index) => fatRecord(`A${index}`, { cluster: 2, bytes: 40_000 })),
        chains: { 2: [2, 3] },
      },
      /overlap/,
    ],
  ] as const)('is refused: %s', async (_, fields, detail) => {
    const fs = await fatOf(fields);
    await expect(fs.list('')).rejects.toEqual(damaged(detail));
  });

  it('is refused where the chain of a folder leads in a circle', async () => {
    const fs = await fatOf({ root: [fatRecord('A', { cluster: 2, isFolder: true })], entries: { 2: 2 } });
    await expect(fs.list('A')).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
  });

  it('is refused where a folder contains itself', async () => {
    const inside = [
      fatRecord('AGAIN', { cluster: 2, isFolder: true }),
      fatRecord('ROOT', { cluster: 0, isFolder: true }),
    ];
    const fs = await fatOf({
      root: [fatRecord('A', { cluster: 2, isFolder: true })],
      chains: { 2: [2] },
      data: { 2: inside },
    });
    expect((await fs.list('A'))?.map(({ name }) => name)).toEqual(['AGAIN', 'ROOT']);
    await expect(fs.list('A/AGAIN')).rejects.toEqual(damaged(/contains itself/));
    await expect(fs.list('A/ROOT')).rejects.toEqual(damaged(/contains itself/));
  });

  it('shows no names that a path cannot have', async () => {
    const long = (name: string, short: string) => [
      ...longNamePieces(name, short),
      fatRecord(short, { cluster: 0, bytes: 0 }),
    ];
    const fs = await fatOf({
      root: [
        ...long('..', 'B'),
        ...long('a/b', 'C'),
        ...long('good name.txt', 'D'),
        // Pieces of another file: the short name counts.
        ...longNamePieces('not mine', 'X'),
        fatRecord('E', { cluster: 0, bytes: 0 }),
        // The first piece is missing.
        ...longNamePieces('a name of more than one piece', 'F').slice(1),
        fatRecord('F', { cluster: 0, bytes: 0 }),
        fatRecord('G\0H', { cluster: 0, bytes: 0 }),
      ],
    });
    expect((await fs.list(''))?.map(({ name }) => name)).toEqual(['good name.txt', 'E', 'F']);
  });

  it('is left alone where its boot sector cannot be', async () => {
    const changed = (at: number, value: number): Uint8Array => {
      const bytes = fatImage({ root: [] });
      bytes.writeUInt16LE(value, at);
      return bytes;
    };
    for (const bytes of [changed(11, 513), changed(14, 0), changed(510, 0)])
      expect(await opened(bytes)).toBeUndefined();
    for (const bytes of [changed(22, 0), changed(19, 1), changed(14, 0xffff)]) {
      await expect(opened(bytes)).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
    }
  });

  it('may be nested 128 deep and no deeper', async () => {
    const data: Record<number, readonly Uint8Array[]> = {};
    const chains: Record<number, readonly number[]> = {};
    for (let cluster = 2; cluster < 160; cluster += 1) {
      data[cluster] = [fatRecord('D', { cluster: cluster + 1, isFolder: true })];
      chains[cluster] = [cluster];
    }
    const fs = await fatOf({ root: [fatRecord('D', { cluster: 2, isFolder: true })], chains, data });
    const path = (depth: number): string => Array.from({ length: depth }, () => 'D').join('/');
    expect(await fs.list(path(100))).toHaveLength(1);
    await expect(fs.list(path(150))).rejects.toEqual(damaged(/nested deeper/));
  });
});

describe.skipIf(!canBuildFat())('a FAT with changed bytes', () => {
  let image: Buffer;
  beforeAll(async () => {
    const files: Record<string, string> = {
      'EFI/BOOT/BOOTX64.EFI': 'X'.repeat(3000),
      'a long name of several pieces.txt': 'X',
    };
    for (let index = 0; index < 40; index += 1) files[`many/file ${index}`] = 'X'.repeat(index * 40);
    await using fat = await buildFat({ files, bits: 12, sizeKiB: 360 });
    image = await readFile(fat.path);
  });

  it('is read to an end whatever they say', async () => {
    const front = fc.oneof(fc.nat(90), fc.integer({ min: 512, max: 16_384 }));
    const change = fc.record({ at: front, value: fc.nat(255) });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (list) => {
        const bytes = Buffer.from(image);
        for (const { at, value } of list) bytes[at] = value;
        const codes = await explore(bytes);
        if (codes.length > 0) refused += 1;
        expect(codes.every((code) => code === 'E_IMAGE_DAMAGED')).toBe(true);
      }),
      { numRuns: Number(process.env['FIELDBOOT_FUZZ_RUNS'] ?? 200) },
    );
    expect(refused).toBeGreaterThan(10);
  }, 300_000);
});

/** Lists folders and reads files; the codes of the StationErrors that this got. */
async function explore(bytes: Uint8Array): Promise<string[]> {
  const codes: string[] = [];
  const attempt = async <Value>(operation: () => Promise<Value>): Promise<Value | undefined> =>
    await operation().catch((thrown: unknown) => {
      if (!(thrown instanceof StationError)) throw thrown;
      codes.push(thrown.code);
      return undefined;
    });
  const fs = await attempt(() => opened(bytes));
  if (fs === undefined) return codes;
  const folders = [''];
  for (let listed = 0; listed < 30; listed += 1) {
    const folder = folders.shift();
    if (folder === undefined) break;
    for (const entry of ((await attempt(() => fs.list(folder))) ?? []).slice(0, 60)) {
      if (/^\.{0,2}$|[/\0]/.test(entry.name)) throw new Error(`listed ${JSON.stringify(entry.name)}`);
      const path = `${folder}/${entry.name}`;
      if (entry.type === 'directory') folders.push(path);
      else await attempt(async () => await (await fs.open(path))?.read(new Uint8Array(4096), 0));
    }
  }
  return codes;
}
