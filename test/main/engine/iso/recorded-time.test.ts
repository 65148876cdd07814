import { describe, expect, it } from 'vitest';
import { directoryTimeMs, longTimeMs, udfTimeMs } from '../../../../main/engine/iso/recorded-time.ts';

const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString());
const long = (digits: string, quarterHours: number): Buffer =>
  Buffer.concat([Buffer.from(digits), Buffer.from([quarterHours & 0xff])]);
const udf = (zone: number, year: number, ...rest: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(0x1000 | (zone & 0xfff), 0);
  bytes.writeUInt16LE(year, 2);
  bytes.set(rest, 4);
  return bytes;
};

describe('recorded times', () => {
  it.each([
    [[124, 2, 29, 12, 34, 56, 0], '2024-02-29T12:34:56.000Z'],
    [[70, 1, 1, 0, 0, 0, 0], '1970-01-01T00:00:00.000Z'],
    [[124, 1, 1, 0, 0, 0, 4], '2023-12-31T23:00:00.000Z'],
    [[124, 1, 1, 0, 0, 0, 0xe0], '2024-01-01T08:00:00.000Z'],
    [[255, 12, 31, 23, 59, 59, 0], '2155-12-31T23:59:59.000Z'],
    [[0, 0, 0, 0, 0, 0, 0], undefined],
    [[124, 13, 1, 0, 0, 0, 0], undefined],
    [[124, 1, 1, 24, 0, 0, 0], undefined],
    [[], undefined],
  ])('7 bytes %j', (bytes, expected) => {
    expect(iso(directoryTimeMs(Uint8Array.from(bytes), 0))).toBe(expected);
  });

  it.each([
    [long('2024022912345678', 0), '2024-02-29T12:34:56.780Z'],
    [long('2024010100000000', -20), '2024-01-01T05:00:00.000Z'],
    [long('0000000000000000', 0), undefined],
    [long('2024 22912345678', 0), undefined],
    [long('', 0), undefined],
  ])('17 bytes %s', (bytes, expected) => {
    expect(iso(longTimeMs(bytes, 0))).toBe(expected);
  });

  it.each([
    [udf(60, 2024, 2, 29, 12, 34, 56, 78), '2024-02-29T11:34:56.780Z'],
    [udf(-300, 2024, 1, 1, 0, 0, 0, 0), '2024-01-01T05:00:00.000Z'],
    [udf(-2047, 2024, 1, 1, 0, 0, 0, 0), '2024-01-01T00:00:00.000Z'],
    [udf(0, 0, 0, 0, 0, 0, 0, 0), undefined],
  ])('UDF, 12 bytes (%#)', (bytes, expected) => {
    expect(iso(udfTimeMs(bytes, 0))).toBe(expected);
  });
});
