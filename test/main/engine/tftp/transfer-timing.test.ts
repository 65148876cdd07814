import { describe, expect, it } from 'vitest';
import { RetransmissionTiming } from '../../../../main/engine/tftp/transfer-timing.ts';

describe('retransmission timing', () => {
  it('waits a second before anything is known, then twice as long each time, up to 8 s', () => {
    const timing = new RetransmissionTiming(undefined);
    const intervals = Array.from({ length: 6 }, () => {
      const { intervalMs } = timing;
      timing.timedOut();
      return intervalMs;
    });
    expect(intervals).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('follows the measured round trips, never below 20 ms', () => {
    const timing = new RetransmissionTiming(undefined);
    timing.measured(0.2);
    expect(timing.intervalMs).toBe(20);
    timing.timedOut();
    expect(timing.intervalMs).toBe(40);
    timing.progressed();
    expect(timing.intervalMs).toBe(20);

    const slow = new RetransmissionTiming(undefined);
    for (let count = 0; count < 50; count += 1) slow.measured(400);
    expect(slow.intervalMs).toBeGreaterThan(400);
    expect(slow.intervalMs).toBeLessThan(420);
  });

  it('takes a guess where nothing was measured, and only there', () => {
    const timing = new RetransmissionTiming(undefined);
    timing.guessed(100);
    expect(timing.intervalMs).toBe(300);
    timing.guessed(900);
    expect(timing.intervalMs).toBe(300);
  });

  it('leaves room for round trips that vary', () => {
    const timing = new RetransmissionTiming(undefined);
    for (let count = 0; count < 50; count += 1) timing.measured(count % 2 === 0 ? 10 : 300);
    expect(timing.intervalMs).toBeGreaterThan(300);
  });

  it('keeps a negotiated timeout as it is', () => {
    const timing = new RetransmissionTiming(5_000);
    timing.measured(1);
    timing.timedOut();
    expect(timing.intervalMs).toBe(5_000);
  });

  it('gives a doubled acknowledgement a short grace', () => {
    const timing = new RetransmissionTiming(undefined);
    expect(timing.graceMs).toBe(20);
    timing.measured(0.1);
    expect(timing.graceMs).toBe(2);
    const slow = new RetransmissionTiming(undefined);
    slow.measured(100);
    expect(slow.graceMs).toBe(150);
  });
});
