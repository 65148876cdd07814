import { describe, expect, it } from 'vitest';
import { createThroughputMeter } from '../../../main/station/throughput-meter.ts';

const progress = (transferId: string, sentBytes: number) =>
  ({ type: 'transfer.progress', at: 0, transferId, sentBytes, bytesPerSecond: 0, retransmits: 0 }) as const;
const ended = (transferId: string, sentBytes: number) =>
  ({
    type: 'transfer.ended',
    at: 0,
    transferId,
    outcome: 'complete',
    sentBytes,
    durationMs: 1,
    bytesPerSecond: 0,
    retransmits: 0,
  }) as const;

describe('createThroughputMeter', () => {
  it('counts every byte of every transfer once', () => {
    const meter = createThroughputMeter();
    for (const event of [progress('a', 100), progress('b', 50), progress('a', 150)]) meter.take(event);
    expect(meter.drainBytes()).toBe(200);
    for (const event of [ended('a', 200), progress('b', 60)]) meter.take(event);
    expect(meter.drainBytes()).toBe(60);
    expect(meter.drainBytes()).toBe(0);
  });

  it('counts a transfer that was too short for progress', () => {
    const meter = createThroughputMeter();
    meter.take(ended('c', 10));
    expect(meter.drainBytes()).toBe(10);
  });
});
