import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RANGES, parseRange } from '../../../../main/engine/http/range.ts';

/** `[offset, length]` pairs, or the kind where there are none. */
function asked(header: string | undefined, sizeBytes = 1000): string | [number, number][] {
  const range = parseRange(header, sizeBytes);
  return range.kind === 'ranges'
    ? range.ranges.map(({ offsetBytes, lengthBytes }) => [offsetBytes, lengthBytes])
    : range.kind;
}

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', [[0, 1]]],
    ['bytes=0-499', [[0, 500]]],
    ['bytes=500-999', [[500, 500]]],
    ['bytes=500-', [[500, 500]]],
    ['bytes=999-', [[999, 1]]],
    ['bytes=-1', [[999, 1]]],
    ['bytes=-1000', [[0, 1000]]],
    ['bytes=-5000', [[0, 1000]]],
    ['bytes=990-2000', [[990, 10]]],
    ['bytes=0-99999999999999999999', [[0, 1000]]],
    ['BYTES=1-2', [[1, 2]]],
    ['bytes = 1-2', [[1, 2]]],
    ['bytes= 1 - 2 ', [[1, 2]]],
  ])('reads the single range %s', (header, expected) => {
    expect(asked(header)).toEqual(expected);
  });

  it.each([
    [
      'two apart',
      'bytes=0-9,20-29',
      [
        [0, 10],
        [20, 10],
      ],
    ],
    [
      'in the order asked',
      'bytes=20-29,0-9',
      [
        [20, 10],
        [0, 10],
      ],
    ],
    [
      'empty list elements',
      'bytes=,0-9,,20-29,',
      [
        [0, 10],
        [20, 10],
      ],
    ],
    ['unsatisfiable ones left out', 'bytes=0-9,5000-', [[0, 10]]],
    [
      'suffix and first',
      'bytes=-10,0-9',
      [
        [990, 10],
        [0, 10],
      ],
    ],
    ['overlapping', 'bytes=0-99,50-149', [[0, 150]]],
    ['adjoining', 'bytes=0-99,100-149', [[0, 150]]],
    ['the same twice', 'bytes=5-6,5-6', [[5, 2]]],
    [
      'one that bridges two',
      'bytes=0-9,500-509,20-29,5-25',
      [
        [0, 30],
        [500, 10],
      ],
    ],
    ['contained', 'bytes=100-199,120-130', [[100, 100]]],
  ])('reads several ranges: %s', (_, header, expected) => {
    expect(asked(header)).toEqual(expected);
  });

  it.each([
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=,',
    'bytes=-',
    'bytes=a-b',
    'bytes=1',
    'bytes=5-4',
    'bytes=0-9,5-4',
    'bytes=0--9',
    'bytes=+1-2',
    'bytes=1.5-2',
    'bytes=0x0-0x9',
    'items=0-9',
    'bytes=0-9;20-29',
    'bytes==0-9',
  ])('ignores what it cannot understand: %s', (header) => {
    expect(asked(header)).toBe('whole');
  });

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=-0', 'bytes=99999999999999999999-', 'bytes=2000-,3000-'])(
    'knows %s as unsatisfiable',
    (header) => {
      expect(asked(header)).toBe('unsatisfiable');
    },
  );

  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-5'])('satisfies nothing of an empty file: %s', (header) => {
    expect(asked(header, 0)).toBe('unsatisfiable');
  });

  it('keeps exact numbers past 4 GiB', () => {
    expect(asked('bytes=4294967296-4294967297', 6e9)).toEqual([[4294967296, 2]]);
    expect(asked('bytes=-1', 6e9)).toEqual([[5999999999, 1]]);
  });

  it('ignores a header with too many ranges', () => {
    const list = (count: number) =>
      `bytes=${Array.from({ length: count }, (_, index) => `${index * 2}-${index * 2}`).join(',')}`;
    expect(asked(list(MAX_RANGES))).toHaveLength(MAX_RANGES);
    expect(asked(list(MAX_RANGES + 1))).toBe('whole');
    expect(asked(`bytes=0-1${' '.repeat(5000)}`)).toBe('whole');
  });

  it('covers each asked byte once, and no other', () => {
    const specifier = fc.oneof(
      fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      fc.nat(60).map((first) => `${first}-`),
      fc.nat(60).map((length) => `-${length}`),
    );
    fc.assert(
      fc.property(fc.array(specifier, { minLength: 1, maxLength: 8 }), fc.nat(50), (specifiers, sizeBytes) => {
        const wanted = new Set<number>();
        for (const text of specifiers) {
          const [first = '', last = ''] = text.split('-');
          for (let at = 0; at < sizeBytes; at += 1) {
            const inside =
              first === ''
                ? at >= sizeBytes - Number(last)
                : at >= Number(first) && (last === '' || at <= Number(last));
            if (inside) wanted.add(at);
          }
        }
        const range = parseRange(`bytes=${specifiers.join(',')}`, sizeBytes);
        const got = range.kind === 'ranges' ? range.ranges : [];
        const bytes = got.flatMap(({ offsetBytes, lengthBytes }) =>
          Array.from({ length: lengthBytes }, (_, i) => offsetBytes + i),
        );
        expect(bytes.sort((a, b) => a - b)).toEqual([...wanted].sort((a, b) => a - b));
        expect(range.kind).toBe(wanted.size === 0 ? 'unsatisfiable' : 'ranges');
      }),
    );
  });

  it('answers anything', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, sizeBytes) => {
        for (const header of [text, `bytes=${text}`]) {
          expect(['whole', 'ranges', 'unsatisfiable']).toContain(parseRange(header, sizeBytes).kind);
        }
      }),
    );
  });
});
