import type { PastSession } from '../../main/contract/session.ts';

export interface Day {
  /** The first moment of the day, as the person's calendar has it. */
  readonly startMs: number;
  readonly sessions: readonly PastSession[];
}

/** Sessions by the day on which they started: the newest first, in a day too. */
export function groupByDay(sessions: readonly PastSession[]): Day[] {
  const days = new Map<number, PastSession[]>();
  for (const session of sessions.toSorted((one, other) => other.startedAtMs - one.startedAtMs)) {
    const startMs = new Date(session.startedAtMs).setHours(0, 0, 0, 0);
    days.set(startMs, [...(days.get(startMs) ?? []), session]);
  }
  return [...days].map(([startMs, ofDay]) => ({ startMs, sessions: ofDay }));
}
