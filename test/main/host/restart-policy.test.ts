import { describe, expect, it } from 'vitest';
import { afterCrash } from '../../../main/host/restart-policy.ts';

/** Delays until it gives up, for crashes at these times. */
function delays(timesMs: readonly number[]): (number | 'gives up')[] {
  let before: readonly number[] = [];
  return timesMs.map((now) => {
    const next = afterCrash(before, now);
    if (!next.restart) return 'gives up';
    before = next.crashesAtMs;
    return next.delayMs;
  });
}

describe('afterCrash', () => {
  it.each([
    ['waits longer each time and gives up at the fifth', [0, 1, 2, 3, 4], [500, 1000, 2000, 4000, 'gives up']],
    ['counts what lies within a minute', [0, 1, 2, 3, 59_999], [500, 1000, 2000, 4000, 'gives up']],
    ['forgets what is a minute old', [0, 1, 2, 3, 60_000], [500, 1000, 2000, 4000, 4000]],
    [
      'never gives up on one that crashes now and then',
      [0, 20_000, 40_000, 60_000, 80_000],
      [500, 1000, 2000, 2000, 2000],
    ],
    ['begins anew after a quiet time', [0, 1, 200_000], [500, 1000, 500]],
  ])('%s', (_what, times, expected) => {
    expect(delays(times)).toEqual(expected);
  });
});
