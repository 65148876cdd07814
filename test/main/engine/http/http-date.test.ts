import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHttpDate, parseHttpDate } from '../../../../main/engine/http/http-date.ts';

const SAMPLE_MS = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('HTTP dates', () => {
  it('writes the fixed form', () => {
    expect(formatHttpDate(SAMPLE_MS + 999)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
  });

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads %s',
    (text) => {
      expect(parseHttpDate(text)).toBe(SAMPLE_MS);
    },
  );

  it.each([
    '',
    'yesterday',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Xxx 1994 08:49:37 GMT',
    '"x"',
  ])('refuses %s', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
        expect(parseHttpDate(formatHttpDate(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});
