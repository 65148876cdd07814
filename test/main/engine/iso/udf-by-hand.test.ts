import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { OpenedImage } from '../../../../main/engine/iso/open-image.ts';
import { openImage } from '../../../../main/engine/iso/open-image.ts';
import {
  fileEntry,
  fileIdentifier,
  fileSet,
  longDescriptor,
  ostaUnicode,
  pathComponent,
  physicalMap,
  shortDescriptor,
  type2Map,
  udfDescriptor,
  udfImage,
} from './udf-bytes.ts';
import type { FileEntryFields } from './udf-bytes.ts';
import { readImageText } from './walk.ts';

/** What no program on a build machine writes: metadata partitions, links, continued descriptors, damage. */

const SECTOR = 2048;
const open = (bytes: Uint8Array): Promise<OpenedImage> => openImage(memorySource(bytes, 'udf.iso'));
const icb = (partition: number, block: number): Buffer => longDescriptor(partition, block, SECTOR);
const name = (text: string): Buffer => ostaUnicode(text);
const parent = fileIdentifier(Buffer.alloc(0), icb(0, 1), 0x0a);
const padded = (text: string): Buffer => Buffer.from(text.padEnd(SECTOR, '\0'));

const folder = (records: readonly Uint8Array[], fields: Partial<FileEntryFields> = {}): Buffer => {
  const bytes = Buffer.concat(records);
  return fileEntry({ fileType: 4, sizeBytes: bytes.length, kind: 3, allocation: bytes, ...fields });
};

/** A volume of one physical partition: block 0 the file set, block 1 the root with these children. */
const image = (children: readonly Uint8Array[], blocks: Readonly<Record<number, Uint8Array>> = {}): Buffer =>
  udfImage({
    maps: [physicalMap],
    fileSet: { partition: 0, block: 0 },
    physical: { 0: fileSet(0, 1), 1: folder([parent, ...children]), ...blocks },
  });

describe('UDF by hand', () => {
  it('reads names, embedded files, attributes, links, and leaves out what was deleted', async () => {
    const target = Buffer.concat([
      pathComponent(2),
      pathComponent(5, 'folder'),
      pathComponent(3),
      pathComponent(4),
      pathComponent(5, 'small'),
    ]);
    const { fs, volumeLabel, fileSystems } = await open(
      image(
        [
          fileIdentifier(name('small'), icb(0, 2)),
          fileIdentifier(ostaUnicode('日本 ☃', 16), icb(0, 3), 0, 8),
          fileIdentifier(name('gone'), icb(0, 2), 4),
          fileIdentifier(name('link'), icb(0, 4)),
          fileIdentifier(name('folder'), icb(0, 5), 2),
        ],
        {
          2: fileEntry({
            fileType: 5,
            sizeBytes: 5,
            kind: 3,
            allocation: Buffer.from('hello'),
            extendedAttributes: Buffer.alloc(24),
          }),
          3: fileEntry({
            fileType: 5,
            sizeBytes: SECTOR + 3,
            kind: 0,
            allocation: Buffer.concat([shortDescriptor(20, SECTOR), shortDescriptor(10, SECTOR)]),
            extended: true,
          }),
          4: fileEntry({ fileType: 12, sizeBytes: target.length, kind: 3, allocation: target }),
          5: folder([parent]),
          20: Buffer.alloc(SECTOR, 'a'),
          10: padded('end, and rest of the sector'),
        },
      ),
    );
    expect(volumeLabel).toBe('Wörld ☃');
    expect(fileSystems).toEqual(['udf']);
    const modifiedAtMs = Date.UTC(2024, 1, 29, 11, 34, 56);
    expect(await fs.list('')).toEqual([
      { name: 'small', type: 'file', sizeBytes: 5, modifiedAtMs },
      { name: '日本 ☃', type: 'file', sizeBytes: SECTOR + 3, modifiedAtMs },
      { name: 'link', type: 'symlink', sizeBytes: 0, modifiedAtMs, linkTarget: '/folder/.././small' },
      { name: 'folder', type: 'directory', sizeBytes: 0, modifiedAtMs },
    ]);
    expect(await readImageText(fs, 'link')).toBe('hello');
    expect(await readImageText(fs, '日本 ☃')).toBe(`${'a'.repeat(SECTOR)}end`);
  });

  it('reads the metadata partition of 2.50, itself in two pieces', async () => {
    const { fs } = await open(
      udfImage({
        maps: [physicalMap, type2Map('*UDF Metadata Partition', 0)],
        fileSet: { partition: 1, block: 0 },
        physical: {
          0: fileEntry({
            fileType: 250,
            sizeBytes: 3 * SECTOR,
            kind: 0,
            allocation: Buffer.concat([shortDescriptor(30, 2 * SECTOR), shortDescriptor(10, SECTOR)]),
          }),
          30: fileSet(1, 1),
          31: folder([parent, fileIdentifier(name('data'), icb(1, 2))], { extended: true }),
          10: fileEntry({ fileType: 5, sizeBytes: 4, kind: 1, allocation: longDescriptor(0, 50, 4), extended: true }),
          50: padded('data'),
        },
      }),
    );
    expect(await readImageText(fs, 'data')).toBe('data');
  });

  it('follows allocation descriptors that go on in another block', async () => {
    const more = (descriptors: readonly Uint8Array[]): Buffer =>
      udfDescriptor(258, (bytes) => {
        const body = Buffer.concat(descriptors);
        bytes.writeUInt32LE(body.length, 20);
        bytes.set(body, 24);
      });
    const { fs } = await open(
      image(
        [
          fileIdentifier(name('pieces'), icb(0, 2)),
          fileIdentifier(name('circle'), icb(0, 3)),
          fileIdentifier(name('small circle'), icb(0, 4)),
        ],
        {
          2: fileEntry({
            fileType: 5,
            sizeBytes: 3 * SECTOR,
            kind: 0,
            allocation: Buffer.concat([shortDescriptor(20, SECTOR), shortDescriptor(8, SECTOR, 3)]),
          }),
          3: fileEntry({ fileType: 5, sizeBytes: 3 * SECTOR, kind: 0, allocation: shortDescriptor(9, SECTOR, 3) }),
          4: fileEntry({ fileType: 5, sizeBytes: SECTOR, kind: 0, allocation: shortDescriptor(12, SECTOR, 3) }),
          12: more([shortDescriptor(12, SECTOR, 3)]),
          8: more([shortDescriptor(21, SECTOR), shortDescriptor(22, SECTOR)]),
          9: more([shortDescriptor(21, SECTOR), shortDescriptor(9, SECTOR, 3)]),
          20: Buffer.alloc(SECTOR, 'a'),
          21: Buffer.alloc(SECTOR, 'b'),
          22: Buffer.alloc(SECTOR, 'c'),
        },
      ),
    );
    expect(await readImageText(fs, 'pieces')).toBe('a'.repeat(SECTOR) + 'b'.repeat(SECTOR) + 'c'.repeat(SECTOR));
    await expect(fs.stat('circle')).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
    await expect(fs.stat('small circle')).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
  });

  it.each<readonly [string, Partial<FileEntryFields>]>([
    ['more bytes than it has', { sizeBytes: 9 * SECTOR, kind: 0, allocation: shortDescriptor(20, SECTOR) }],
    ['a size of 16 EiB', { sizeBytes: Number.MAX_SAFE_INTEGER, kind: 0, allocation: shortDescriptor(20, SECTOR) }],
    ['blocks behind the end', { sizeBytes: SECTOR, kind: 0, allocation: shortDescriptor(0xffff_fff0, SECTOR) }],
    ['a partition that there is not', { sizeBytes: 4, kind: 1, allocation: longDescriptor(7, 20, SECTOR) }],
    ['holes', { sizeBytes: SECTOR, kind: 0, allocation: shortDescriptor(20, SECTOR, 2) }],
    ['unknown descriptors', { sizeBytes: 4, kind: 2, allocation: shortDescriptor(20, SECTOR) }],
  ])('refuses a file with %s as damage', async (_, fields) => {
    const entry = fileEntry({ fileType: 5, sizeBytes: 0, kind: 0, allocation: Buffer.alloc(0), ...fields });
    const { fs } = await open(image([fileIdentifier(name('file'), icb(0, 2))], { 2: entry }));
    await expect(fs.open('file')).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
  });

  it('refuses a directory that contains itself as damage', async () => {
    const { fs } = await open(image([fileIdentifier(name('loop'), icb(0, 1), 2)]));
    await expect(fs.list('loop')).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
  });

  it('says that it cannot read discs written in packets', async () => {
    const bytes = udfImage({
      maps: [physicalMap, type2Map('*UDF Virtual Partition', 0)],
      fileSet: { partition: 1, block: 0 },
      physical: { 0: fileSet(0, 1), 1: folder([parent]) },
    });
    await expect(open(bytes)).rejects.toMatchObject({
      code: 'E_NOT_AN_ISO',
      data: { looksLike: expect.stringContaining('UDF Virtual Partition') as string },
    });
  });
});
