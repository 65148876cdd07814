import { stopwatch } from './stopwatch.ts';
import { useSecond } from './use-second.ts';

/** Time since a moment, ticking until an end. */
export function Elapsed({ sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number | undefined }) {
  return untilMs === undefined ? <Ticking sinceMs={sinceMs} /> : stopwatch(untilMs - sinceMs);
}

function Ticking({ sinceMs }: { readonly sinceMs: number }) {
  return stopwatch(useSecond() * 1000 - sinceMs);
}
