import { describe, expect, it } from 'vitest';
import { ChangeOrder, type NumberedChange } from '../../../renderer/transport/change-order.ts';

const change = (seq: number): NumberedChange => ({
  seq,
  event: 'sharing.changed',
  value: { url: `${seq}`, qrSvg: '' },
});
const numbers = (ready: readonly { value: unknown }[]): unknown[] =>
  ready.map(({ value }) => (value as { url: string }).url);

describe('ChangeOrder', () => {
  it('lets changes through in order after a snapshot', () => {
    const order = new ChangeOrder();
    order.snapshot(4);
    expect(numbers(order.change(change(5)).ready)).toEqual(['5']);
    expect(numbers(order.change(change(6)).ready)).toEqual(['6']);
  });

  it('keeps what comes before the snapshot, and drops what the snapshot holds already', () => {
    const order = new ChangeOrder();
    for (const seq of [3, 4, 5]) expect(order.change(change(seq))).toEqual({ ready: [], gap: false });
    const { ready, gap } = order.snapshot(4);
    expect(numbers(ready)).toEqual(['5']);
    expect(gap).toBe(false);
  });

  it('drops a change that was told twice', () => {
    const order = new ChangeOrder();
    order.snapshot(4);
    order.change(change(5));
    expect(order.change(change(5))).toEqual({ ready: [], gap: false });
  });

  it('sees a gap, waits for a new snapshot, and goes on behind it without losing what came meanwhile', () => {
    const order = new ChangeOrder();
    order.snapshot(4);
    expect(order.change(change(6))).toEqual({ ready: [], gap: true });
    expect(order.change(change(7))).toEqual({ ready: [], gap: false });
    expect(numbers(order.snapshot(5).ready)).toEqual(['6', '7']);
  });

  it('sees a gap between a snapshot and what came early', () => {
    const order = new ChangeOrder();
    order.change(change(9));
    expect(order.snapshot(5)).toEqual({ ready: [], gap: true });
    expect(numbers(order.snapshot(8).ready)).toEqual(['9']);
  });
});
