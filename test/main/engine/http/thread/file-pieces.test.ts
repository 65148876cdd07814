import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOfRange } from '../../../../../main/engine/http/thread/file-pieces.ts';

const extents = [
  { offsetBytes: 1000, lengthBytes: 10 },
  { offsetBytes: 5000, lengthBytes: 5 },
  { offsetBytes: 200, lengthBytes: 20 },
];

describe('pieces of a range', () => {
  it.each([
    ['all', 0, 35, extents],
    ['nothing', 3, 0, []],
    ['inside the first', 2, 3, [{ offsetBytes: 1002, lengthBytes: 3 }]],
    [
      'over a seam',
      8,
      4,
      [
        { offsetBytes: 1008, lengthBytes: 2 },
        { offsetBytes: 5000, lengthBytes: 2 },
      ],
    ],
    ['the last byte', 34, 1, [{ offsetBytes: 219, lengthBytes: 1 }]],
    ['beyond the end', 33, 100, [{ offsetBytes: 218, lengthBytes: 2 }]],
  ])('%s', (_name, offset, length, expected) => {
    expect(piecesOfRange(extents, offset, length)).toEqual(expected);
  });

  it('are as long as the range, whatever the extents', () => {
    const extent = fc.record({ offsetBytes: fc.nat(1e9), lengthBytes: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(extent, { maxLength: 10 }), fc.nat(3000), fc.nat(3000), (list, offset, length) => {
        const size = list.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
        const pieces = piecesOfRange(list, offset, length);
        const total = pieces.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
        expect(total).toBe(Math.max(0, Math.min(length, size - offset)));
      }),
    );
  });
});
