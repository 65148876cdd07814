import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { OpenedImage } from '../../../../main/engine/iso/open-image.ts';
import { openImage, openImageFile } from '../../../../main/engine/iso/open-image.ts';
import {
  continuation,
  directory,
  directoryRecord,
  DIRECTORY_MODE,
  FILE_MODE,
  isoImage,
  LINK_MODE,
  rockRidgeMode,
  rockRidgeName,
  ROOT_BLOCK,
  SECTOR_BYTES,
  suspEntry,
  suspMarker,
} from './iso-bytes.ts';
import type { RecordFields } from './iso-bytes.ts';
import { readImageText } from './walk.ts';

/** What images do that no honest program writes. */

const openBytes = (bytes: Uint8Array): Promise<OpenedImage> => openImage(memorySource(bytes, 'test.iso'));
const text = (content: string): Buffer => Buffer.from(content.padEnd(SECTOR_BYTES, '\0'));

/** An image whose root directory has these records. */
const plainImage = (records: readonly RecordFields[], blocks: Readonly<Record<number, Uint8Array>> = {}): Buffer => {
  const root = directory({ block: ROOT_BLOCK, records: records.map(directoryRecord) });
  return isoImage({ blocks: { [ROOT_BLOCK]: root, ...blocks }, rootBytes: root.length });
};

const rockRidgeStart = Buffer.concat([suspMarker, rockRidgeMode(DIRECTORY_MODE)]);

/** The same with Rock Ridge announced in the root's own record. */
const rockRidgeImage = (
  records: readonly RecordFields[],
  blocks: Readonly<Record<number, Uint8Array>> = {},
): Buffer => {
  const root = directory({ block: ROOT_BLOCK, records: records.map(directoryRecord), systemUse: rockRidgeStart });
  return isoImage({ blocks: { [ROOT_BLOCK]: root, ...blocks }, rootBytes: root.length });
};

const codeOf = async (operation: Promise<unknown>): Promise<string> => {
  const thrown = await operation.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof StationError)) throw new Error(`no StationError, but ${String(thrown)}`);
  return thrown.code;
};

const link = (...components: readonly (readonly [flags: number, text: string])[]): Buffer =>
  suspEntry('SL', 0, ...components.flatMap(([flags, part]) => [flags, part.length, Buffer.from(part)]));

describe('openImage', () => {
  it('reads an image made by hand', async () => {
    const image = await openBytes(
      plainImage(
        [
          { name: 'HELLO.TXT;1', block: 30, bytes: 5 },
          { name: 'NODOT.;1', block: 0xffff_ffff, bytes: 0 },
        ],
        {
          30: text('hello'),
        },
      ),
    );
    expect(image).toMatchObject({
      volumeLabel: 'HAND_MADE',
      fileSystems: ['iso9660'],
      hybrid: false,
      bootCatalogue: [],
    });
    expect(await image.fs.list('')).toEqual([
      { name: 'HELLO.TXT', type: 'file', sizeBytes: 5, modifiedAtMs: Date.UTC(2024, 1, 29, 11, 34, 56) },
      { name: 'NODOT', type: 'file', sizeBytes: 0, modifiedAtMs: Date.UTC(2024, 1, 29, 11, 34, 56) },
    ]);
    expect(await readImageText(image.fs, 'hello.txt')).toBe('hello');
    expect(await readImageText(image.fs, 'nodot')).toBe('');
  });

  it('joins the extents of a file, wherever they are', async () => {
    const { fs } = await openBytes(
      plainImage(
        [
          { name: 'PARTS;1', block: 40, bytes: 2048, flags: 0x80 },
          { name: 'PARTS;1', block: 30, bytes: 2048, flags: 0x80 },
          { name: 'PARTS;1', block: 35, bytes: 3 },
          { name: 'AFTER;1', block: 35, bytes: 1 },
        ],
        { 40: Buffer.alloc(2048, 'a'), 30: Buffer.alloc(2048, 'b'), 35: text('end') },
      ),
    );
    const file = await fs.open('PARTS');
    expect(file?.sizeBytes).toBe(4099);
    const whole = Buffer.concat([Buffer.alloc(2048, 'a'), Buffer.alloc(2048, 'b'), Buffer.from('end')]);
    for (const [position, length] of [
      [0, 5000],
      [2040, 16],
      [2048, 2048],
      [4090, 9],
      [4098, 5],
      [4099, 5],
      [9999, 5],
    ] as const) {
      const target = Buffer.alloc(length, '?');
      const bytesRead = (await file?.read(target, position)) ?? -1;
      const expected = whole.subarray(position, position + length);
      expect(bytesRead).toBe(expected.length);
      expect(target.subarray(0, bytesRead)).toEqual(expected);
    }
    const many = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const target = Buffer.alloc(100);
        await file?.read(target, index * 80);
        return target.equals(whole.subarray(index * 80, index * 80 + 100));
      }),
    );
    expect(many.every(Boolean)).toBe(true);
  });

  it('skips extended attributes, resource forks and names that no path can have', async () => {
    const { fs } = await openBytes(
      plainImage(
        [
          { name: 'DATA;1', block: 30, bytes: 4, extendedAttributeBlocks: 2 },
          { name: 'DATA;1', block: 31, bytes: 9, flags: 0x04 },
          { name: 'A/B;1', block: 31, bytes: 9 },
          { name: '..;1', block: 31, bytes: 9 },
          { name: 'NUL\0X;1', block: 31, bytes: 9 },
        ],
        { 32: text('data') },
      ),
    );
    expect((await fs.list(''))?.map(({ name }) => name)).toEqual(['DATA']);
    expect(await readImageText(fs, 'DATA')).toBe('data');
  });

  it('finds names in other letter case only where there is one such name', async () => {
    const { fs } = await openBytes(
      plainImage([
        { name: 'Name', block: 30, bytes: 1 },
        { name: 'NAME', block: 30, bytes: 2 },
        { name: 'Only', block: 30, bytes: 3 },
      ]),
    );
    expect((await fs.stat('Name'))?.sizeBytes).toBe(1);
    expect((await fs.stat('NAME'))?.sizeBytes).toBe(2);
    expect(await fs.stat('name')).toBeUndefined();
    expect((await fs.stat('oNLY'))?.sizeBytes).toBe(3);
  });

  it('reads names, links and continuations of Rock Ridge', async () => {
    const longName = 'n'.repeat(200);
    const area = Buffer.concat([
      suspEntry('NM', 1, Buffer.from('part one ')),
      suspEntry('NM', 0, Buffer.from('and two')),
    ]);
    const { fs, fileSystems } = await openBytes(
      rockRidgeImage(
        [
          {
            name: 'A.;1',
            block: 30,
            bytes: 3,
            systemUse: Buffer.concat([rockRidgeMode(FILE_MODE), rockRidgeName('real name')]),
          },
          {
            name: 'B.;1',
            block: 30,
            bytes: 0,
            systemUse: Buffer.concat([rockRidgeMode(FILE_MODE), continuation(33, 100, area.length)]),
          },
          {
            name: 'C.;1',
            block: 0,
            bytes: 0,
            systemUse: Buffer.concat([
              rockRidgeMode(LINK_MODE),
              rockRidgeName('link'),
              suspEntry('SL', 1, 8, 0, 2, 0, 1, 5, Buffer.from('real ')),
              link([0, 'name']),
            ]),
          },
          {
            name: 'D.;1',
            block: 0,
            bytes: 0,
            systemUse: Buffer.concat([rockRidgeMode(0o020600), rockRidgeName('device')]),
          },
          { name: 'E.;1', block: 30, bytes: 0, systemUse: rockRidgeName(longName) },
        ],
        { 30: text('yes'), 33: Buffer.concat([Buffer.alloc(100), area]) },
      ),
    );
    expect(fileSystems).toEqual(['iso9660', 'rock-ridge']);
    expect((await fs.list(''))?.map(({ name, linkTarget }) => [name, linkTarget])).toEqual([
      ['real name', undefined],
      ['part one and two', undefined],
      ['link', '/./real name'],
      [longName, undefined],
    ]);
    expect(await readImageText(fs, 'link')).toBe('yes');
  });

  it('shows a relocated directory where it belongs and nowhere else', async () => {
    const moved = directory({ block: 30, parent: 31, records: [directoryRecord({ name: 'X', block: 40, bytes: 1 })] });
    const holder = directory({
      block: 31,
      parent: ROOT_BLOCK,
      records: [
        directoryRecord({
          name: 'MOVED',
          block: 30,
          bytes: 2048,
          flags: 2,
          systemUse: Buffer.concat([rockRidgeName('moved'), suspEntry('RE')]),
        }),
      ],
    });
    const { fs } = await openBytes(
      rockRidgeImage(
        [
          { name: 'RR_MOVED', block: 31, bytes: 2048, flags: 2, systemUse: rockRidgeName('rr_moved') },
          {
            name: 'DEEP',
            block: 50,
            bytes: 0,
            systemUse: Buffer.concat([rockRidgeName('deep'), suspEntry('CL', Buffer.from([30, 0, 0, 0, 0, 0, 0, 30]))]),
          },
        ],
        { 30: moved, 31: holder },
      ),
    );
    expect(await fs.list('rr_moved')).toEqual([]);
    expect((await fs.stat('deep'))?.type).toBe('directory');
    expect((await fs.list('deep'))?.map(({ name }) => name)).toEqual(['X']);
  });

  it.each<readonly [string, Buffer, string]>([
    ['ZIP', Buffer.from('PK\x03\x04rest of it'), 'a ZIP archive'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0]), 'a gzip-compressed file'],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'an xz-compressed file'],
    ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]), 'a Zstandard-compressed file'],
    ['7-Zip', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'a 7-Zip archive'],
    ['qcow2', Buffer.from([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3]), 'a QEMU disk image (qcow2)'],
    ['VMDK', Buffer.from('KDMV\x01\0\0\0'), 'a VMware disk image (VMDK)'],
    ['VHDX', Buffer.from('vhdxfile'), 'a Hyper-V disk image (VHDX)'],
    ['PDF', Buffer.from('%PDF-1.7\n'), 'a PDF document'],
    ['web page', Buffer.from('\ufeff \n<!DOCTYPE html><html>'), 'a web page, so the download went wrong'],
    ['web page with a comment', Buffer.from('<!-- x --><HTML>'), 'a web page, so the download went wrong'],
    ['WIM', Buffer.from('MSWIM\0\0\0'), 'a Windows image file (WIM)'],
    ['SquashFS', Buffer.from('hsqs1234'), 'a SquashFS file system'],
    ['text', Buffer.from('Not found\n'), 'a text file'],
    ['zeros', Buffer.alloc(100_000), 'nothing but zeros, so the download or copy is not complete'],
    [
      'raw CD',
      Buffer.concat([Buffer.from([0, ...Array(10).fill(0xff), 0]), Buffer.alloc(50_000, 7)]),
      'a raw CD image (BIN of a BIN/CUE pair)',
    ],
  ])('says what a file looks like that is no ISO: %s', async (_, bytes, looksLike) => {
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: 'E_NOT_AN_ISO',
      data: { path: 'test.iso', looksLike },
    });
  });

  it('tells raw disks from discs', async () => {
    const disk = Buffer.alloc(100_000, 0x11);
    disk.writeUInt16LE(0xaa55, 510);
    disk.fill(0, 446, 510);
    disk.set([0x80, 0, 0, 0, 0x83, 0, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0], 446);
    await expect(openBytes(disk)).rejects.toMatchObject({
      data: { looksLike: 'a raw disk image with an MBR partition table' },
    });
    disk.write('EFI PART', 512);
    await expect(openBytes(disk)).rejects.toMatchObject({
      data: { looksLike: 'a raw disk image with a GPT partition table' },
    });
    await expect(openBytes(Buffer.from([1, 2, 3]))).rejects.toMatchObject({
      code: 'E_NOT_AN_ISO',
      data: { path: 'test.iso', looksLike: undefined },
    });
  });

  it('says that an image is empty', async () => {
    await expect(openBytes(Buffer.alloc(0))).rejects.toMatchObject({ code: 'E_IMAGE_EMPTY' });
  });

  it('says by how much an image is cut short', async () => {
    const image = plainImage([]);
    await expect(openBytes(image.subarray(0, image.length - 1))).rejects.toMatchObject({
      code: 'E_IMAGE_TRUNCATED',
      data: { path: 'test.iso', expectedBytes: image.length, actualBytes: image.length - 1 },
    });
    // Cut off in the middle of the descriptors there is nothing left to tell an ISO by.
    expect(await codeOf(openBytes(image.subarray(0, 16 * SECTOR_BYTES + 100)))).toBe('E_NOT_AN_ISO');
    expect(await codeOf(openBytes(image.subarray(0, 17 * SECTOR_BYTES)))).toBe('E_IMAGE_TRUNCATED');
  });

  it.each<readonly [string, () => Buffer, (image: OpenedImage) => Promise<unknown>]>([
    [
      'a directory that contains itself',
      () => plainImage([{ name: 'LOOP', block: ROOT_BLOCK, bytes: 2048, flags: 2 }]),
      ({ fs }) => fs.list('LOOP/LOOP'),
    ],
    [
      'two directories that contain each other',
      () =>
        plainImage([{ name: 'A', block: 30, bytes: 2048, flags: 2 }], {
          30: directory({ block: 30, records: [directoryRecord({ name: 'B', block: 31, bytes: 2048, flags: 2 })] }),
          31: directory({ block: 31, records: [directoryRecord({ name: 'A', block: 30, bytes: 2048, flags: 2 })] }),
        }),
      ({ fs }) => fs.stat('A/B/A'),
    ],
    [
      'a relocated directory that leads back up',
      () =>
        rockRidgeImage([
          {
            name: 'CL',
            block: 0,
            bytes: 0,
            systemUse: suspEntry('CL', Buffer.from([ROOT_BLOCK, 0, 0, 0, 0, 0, 0, 0])),
          },
        ]),
      ({ fs }) => fs.list('CL'),
    ],
    [
      'a directory of 4 GiB',
      () => plainImage([{ name: 'BIG', block: 30, bytes: 0xffff_f800, flags: 2 }]),
      ({ fs }) => fs.list('BIG'),
    ],
    [
      'a file that goes on behind the end',
      () => plainImage([{ name: 'FAR', block: 30, bytes: 0x7fff_ffff }]),
      ({ fs }) => fs.open('FAR'),
    ],
    [
      'a file that starts behind the end',
      () => plainImage([{ name: 'FAR', block: 0xffff_ffff, bytes: 1 }]),
      ({ fs }) => fs.open('FAR'),
    ],
    [
      'a directory behind the end',
      () => plainImage([{ name: 'FAR', block: 0x00ff_ffff, bytes: 2048, flags: 2 }]),
      ({ fs }) => fs.list('FAR'),
    ],
    [
      'a file whose last piece is missing',
      () => plainImage([{ name: 'PART', block: 30, bytes: 1, flags: 0x80 }]),
      ({ fs }) => fs.list(''),
    ],
    [
      'a file that another one continues',
      () =>
        plainImage([
          { name: 'PART', block: 30, bytes: 1, flags: 0x80 },
          { name: 'OTHER', block: 30, bytes: 1 },
        ]),
      ({ fs }) => fs.list(''),
    ],
    [
      'a continuation that leads to itself',
      () =>
        rockRidgeImage([{ name: 'CE', block: 30, bytes: 1, systemUse: continuation(33, 0, 28) }], {
          33: continuation(33, 0, 28),
        }),
      ({ fs }) => fs.list(''),
    ],
    [
      'a continuation of 4 GiB',
      () => rockRidgeImage([{ name: 'CE', block: 30, bytes: 1, systemUse: continuation(33, 0, 0xffff_ffff) }]),
      ({ fs }) => fs.list(''),
    ],
    [
      'links in a circle',
      () =>
        rockRidgeImage([
          {
            name: 'A',
            block: 0,
            bytes: 0,
            systemUse: Buffer.concat([rockRidgeMode(LINK_MODE), rockRidgeName('a'), link([0, 'b'])]),
          },
          {
            name: 'B',
            block: 0,
            bytes: 0,
            systemUse: Buffer.concat([rockRidgeMode(LINK_MODE), rockRidgeName('b'), link([0, 'a'])]),
          },
        ]),
      ({ fs }) => fs.open('a'),
    ],
    [
      'a link that multiplies itself',
      () =>
        rockRidgeImage([
          {
            name: 'A',
            block: 0,
            bytes: 0,
            systemUse: Buffer.concat([
              rockRidgeMode(LINK_MODE),
              rockRidgeName('a'),
              link([0, 'a'], [0, 'a'], [0, 'a'], [0, 'a']),
            ]),
          },
        ]),
      ({ fs }) => fs.open('a'),
    ],
    [
      'a record that is longer than its sector',
      () => {
        const image = plainImage([{ name: 'X', block: 30, bytes: 1 }]);
        image[ROOT_BLOCK * SECTOR_BYTES + 68] = 255;
        image.fill(1, ROOT_BLOCK * SECTOR_BYTES + 68 + 255, (ROOT_BLOCK + 1) * SECTOR_BYTES);
        return image;
      },
      ({ fs }) => fs.list(''),
    ],
  ])('refuses %s as damage', async (_, make, act) => {
    expect(await codeOf(openBytes(make()).then(act))).toBe('E_IMAGE_DAMAGED');
  });

  it('follows 32 continuations of a record and no more', async () => {
    const chained = (length: number): Buffer => {
      const areas = Array.from({ length: length - 1 }, (_, index) => continuation(33, (index + 1) * 28, 28));
      const last = rockRidgeName('the name at its end....');
      return rockRidgeImage([{ name: 'CE', block: 30, bytes: 1, systemUse: continuation(33, 0, 28) }], {
        33: Buffer.concat([...areas, last]),
      });
    };
    const { fs } = await openBytes(chained(32));
    expect((await fs.list(''))?.map(({ name }) => name)).toEqual(['the name at its end....']);
    expect(await codeOf(openBytes(chained(33)).then((image) => image.fs.list('')))).toBe('E_IMAGE_DAMAGED');
  });

  it('reads 64 MiB of continuations in a directory and no more', async () => {
    const image = (records: number): Buffer => {
      const record = { name: 'CE', block: 30, bytes: 1, systemUse: continuation(500, 0, 32 * 1024) };
      const root = directory({
        block: ROOT_BLOCK,
        records: Array.from({ length: records }, () => directoryRecord(record)),
        systemUse: rockRidgeStart,
      });
      return isoImage({ blocks: { [ROOT_BLOCK]: root, 500: Buffer.alloc(32 * 1024) }, rootBytes: root.length });
    };
    expect(await (await openBytes(image(2048))).fs.list('')).toHaveLength(1);
    expect(await codeOf(openBytes(image(2049)).then(({ fs }) => fs.list('')))).toBe('E_IMAGE_DAMAGED');
  }, 60_000);

  it('lists 200,000 entries of a directory and no more', async () => {
    const image = (entries: number): Buffer => {
      const root = directory({
        block: ROOT_BLOCK,
        records: Array.from({ length: entries - 2 }, (_, index) =>
          directoryRecord({ name: index.toString(36), block: 30, bytes: 1 }),
        ),
      });
      return isoImage({ blocks: { [ROOT_BLOCK]: root }, rootBytes: root.length });
    };
    expect(await (await openBytes(image(200_000))).fs.list('')).toHaveLength(199_998);
    expect(await codeOf(openBytes(image(200_001)).then(({ fs }) => fs.list('')))).toBe('E_IMAGE_DAMAGED');
  }, 60_000);

  it('goes 128 directories deep and no deeper', async () => {
    const depth = 140;
    const blocks: Record<number, Buffer> = {};
    for (let level = 0; level < depth; level += 1) {
      blocks[100 + level] = directory({
        block: 100 + level,
        records: [directoryRecord({ name: 'D', block: 101 + level, bytes: 2048, flags: 2 })],
      });
    }
    blocks[100 + depth] = directory({ block: 100 + depth, records: [] });
    const { fs } = await openBytes(plainImage([{ name: 'D', block: 100, bytes: 2048, flags: 2 }], blocks));
    expect(await fs.list('D/'.repeat(128))).toHaveLength(1);
    expect(await codeOf(fs.list('D/'.repeat(129)))).toBe('E_IMAGE_DAMAGED');
  });

  it('refuses descriptors that cannot be', async () => {
    const image = plainImage([]);
    image.writeUInt16LE(3000, 16 * SECTOR_BYTES + 128);
    expect(await codeOf(openBytes(image))).toBe('E_IMAGE_DAMAGED');
    const rootless = isoImage({ blocks: {} });
    expect(await codeOf(openBytes(rootless))).toBe('E_IMAGE_DAMAGED');
  });

  it('reads an image whose boot catalogue is outside it', async () => {
    const root = directory({ block: ROOT_BLOCK, records: [] });
    const image = await openBytes(isoImage({ blocks: { [ROOT_BLOCK]: root }, bootCatalogueSector: 0xffff_ffff }));
    expect(image.bootCatalogue).toEqual([]);
    expect(image.bootCatalogueProblem).toMatch(/outside the image/);
  });

  it('leaves no open file behind when a file is no image', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-'));
    try {
      const path = join(folder, 'page.iso');
      await writeFile(path, '<html>');
      await expect(openImageFile(path)).rejects.toMatchObject({ code: 'E_NOT_AN_ISO', data: { path } });
      await expect(openImageFile(join(folder, 'none.iso'))).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
