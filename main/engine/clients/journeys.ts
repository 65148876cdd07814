import type { Client } from './client.ts';
import type { Evidence, Stage } from './stage.ts';

/**
 * What the fold of events over clients goes by: one mutable value, owned by whoever folds. Clients themselves are
 * immutable values.
 */
export interface Journeys {
  readonly clients: Map<string, Client>;
  readonly macByAddress: Map<string, string>;
  readonly macByTransfer: Map<string, string>;
}

// A flood of made-up MACs must not eat memory; the oldest strangers are forgotten first.
const MOST_CLIENTS = 4096;

export const emptyJourneys = (): Journeys => ({
  clients: new Map(),
  macByAddress: new Map(),
  macByTransfer: new Map(),
});

/** A stage is entered once: the clock of a stage does not start anew with every file of it. */
export function atStage(before: Client | undefined, stage: Stage, evidence: Evidence, at: number): Partial<Client> {
  return before?.stage === stage ? { evidence } : { stage, evidence, stageSinceMs: at };
}

export const problem = (journeys: Journeys, mac: string, at: number, text: string): string | undefined =>
  change(journeys, mac, at, { problem: text, sentence: text });

export function touch(journeys: Journeys, address: string, at: number): string | undefined {
  const mac = journeys.macByAddress.get(address);
  return mac === undefined ? undefined : change(journeys, mac, at, {});
}

/** What an event teaches of a client; an undefined fact leaves what was known, save for `clearable` ones. */
export type Patch = { readonly [Fact in keyof Client]?: Client[Fact] | undefined };

export function change(journeys: Journeys, mac: string, at: number, patch: Patch): string {
  const before = journeys.clients.get(mac) ?? newClient(journeys, mac, at);
  const known = Object.fromEntries(
    Object.entries(patch).filter(([key, value]) => value !== undefined || clearable.has(key)),
  );
  journeys.clients.set(mac, { ...before, ...known, lastSeenMs: at });
  return mac;
}

// Facts once learnt stay when a later event does not repeat them; these end.
const clearable: ReadonlySet<string> = new Set(['transfer', 'problem', 'misfit', 'boot', 'waitingCode']);

function newClient(journeys: Journeys, mac: string, at: number): Client {
  if (journeys.clients.size >= MOST_CLIENTS) forgetOldest(journeys);
  return {
    mac,
    firmware: 'unknown',
    boots: 0,
    stage: 'power-on',
    evidence: 'inferred',
    stageSinceMs: at,
    firstSeenMs: at,
    lastSeenMs: at,
    sentence: 'It was seen on the network.',
  };
}

function forgetOldest(journeys: Journeys): void {
  let oldest: Client | undefined;
  for (const client of journeys.clients.values()) {
    if (client.boots <= 1 && (oldest === undefined || client.lastSeenMs < oldest.lastSeenMs)) oldest = client;
  }
  oldest ??= journeys.clients.values().next().value;
  if (oldest === undefined) return;
  journeys.clients.delete(oldest.mac);
  forgetAddressOf(journeys, oldest.mac);
}

/** Who holds an address from now on: whoever had it before has it no more. */
export function noteAddress(journeys: Journeys, mac: string, address: string): void {
  forgetAddressOf(journeys, mac);
  journeys.macByAddress.set(address, mac);
}

function forgetAddressOf(journeys: Journeys, mac: string): void {
  const address = journeys.clients.get(mac)?.address;
  if (address !== undefined && journeys.macByAddress.get(address) === mac) journeys.macByAddress.delete(address);
}
