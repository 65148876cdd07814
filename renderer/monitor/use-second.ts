import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

let aheadMs = 0;

/** The station's time in whole seconds since the epoch. One clock ticks for all that show a time. */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, () => Math.floor((Date.now() + aheadMs) / 1000));
}

/**
 * Learns how far the station's clock is from this screen's: a laptop on a bench without internet can be minutes away from
 * a phone. What is less than a heartbeat's delay is none.
 */
export function learnStationTime(stationMs: number): void {
  const difference = stationMs - Date.now();
  aheadMs = Math.abs(difference) < 3000 ? 0 : difference;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
