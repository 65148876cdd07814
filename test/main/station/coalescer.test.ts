import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCoalescer } from '../../../main/station/coalescer.ts';

describe('createCoalescer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands on what changed together, at most once in an interval', () => {
    const flushed: string[][] = [];
    const coalescer = createCoalescer(250, (keys) => flushed.push([...keys]));
    for (const key of ['a', 'b', 'a']) coalescer.add(key);
    vi.advanceTimersByTime(249);
    expect(flushed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(flushed).toEqual([['a', 'b']]);
    vi.advanceTimersByTime(1000);
    expect(flushed).toHaveLength(1);
  });

  it('hands on what was gathered last when it ends, and leaves no timer', () => {
    const flushed: string[][] = [];
    const coalescer = createCoalescer(250, (keys) => flushed.push([...keys]));
    coalescer.add('a');
    coalescer[Symbol.dispose]();
    expect(flushed).toEqual([['a']]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
