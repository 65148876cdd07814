import { describe, expect, it } from 'vitest';
import type { PastSession } from '../../../main/contract/session.ts';
import { groupByDay } from '../../../renderer/reports/group-by-day.ts';

const at = (id: string, ...[day, hour]: [number, number]): PastSession =>
  ({ id, startedAtMs: new Date(2026, 10, day, hour).getTime() }) as PastSession;

describe('groupByDay', () => {
  it('has the newest day first, and in a day the newest session', () => {
    const days = groupByDay([at('a', 20, 8), at('b', 22, 0), at('c', 20, 23), at('d', 22, 14)]);
    expect(days.map(({ startMs, sessions }) => [new Date(startMs).getDate(), sessions.map(({ id }) => id)])).toEqual([
      [22, ['d', 'b']],
      [20, ['c', 'a']],
    ]);
  });

  it('has no days without sessions', () => {
    expect(groupByDay([])).toEqual([]);
  });
});
