/** Pure: how fast a transfer goes, from samples of how much it has sent. */

export interface ProgressSample {
  readonly atMs: number;
  readonly sentBytes: number;
}

// Long enough that one slow disk read does not make the shown rate jump, short enough that a stall shows at once.
const RATE_WINDOW_MS = 2_000;

/** The samples with one more, without those that no longer tell the present rate. */
export function withSample(samples: readonly ProgressSample[], sample: ProgressSample): readonly ProgressSample[] {
  const windowStartMs = sample.atMs - RATE_WINDOW_MS;
  return [...samples.filter(({ atMs }) => atMs >= windowStartMs), sample];
}

/** Bytes per second from the oldest to the newest sample; 0 where they tell nothing. */
export function rateOf(samples: readonly ProgressSample[]): number {
  const [oldest] = samples;
  const newest = samples.at(-1);
  if (oldest === undefined || newest === undefined) return 0;
  return averageRate(newest.sentBytes - oldest.sentBytes, newest.atMs - oldest.atMs);
}

/** Bytes per second as a whole number; 0 for a duration too short to be measured. */
export function averageRate(bytes: number, durationMs: number): number {
  return durationMs <= 0 ? 0 : Math.round((bytes * 1_000) / durationMs);
}
