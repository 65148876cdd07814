import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../renderer/language/formats.ts';

const format = formatsOf('en-GB');

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [821_035_008, '821 MB'],
    [1_204_518_912, '1.2 GB'],
    [5e15, '5,000 TB'],
  ])('bytes(%d)', (bytes, text) => expect(format.bytes(bytes)).toBe(text));

  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [4_320_000, '1 h 12 min'],
  ])('duration(%d)', (ms, text) => expect(format.duration(ms)).toBe(text));

  it.each([
    [10, '10 Mb/s'],
    [1000, '1 Gb/s'],
    [2500, '2.5 Gb/s'],
  ])('linkSpeed(%d)', (mbps, text) => expect(format.linkSpeed(mbps)).toBe(text));

  it('as another language writes them', () => {
    const german = formatsOf('de');
    expect([german.bytes(1_204_518_912), german.number(12_345.6), german.percent(62)]).toEqual([
      '1,2 GB',
      '12.345,6',
      '62\u00a0%',
    ]);
    expect(german.date(Date.UTC(2026, 10, 21, 14, 3))).toMatch(/^21\.11\.2026, /);
  });

  it('memory and counts', () => {
    expect([format.mebibytes(780), format.mebibytes(2048), format.mebibytes(1536)]).toEqual([
      '780 MiB',
      '2 GiB',
      '1.5 GiB',
    ]);
    expect([0, 1, 24].map((count) => format.count(count, 'machine', 'machines'))).toEqual([
      '0 machines',
      '1 machine',
      '24 machines',
    ]);
  });
});
