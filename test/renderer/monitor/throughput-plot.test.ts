import { describe, expect, it } from 'vitest';
import { plotThroughput, windowOf } from '../../../renderer/monitor/throughput-plot.ts';

const box = { width: 100, height: 50, windowMs: 10_000, limit: 200 };
const samples = [
  { at: 89_000, bytesPerSecond: 200 },
  { at: 90_000, bytesPerSecond: 0 },
  { at: 95_000, bytesPerSecond: 100 },
  { at: 100_000, bytesPerSecond: 200 },
];

describe('plotThroughput', () => {
  it('has its newest sample at the right edge and the limit at the top, and leaves out what is older than its window', () => {
    const plot = plotThroughput(samples, box);
    expect(plot.line).toBe('M0 50L50 25L100 0');
    expect(plot.area).toBe('M0 50L50 25L100 0L100 50L0 50Z');
    expect(plot.limitY).toBe(0);
    expect(plot.points.map(({ sample }) => sample.at)).toEqual([90_000, 95_000, 100_000]);
  });

  it('makes room for more than the wire should carry', () => {
    const plot = plotThroughput([{ at: 0, bytesPerSecond: 400 }], box);
    expect(plot.limitY).toBe(25);
    expect(plot.points[0]?.y).toBe(0);
  });

  it('ends its scale at the highest value where there is no wire', () => {
    const plot = plotThroughput(samples.slice(1, 3), { ...box, limit: undefined });
    expect(plot.limitY).toBeUndefined();
    expect(plot.line).toBe('M50 50L100 0');
  });

  it('draws nothing of nothing, and a flat line of silence', () => {
    expect(plotThroughput([], box)).toMatchObject({ line: '', area: '', points: [] });
    expect(plotThroughput([{ at: 5, bytesPerSecond: 0 }], { ...box, limit: undefined }).line).toBe('M100 50');
  });
});

describe('windowOf', () => {
  it.each([
    [[], 60_000],
    [[0], 60_000],
    [[0, 60_000], 60_000],
    [[0, 30_000, 61_000], 120_000],
    [[0, 121_000], 300_000],
    [[0, 599_000], 300_000],
  ])('of samples at %o is %d ms', (times, windowMs) => {
    expect(windowOf(times.map((at) => ({ at, bytesPerSecond: 1 })))).toBe(windowMs);
  });
});
