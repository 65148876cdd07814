import { describe, expect, it } from 'vitest';
import type { BootCatalogueEntry } from '../../../../main/engine/iso/el-torito.ts';
import { bootImageBytes, parseBootCatalogue } from '../../../../main/engine/iso/el-torito.ts';

function validationEntry(platform = 0): Buffer {
  const entry = Buffer.alloc(32);
  entry[0] = 1;
  entry[1] = platform;
  entry.write('FIELDBOOT', 4);
  entry.writeUInt16LE(0xaa55, 30);
  let sum = 0;
  for (let offset = 0; offset < 32; offset += 2) sum += entry.readUInt16LE(offset);
  entry.writeUInt16LE((0x10000 - (sum & 0xffff)) & 0xffff, 28);
  return entry;
}

function bootEntry(block: number, sectors: number, media = 0, indicator = 0x88, segment = 0): Buffer {
  const entry = Buffer.alloc(32);
  entry[0] = indicator;
  entry[1] = media;
  entry.writeUInt16LE(segment, 2);
  entry.writeUInt16LE(sectors, 6);
  entry.writeUInt32LE(block, 8);
  return entry;
}

function sectionHeader(platform: number, count: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(32);
  header[0] = isLast ? 0x91 : 0x90;
  header[1] = platform;
  header.writeUInt16LE(count, 2);
  return header;
}

const extension = Buffer.alloc(32).fill(0x44, 0, 1);
const catalogue = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.alloc(2048)]).subarray(0, 2048);
const summary = (bytes: Uint8Array): unknown =>
  parseBootCatalogue(bytes).entries.map(({ platform, isDefault, isBootable, media, offsetBytes, sectorCount }) => [
    platform,
    isDefault,
    isBootable,
    media,
    offsetBytes / 2048,
    sectorCount,
  ]);

describe('parseBootCatalogue', () => {
  it.each([
    ['the default entry alone', catalogue(validationEntry(), bootEntry(30, 4)), [['bios', true, true, 'none', 30, 4]]],
    ['UEFI as default', catalogue(validationEntry(0xef), bootEntry(30, 0)), [['uefi', true, true, 'none', 30, 0]]],
    [
      'sections for BIOS and UEFI, with an extension in between and garbage behind the last',
      catalogue(
        validationEntry(),
        bootEntry(30, 4),
        sectionHeader(0, 2, false),
        bootEntry(31, 1, 2),
        extension,
        bootEntry(32, 1, 4, 0),
        sectionHeader(0xef, 1, true),
        bootEntry(33, 9),
        sectionHeader(0, 1, true),
        bootEntry(99, 9),
      ),
      [
        ['bios', true, true, 'none', 30, 4],
        ['bios', false, true, 'floppy-1.44', 31, 1],
        ['bios', false, false, 'hard-disk', 32, 1],
        ['uefi', false, true, 'none', 33, 9],
      ],
    ],
    [
      'platforms and media that nobody knows',
      catalogue(validationEntry(0x77), bootEntry(30, 4, 0x0e)),
      [['other', true, true, 'other', 30, 4]],
    ],
  ])('reads %s', (_, bytes, expected) => {
    expect(summary(bytes)).toEqual(expected);
  });

  it('keeps to the catalogue where a section claims more entries than fit', () => {
    const bytes = catalogue(validationEntry(), bootEntry(30, 4), sectionHeader(0xef, 0xffff, true), bootEntry(31, 1));
    expect(parseBootCatalogue(bytes).entries.length).toBe(1 + (2048 - 96) / 32);
  });

  it.each([
    ['a wrong checksum', Buffer.concat([Buffer.from(validationEntry()).fill(9, 5, 6), bootEntry(30, 4)]), /checksum/],
    ['no key bytes', Buffer.concat([Buffer.from(validationEntry()).fill(0, 30), bootEntry(30, 4)]), /validation entry/],
    ['no header', Buffer.concat([Buffer.alloc(32), bootEntry(30, 4)]), /validation entry/],
    ['no room', validationEntry(), /outside the image/],
  ])('says why firmware refuses a catalogue with %s', (_, bytes, problem) => {
    expect(parseBootCatalogue(bytes)).toEqual({ entries: [], problem: expect.stringMatching(problem) as string });
  });
});

describe('bootImageBytes', () => {
  const entry: BootCatalogueEntry = {
    platform: 'uefi',
    isDefault: false,
    isBootable: true,
    media: 'none',
    loadSegment: 0,
    offsetBytes: 30 * 2048,
    sectorCount: 1,
  };
  const fat = (sectors16: number, sectors32: number): Buffer => {
    const head = Buffer.alloc(512);
    head.writeUInt16LE(512, 11);
    head.writeUInt16LE(sectors16, 19);
    head.writeUInt32LE(sectors32, 32);
    head.write('FAT16   ', 54);
    head.writeUInt16LE(0xaa55, 510);
    return head;
  };
  const bootInfoTable = (block: number): Buffer => {
    const head = Buffer.alloc(512);
    head.writeUInt32LE(16, 8);
    head.writeUInt32LE(block, 12);
    head.writeUInt32LE(38_912, 16);
    return head;
  };

  it.each([
    ['the sector count', {}, Buffer.alloc(512), 512],
    ['a small FAT', {}, fat(8192, 0), 4 * 1024 * 1024],
    ['a FAT too large for the sector count', {}, fat(0, 200_000), 102_400_000],
    ['a FAT without sectors', {}, fat(0, 0), 512],
    ['a boot info table', { sectorCount: 4 }, bootInfoTable(30), 38_912],
    ['a boot info table of another file', { sectorCount: 4 }, bootInfoTable(31), 2048],
    ['a floppy', { media: 'floppy-1.44' }, Buffer.alloc(512), 1_474_560],
    ['no head at all', { sectorCount: 3 }, new Uint8Array(), 1536],
  ] as const)('takes the size from %s', (_, fields, head, expected) => {
    expect(bootImageBytes({ ...entry, ...fields }, head)).toBe(expected);
  });
});
