import type { EmitEvent } from '../contract/events.ts';

/** A trouble that was silent for this long and comes back is news. */
const QUIET_MS = 60_000;
const MOST_REMEMBERED = 256;

/**
 * Passes events on, each trouble only once as long as it goes on: a bench of machines that keep asking for what cannot
 * be read must not flood the journal, whichever server they ask. `now`: milliseconds, only differences matter.
 */
export function dampTroubles(emit: EmitEvent, now: () => number): EmitEvent {
  const lastAtMs = new Map<string, number>();
  return (event) => {
    if (event.type === 'engine.trouble') {
      const atMs = now();
      const key = `${event.code} ${event.title}`;
      const beforeMs = lastAtMs.get(key);
      lastAtMs.delete(key);
      lastAtMs.set(key, atMs);
      // Longest unheard first, as a Map keeps the order of insertion.
      const [oldest] = lastAtMs.keys();
      if (lastAtMs.size > MOST_REMEMBERED && oldest !== undefined) lastAtMs.delete(oldest);
      if (beforeMs !== undefined && atMs - beforeMs < QUIET_MS) return;
    }
    emit(event);
  };
}
