import { type Change, applyChange } from '../contract/changes.ts';
import type { StationState } from '../contract/state.ts';
import type { WireChange } from '../contract/wire.ts';

/** The station's one state: every change is applied, numbered and told, in this order. */
export interface StateHolder {
  readonly state: StationState;
  /** Number of the last change. */
  readonly seq: number;
  change(change: Change): void;
  /** Returns the way to stop listening. */
  subscribe(listener: (change: WireChange) => void): () => void;
}

export function createStateHolder(initial: StationState): StateHolder {
  let state = initial;
  let seq = 0;
  const listeners = new Set<(change: WireChange) => void>();
  return {
    get state() {
      return state;
    },
    get seq() {
      return seq;
    },
    change(change) {
      state = applyChange(state, change);
      seq += 1;
      const numbered: WireChange = { ...change, seq };
      for (const listener of listeners) listener(numbered);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
