import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineEventSchema, type EmitEvent } from '../../../../main/contract/events.ts';
import { createTransferMeter, type TransferDescription } from '../../../../main/engine/files/transfer-meter.ts';

const file: TransferDescription = {
  protocol: 'tftp',
  peerAddress: '10.0.0.2',
  path: 'loader.efi',
  kind: 'loader',
  sizeBytes: 1_000,
};

describe('transfer meter', () => {
  beforeEach(() => vi.useFakeTimers({ now: 50_000 }));
  afterEach(() => vi.useRealTimers());

  function setUp() {
    const events: Parameters<EmitEvent>[0][] = [];
    let count = 0;
    const meter = createTransferMeter({
      emit: (event) => {
        engineEventSchema.parse({ ...event, at: 0 });
        events.push(event);
      },
      now: () => Date.now(),
      newTransferId: () => `t${++count}`,
    });
    return { events, meter };
  }

  it('tells start, progress and end with bytes, rate and retransmits', () => {
    const { events, meter } = setUp();
    const transfer = meter.start(file);
    transfer.addSent(500);
    vi.advanceTimersByTime(250);
    transfer.addSent(500);
    transfer.addRetransmits(2);
    vi.advanceTimersByTime(150);
    transfer.end('complete');
    expect(events).toEqual([
      { type: 'transfer.started', transferId: 't1', ...file },
      { type: 'transfer.progress', transferId: 't1', sentBytes: 500, bytesPerSecond: 2_000, retransmits: 0 },
      {
        type: 'transfer.ended',
        transferId: 't1',
        outcome: 'complete',
        sentBytes: 1_000,
        durationMs: 400,
        bytesPerSecond: 2_500,
        retransmits: 2,
      },
    ]);
  });

  it('tells a short transfer without progress, and a reason where there is one', () => {
    const { events, meter } = setUp();
    meter.start(file).end('failed', 'the file went away');
    expect(events.map((event) => event.type)).toEqual(['transfer.started', 'transfer.ended']);
    expect(events[1]).toMatchObject({ outcome: 'failed', reason: 'the file went away', bytesPerSecond: 0 });
  });

  it('tells progress four times a second at most, however often bytes are counted', () => {
    const { events, meter } = setUp();
    const transfer = meter.start(file);
    for (let step = 0; step < 1_000; step += 1) {
      transfer.addSent(1);
      vi.advanceTimersByTime(1);
    }
    expect(events.filter((event) => event.type === 'transfer.progress')).toHaveLength(4);
  });

  it('tells a stall by a falling rate and then is quiet until something moves', () => {
    const { events, meter } = setUp();
    const transfer = meter.start(file);
    transfer.addSent(100);
    vi.advanceTimersByTime(60_000);
    const rates = events.flatMap((event) => (event.type === 'transfer.progress' ? [event.bytesPerSecond] : []));
    expect(rates.at(-1)).toBe(0);
    expect(rates.length).toBeLessThanOrEqual(10);
    const before = events.length;
    transfer.addRetransmits(1);
    vi.advanceTimersByTime(250);
    expect(events).toHaveLength(before + 1);
  });

  it('has one timer for all transfers and none while idle', () => {
    const { meter } = setUp();
    expect(vi.getTimerCount()).toBe(0);
    const transfers = Array.from({ length: 50 }, () => meter.start(file));
    expect(vi.getTimerCount()).toBe(1);
    expect(meter.activeCount).toBe(50);
    for (const transfer of transfers) transfer.end('complete');
    expect(vi.getTimerCount()).toBe(0);
    meter.start(file).end('complete');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a transfer once', () => {
    const { events, meter } = setUp();
    const other = meter.start(file);
    const transfer = meter.start(file);
    transfer.end('complete');
    transfer.end('failed', 'late');
    expect(events.filter((event) => event.type === 'transfer.ended')).toHaveLength(1);
    expect(meter.activeCount).toBe(1);
    other.end('aborted');
  });
});
