import { describe, expect, it } from 'vitest';
import { isParent, isSelf, parseDirectorySector } from '../../../../main/engine/iso/directory-record.ts';
import { ImageDamage } from '../../../../main/engine/iso/image-damage.ts';
import { parseVolumeDescriptor } from '../../../../main/engine/iso/volume-descriptor.ts';
import { directory, directoryRecord, primaryDescriptor, ROOT_BLOCK, SECTOR_BYTES } from './iso-bytes.ts';

const primary = (change: (sector: Buffer) => void = () => undefined): Buffer => {
  const sector = primaryDescriptor({ label: 'LABEL', volumeBlocks: 100, rootBytes: 2048 });
  change(sector);
  return sector;
};

describe('parseVolumeDescriptor', () => {
  it('reads the primary descriptor', () => {
    expect(parseVolumeDescriptor(primary())).toEqual({
      kind: 'primary',
      tree: { volumeLabel: 'LABEL', volumeBlocks: 100, blockBytes: 2048, rootBlock: ROOT_BLOCK, rootBytes: 2048 },
    });
  });

  it.each(['%/@', '%/C', '%/E'])('takes a supplementary descriptor with %j for Joliet', (escape) => {
    const sector = primary((bytes) => {
      bytes[0] = 2;
      bytes.write(escape, 88, 'latin1');
      bytes.set(Buffer.from('Wörld   '.padEnd(16), 'utf16le').swap16(), 40);
    });
    expect(parseVolumeDescriptor(sector)).toMatchObject({ kind: 'joliet', tree: { volumeLabel: 'Wörld' } });
  });

  it.each([
    ['an enhanced descriptor', primary((bytes) => bytes.fill(2, 0, 1)), 'other'],
    ['a partition descriptor', primary((bytes) => bytes.fill(3, 0, 1)), 'other'],
    ['a boot record of another kind', primary((bytes) => bytes.fill(0, 0, 1)), 'other'],
    ['the terminator', primary((bytes) => bytes.fill(255, 0, 1)), 'terminator'],
    ['the announcement of UDF', Buffer.from('\0NSR02\x01'), 'udf'],
  ])('recognises %s', (_, sector, kind) => {
    expect(parseVolumeDescriptor(sector)?.kind).toBe(kind);
  });

  it.each([
    ['zeros', Buffer.alloc(SECTOR_BYTES)],
    ['a sector that is cut off', primary().subarray(0, 2000)],
    ['nothing', Buffer.alloc(0)],
  ])('finds no descriptor in %s', (_, sector) => {
    expect(parseVolumeDescriptor(sector)).toBeUndefined();
  });

  it.each([0, 1, 2049, 4096, 65_535])('refuses a block size of %d', (blockBytes) => {
    expect(() => parseVolumeDescriptor(primary((bytes) => bytes.writeUInt16LE(blockBytes, 128)))).toThrow(ImageDamage);
  });
});

describe('parseDirectorySector', () => {
  it('reads records and their fields', () => {
    const sector = directory({
      block: 20,
      parent: 19,
      records: [
        directoryRecord({
          name: 'ODD',
          block: 30,
          bytes: 7,
          flags: 0x86,
          extendedAttributeBlocks: 2,
          systemUse: Buffer.from('su'),
        }),
        directoryRecord({ name: 'EVEN', block: 31, bytes: 0xffff_ffff, systemUse: Buffer.from('area') }),
      ],
    });
    const [self, parent, odd, even, ...rest] = parseDirectorySector(sector);
    expect(rest).toEqual([]);
    expect(self !== undefined && isSelf(self)).toBe(true);
    expect(parent !== undefined && isParent(parent) && !isSelf(parent)).toBe(true);
    expect(odd).toMatchObject({
      dataBlock: 32,
      dataBytes: 7,
      isDirectory: true,
      isAssociated: true,
      hasMoreExtents: true,
      isInterleaved: false,
      modifiedAtMs: Date.UTC(2024, 1, 29, 11, 34, 56),
      identifier: Buffer.from('ODD'),
      systemUse: Buffer.from('su'),
    });
    expect(even).toMatchObject({
      dataBlock: 31,
      dataBytes: 0xffff_ffff,
      isDirectory: false,
      isAssociated: false,
      hasMoreExtents: false,
      identifier: Buffer.from('EVEN'),
      systemUse: Buffer.from('area'),
    });
  });

  it('ends at the zeros behind the last record', () => {
    const record = directoryRecord({ name: 'A', block: 1, bytes: 1 });
    expect(parseDirectorySector(Buffer.concat([record, Buffer.alloc(10), record]))).toHaveLength(1);
    expect(parseDirectorySector(Buffer.alloc(SECTOR_BYTES))).toEqual([]);
    expect(parseDirectorySector(Buffer.alloc(0))).toEqual([]);
  });

  const record = directoryRecord({ name: 'NAME', block: 1, bytes: 1 });
  it.each([
    ['a record longer than the sector', record.subarray(0, record.length - 1)],
    ['a record shorter than its header', Buffer.concat([Buffer.from([20]), record.subarray(1)])],
    ['a name longer than its record', Buffer.concat([record.subarray(0, 32), Buffer.from([6]), record.subarray(33)])],
    ['a record without a name', Buffer.concat([record.subarray(0, 32), Buffer.from([0]), record.subarray(33)])],
  ])('refuses %s', (_, sector) => {
    expect(() => parseDirectorySector(sector)).toThrow(ImageDamage);
  });
});
