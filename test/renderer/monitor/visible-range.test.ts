import { describe, expect, it } from 'vitest';
import { visibleRange } from '../../../renderer/monitor/visible-range.ts';

describe('visibleRange', () => {
  it.each([
    ['the top', 200, 0, { from: 0, to: 18 }],
    ['the middle', 200, 2000, { from: 42, to: 68 }],
    ['the end', 200, 7600, { from: 182, to: 200 }],
    ['fewer than fit', 5, 0, { from: 0, to: 5 }],
    ['none', 0, 0, { from: 0, to: 0 }],
    // The list became short while it was scrolled far down.
    ['beyond the end', 10, 7600, { from: 10, to: 10 }],
  ])('at %s', (_where, count, scrollTop, expected) => {
    expect(visibleRange(count, { rowHeight: 40, scrollTop, height: 400 })).toEqual(expected);
  });
});
