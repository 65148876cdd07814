import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLinkSpeed,
  formatMebibytes,
} from '../../../renderer/app/format.ts';

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
  ])('formatBytes(%d)', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [4_320_000, '1 h 12 min'],
  ])('formatDuration(%d)', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [10, '10 Mb/s'],
    [1000, '1 Gb/s'],
    [2500, '2.5 Gb/s'],
  ])('formatLinkSpeed(%d)', (mbps, text) => expect(formatLinkSpeed(mbps)).toBe(text));

  it('memory and counts', () => {
    expect([formatMebibytes(780), formatMebibytes(2048), formatMebibytes(1536)]).toEqual([
      '780 MiB',
      '2 GiB',
      '1.5 GiB',
    ]);
    expect([0, 1, 24].map((count) => formatCount(count, 'machine', 'machines'))).toEqual([
      '0 machines',
      '1 machine',
      '24 machines',
    ]);
  });
});
