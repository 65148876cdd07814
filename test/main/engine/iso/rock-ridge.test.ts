import { describe, expect, it } from 'vitest';
import { ImageDamage } from '../../../../main/engine/iso/image-damage.ts';
import type { RockRidge } from '../../../../main/engine/iso/rock-ridge.ts';
import { announcesRockRidge, parseRockRidge } from '../../../../main/engine/iso/rock-ridge.ts';
import { findSystemUse, parseSystemUse } from '../../../../main/engine/iso/system-use.ts';
import { both32, continuation, rockRidgeMode, rockRidgeName, suspEntry, suspMarker } from './iso-bytes.ts';

const parse = (...entries: readonly Buffer[]): RockRidge =>
  parseRockRidge(parseSystemUse(Buffer.concat(entries)).entries);
const component = (flags: number, text = ''): Buffer => Buffer.from([flags, text.length, ...Buffer.from(text)]);
const link = (...components: readonly Buffer[]): Buffer => suspEntry('SL', 0, ...components);
const time7 = (year: number): Buffer => Buffer.from([year - 1900, 1, 1, 0, 0, 0, 0]);

describe('Rock Ridge', () => {
  it.each<readonly [string, readonly Buffer[], Partial<RockRidge>]>([
    ['nothing', [], { name: undefined, linkTarget: undefined, fileType: undefined, isRelocated: false }],
    ['a name', [rockRidgeName('vmlinuz')], { name: 'vmlinuz' }],
    [
      'a name in pieces, up to the first that does not go on',
      [
        suspEntry('NM', 1, Buffer.from('a')),
        suspEntry('NM', 1, Buffer.from('b')),
        rockRidgeName('c'),
        rockRidgeName('d'),
      ],
      { name: 'abc' },
    ],
    ['a character split between pieces', [suspEntry('NM', 1, 0xc3), suspEntry('NM', 0, 0xbc)], { name: 'ü' }],
    ['the name of the parent', [suspEntry('NM', 4)], { name: undefined }],
    ['a file', [rockRidgeMode(0o100644)], { fileType: 'file' }],
    ['a directory', [rockRidgeMode(0o040755)], { fileType: 'directory' }],
    ['a link', [rockRidgeMode(0o120777)], { fileType: 'symlink' }],
    ['permissions only', [rockRidgeMode(0o644)], { fileType: 'file' }],
    ['a socket', [rockRidgeMode(0o140644)], { fileType: 'special' }],
    ['a relative target', [link(component(4), component(0, 'a'), component(0, 'b'))], { linkTarget: '../a/b' }],
    ['an absolute target', [link(component(8), component(0, 'a'))], { linkTarget: '/a' }],
    ['the root as target', [link(component(8))], { linkTarget: '/' }],
    ['this directory as target', [link(component(2))], { linkTarget: '.' }],
    [
      'a target over two entries, with a segment over both',
      [suspEntry('SL', 1, component(0, 'x'), component(1, 'long ')), link(component(0, 'name'), component(0, 'y'))],
      { linkTarget: 'x/long name/y' },
    ],
    ['a moved directory', [suspEntry('RE')], { isRelocated: true }],
    ['a stand-in for one', [suspEntry('CL', both32(77))], { childBlock: 77 }],
    ['a modification time alone', [suspEntry('TF', 2, time7(2024))], { modifiedAtMs: Date.UTC(2024, 0, 1) }],
    [
      'one behind the creation time',
      [suspEntry('TF', 7, time7(2001), time7(2024), time7(2002))],
      { modifiedAtMs: Date.UTC(2024, 0, 1) },
    ],
    [
      'a long one',
      [suspEntry('TF', 0x82, Buffer.from('2024022912345600\0'))],
      { modifiedAtMs: Date.UTC(2024, 1, 29, 12, 34, 56) },
    ],
    ['no modification time', [suspEntry('TF', 1, time7(2001))], { modifiedAtMs: undefined }],
    ['a modification time that is cut off', [suspEntry('TF', 2, 124, 1)], { modifiedAtMs: undefined }],
    ['entries behind the end mark', [suspEntry('ST'), rockRidgeName('not this')], { name: undefined }],
    ['padding', [rockRidgeName('a'), Buffer.from([0, 0, 0, 0, 0])], { name: 'a' }],
    ['entries of others', [suspEntry('AA', 1, 2), rockRidgeName('a')], { name: 'a' }],
  ])('reads %s', (_, entries, expected) => {
    expect(parse(...entries)).toMatchObject(expected);
  });

  it.each<readonly [string, readonly Buffer[]]>([
    ['an entry longer than its area', [Buffer.from('NM\x09\x01\0a')]],
    ['an entry shorter than its own header', [Buffer.from('NM\x03\x01\0a')]],
    ['a link component longer than its entry', [suspEntry('SL', 0, 0, 200, Buffer.from('a'))]],
    ['a name without end', Array.from({ length: 6 }, () => suspEntry('NM', 1, Buffer.alloc(200, 'n')))],
    ['a link without end', Array.from({ length: 30 }, () => suspEntry('SL', 1, component(1, 'l'.repeat(200))))],
  ])('refuses %s', (_, entries) => {
    expect(() => parse(...entries)).toThrow(ImageDamage);
  });

  it('finds the last continuation', () => {
    expect(parseSystemUse(Buffer.concat([rockRidgeName('a'), continuation(30, 100, 50)]))).toMatchObject({
      entries: [{ signature: 'NM' }],
      continuation: { block: 30, offsetBytes: 100, lengthBytes: 50 },
    });
  });

  it.each([
    ['at the start', suspMarker, { rootOffsetBytes: 0, offsetBytes: 0 }],
    ['with bytes to skip', suspEntry('SP', 0xbe, 0xef, 9), { rootOffsetBytes: 0, offsetBytes: 9 }],
    ['behind CD-ROM XA', Buffer.concat([Buffer.alloc(14), suspMarker]), { rootOffsetBytes: 14, offsetBytes: 14 }],
    ['without check bytes', suspEntry('SP', 0xbe, 0xee, 0), undefined],
    ['nowhere', rockRidgeName('a'), undefined],
  ])('finds SUSP %s', (_, area, expected) => {
    expect(findSystemUse(area)).toEqual(expected);
  });

  it.each([
    ['RRIP_1991A', suspEntry('ER', 10, 0, 0, 1, Buffer.from('RRIP_1991A')), true],
    ['IEEE_P1282', suspEntry('ER', 10, 0, 0, 1, Buffer.from('IEEE_P1282')), true],
    ['another extension', suspEntry('ER', 3, 0, 0, 1, Buffer.from('XYZ')), false],
    ['RR of old images', suspEntry('RR', 0x81), true],
    ['POSIX attributes', rockRidgeMode(0o040755), true],
    ['nothing', Buffer.alloc(0), false],
  ])('takes %s for Rock Ridge: %#', (_, area, expected) => {
    expect(announcesRockRidge(parseSystemUse(area).entries)).toBe(expected);
  });
});
