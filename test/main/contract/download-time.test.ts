import { describe, expect, it } from 'vitest';
import { secondsAtWireSpeed } from '../../../main/contract/download-time.ts';

describe('the time of a download', () => {
  it.each([
    [1_000_000_000, 1, 1000, 8.5],
    [1_000_000_000, 10, 1000, 85],
    [1_000_000_000, 1, 100, 85],
    [2_600_000_000, 32, 2500, 282.8],
    [0, 32, 1000, 0],
  ])('%i bytes to %i machines at %i Mbit/s', (bytes, machines, linkMbps, seconds) => {
    expect(secondsAtWireSpeed(bytes, machines, linkMbps)).toBeCloseTo(seconds, 0);
  });
});
