import { describe, expect, it } from 'vitest';
import { movedRow } from '../../../renderer/monitor/moved-row.ts';

describe('movedRow', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['PageDown', 3, 8],
    ['PageDown', 7, 9],
    ['PageUp', 7, 2],
    ['PageUp', 2, 0],
    ['Home', 7, 0],
    ['End', 2, 9],
    // The row went away meanwhile.
    ['ArrowDown', -1, 0],
  ])('%s leads from row %d to row %d of ten', (key, from, to) => expect(movedRow(key, from, 10, 5)).toBe(to));

  it.each(['a', 'Tab', 'Escape', 'constructor'])('%s moves nothing', (key) =>
    expect(movedRow(key, 3, 10, 5)).toBeUndefined(),
  );

  it('moves nowhere where there is no row', () => expect(movedRow('End', 0, 0, 5)).toBeUndefined());
});
