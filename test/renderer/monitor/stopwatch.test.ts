import { describe, expect, it } from 'vitest';
import { stopwatch } from '../../../renderer/monitor/stopwatch.ts';

describe('stopwatch', () => {
  it.each([
    [0, '0:00'],
    [-5000, '0:00'],
    [59_999, '0:59'],
    [761_000, '12:41'],
    [3_600_000, '1:00:00'],
    [86_399_000, '23:59:59'],
  ])('%d ms is %s', (ms, text) => {
    expect(stopwatch(ms)).toBe(text);
  });
});
