import { describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../main/contract/events.ts';
import { dampTroubles } from '../../../main/engine/trouble-damper.ts';

type Told = Parameters<EmitEvent>[0];

const trouble = (title: string, code = 'E_IMAGE_CHANGED'): Told => ({
  type: 'engine.trouble',
  code,
  title,
  advice: '',
});

/** What passes of events at their times in seconds. */
function passing(events: readonly (readonly [atSeconds: number, event: Told])[]): Told[] {
  const passed: Told[] = [];
  let nowMs = 0;
  const emit = dampTroubles(
    (event) => void passed.push(event),
    () => nowMs,
  );
  for (const [atSeconds, event] of events) {
    nowMs = atSeconds * 1000;
    emit(event);
  }
  return passed;
}

describe('dampTroubles', () => {
  it('tells a trouble once as long as it goes on, however long that is', () => {
    const all = Array.from({ length: 100 }, (_, index) => [index * 59, trouble('a')] as const);
    expect(passing(all)).toEqual([trouble('a')]);
  });

  it('tells it again when it comes back after a minute', () => {
    const at = [0, 59, 119, 178].map((seconds) => [seconds, trouble('a')] as const);
    expect(passing(at)).toHaveLength(2);
  });

  it('tells every other trouble, by code and by title', () => {
    const others = [trouble('a'), trouble('b'), trouble('a', 'E_IMAGE_NOT_READABLE')];
    expect(passing(others.map((event) => [0, event] as const))).toEqual(others);
  });

  it('holds nothing else back', () => {
    const stopped: Told = { type: 'session.stopped' };
    expect(passing([0, 0, 1].map((seconds) => [seconds, stopped] as const))).toHaveLength(3);
  });

  it('remembers only so many', () => {
    const flood = Array.from({ length: 300 }, (_, index) => [0, trouble(String(index))] as const);
    // The first was pushed out and is news again; the last was not.
    expect(passing([...flood, [1, trouble('0')], [1, trouble('299')]])).toHaveLength(301);
  });
});
