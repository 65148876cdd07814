import type { Client } from './clients/client.ts';
import { applyEvent } from './clients/journey.ts';
import { emptyJourneys } from './clients/journeys.ts';
import type { EventBus } from './event-bus.ts';

/** Folds the session's events into its clients and tells which changed. */
export interface ClientMonitor extends Disposable {
  readonly clients: () => Client[];
  readonly client: (mac: string) => Client | undefined;
  /** MAC of the client that was given an address. */
  readonly macOf: (address: string) => string | undefined;
  readonly onChanged: (listener: (mac: string) => void) => () => void;
}

export function createClientMonitor(bus: EventBus): ClientMonitor {
  const journeys = emptyJourneys();
  const listeners = new Set<(mac: string) => void>();
  const unsubscribe = bus.subscribe((event) => {
    const mac = applyEvent(journeys, event);
    if (mac === undefined) return;
    for (const listener of listeners) listener(mac);
  });
  return {
    clients: () => [...journeys.clients.values()],
    client: (mac) => journeys.clients.get(mac),
    macOf: (address) => journeys.macByAddress.get(address),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]: unsubscribe,
  };
}
