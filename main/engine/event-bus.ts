import type { EmitEvent, EngineEvent } from '../contract/events.ts';

export interface EventBus {
  readonly emit: EmitEvent;
  /** Returns the way to stop listening. A listener that throws does not disturb the others or the engine. */
  readonly subscribe: (listener: (event: EngineEvent) => void) => () => void;
}

/** Stamps each event with the time and hands it on, in order. */
export function createEventBus(now: () => number): EventBus {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    emit: (event) => {
      const stamped: EngineEvent = { ...event, at: now() };
      for (const listener of listeners) {
        try {
          listener(stamped);
        } catch {
          listeners.delete(listener);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
