import type { Client } from './clients/client.ts';
import { clientAt, type Facts, type Identified, identify } from './clients/identity.ts';
import { applyEvent } from './clients/journey.ts';
import { emptyJourneys } from './clients/journeys.ts';
import type { EventBus } from './event-bus.ts';

/** Folds the session's events into its clients and tells which changed. */
export interface ClientMonitor extends Disposable {
  readonly clients: () => Client[];
  readonly client: (id: string) => Client | undefined;
  /** Whose machine it is that says this of itself. */
  readonly identify: (facts: Facts) => Identified;
  /** The client that uses this adapter, or used it last. */
  readonly clientAt: (mac: string) => Client | undefined;
  /** MAC of the adapter that was given an address. */
  readonly macOf: (address: string) => string | undefined;
  /** Told the id of each client that changed, or that is no more. */
  readonly onChanged: (listener: (id: string) => void) => () => void;
  /** Told that a client turned out to be another one, before that is told as changed. */
  readonly onMerged: (listener: (from: string, into: string) => void) => () => void;
}

export function createClientMonitor(bus: EventBus): ClientMonitor {
  const journeys = emptyJourneys();
  const listeners = new Set<(id: string) => void>();
  const mergeListeners = new Set<(from: string, into: string) => void>();
  const unsubscribe = bus.subscribe((event) => {
    const id = applyEvent(journeys, event);
    const { changed, merged } = journeys.news;
    for (const { from, into } of merged.splice(0)) {
      for (const listener of mergeListeners) listener(from, into);
      changed.add(from).add(into);
    }
    if (id !== undefined) changed.add(id);
    if (changed.size === 0) return;
    const all = [...changed];
    changed.clear();
    for (const one of all) for (const listener of listeners) listener(one);
  });
  return {
    clients: () => [...journeys.clients.values()],
    client: (id) => journeys.clients.get(id),
    identify: (facts) => identify(journeys, facts),
    clientAt: (mac) => clientAt(journeys, mac),
    macOf: (address) => journeys.macByAddress.get(address),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onMerged: (listener) => {
      mergeListeners.add(listener);
      return () => mergeListeners.delete(listener);
    },
    [Symbol.dispose]: unsubscribe,
  };
}
