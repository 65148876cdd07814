import { expect, it } from 'vitest';
import { EventDamper } from '../../../../main/engine/http/event-damper.ts';

it('tells the same thing again only after the interval', () => {
  const damper = new EventDamper(1000);
  const told = [0, 1, 999, 1000, 1500, 2000].filter((atMs) => damper.allows('a', atMs));
  expect(told).toEqual([0, 1000, 2000]);
  expect(damper.allows('b', 2001)).toBe(true);
});

it('remembers only so much', () => {
  const damper = new EventDamper(1000, 2);
  for (const key of ['a', 'b', 'c']) damper.allows(key, 0);
  expect(['c', 'b', 'a'].map((key) => damper.allows(key, 1))).toEqual([false, false, true]);
});
