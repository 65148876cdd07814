import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageRate,
  rateOf,
  withSample,
  type ProgressSample,
} from '../../../../main/engine/files/transfer-progress.ts';

describe('averageRate', () => {
  it.each([
    [1_000, 1_000, 1_000],
    [1_000, 250, 4_000],
    [1, 3_000, 0],
    [2, 3_000, 1],
    [5_000, 0, 0],
    [5_000, -1, 0],
  ])('%i bytes in %i ms are %i bytes/s', (bytes, durationMs, rate) => {
    expect(averageRate(bytes, durationMs)).toBe(rate);
  });
});

describe('rate over the last samples', () => {
  const sampled = (sentByTime: readonly [number, number][]): readonly ProgressSample[] => {
    let samples: readonly ProgressSample[] = [];
    for (const [atMs, sentBytes] of sentByTime) samples = withSample(samples, { atMs, sentBytes });
    return samples;
  };

  it('is 0 without two samples', () => {
    expect(rateOf([])).toBe(0);
    expect(rateOf(sampled([[5, 100]]))).toBe(0);
  });

  it('forgets what is older than its window', () => {
    const samples = sampled([
      [0, 0],
      [1_000, 9_000_000],
      [2_000, 9_001_000],
      [3_500, 9_002_500],
    ]);
    expect(samples[0]).toEqual({ atMs: 2_000, sentBytes: 9_001_000 });
    expect(rateOf(samples)).toBe(1_000);
  });

  it('falls to 0 when nothing is sent any more', () => {
    const samples = sampled([
      [0, 0],
      [250, 1_000],
      [500, 1_000],
      [2_300, 1_000],
      [2_550, 1_000],
    ]);
    expect(rateOf(samples)).toBe(0);
  });

  it('keeps a bounded number of samples and a steady rate steady', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 2, max: 100 }), (bytesPerSample, count) => {
        const samples = sampled(
          Array.from({ length: count }, (_, index): [number, number] => [index * 250, index * bytesPerSample]),
        );
        expect(samples.length).toBeLessThanOrEqual(9);
        expect(rateOf(samples)).toBe(bytesPerSample * 4);
      }),
    );
  });
});
