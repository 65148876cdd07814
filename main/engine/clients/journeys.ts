import type { Client } from './client.ts';
import type { Evidence, Stage } from './stage.ts';

/**
 * What the fold of events over clients goes by: one mutable value, owned by whoever folds. Clients themselves are
 * immutable values.
 */
export interface Journeys {
  /** By the client's id. */
  readonly clients: Map<string, Client>;
  readonly macByAddress: Map<string, string>;
  readonly clientByTransfer: Map<string, string>;
  /** The client that an adapter's packets are of. */
  readonly idByMac: Map<string, string>;
  readonly clientsOfMac: Map<string, Set<string>>;
  readonly idBySerial: Map<string, string>;
  readonly idByUuid: Map<string, string>;
  /** UUIDs that a factory wrote on a whole batch. */
  readonly sharedUuids: Set<string>;
  /** What firmware said in the boot that is under way, by its adapter. */
  readonly uuidOfBoot: Map<string, string>;
  /** Clients as they were before the boot that is under way. */
  readonly beforeBoot: Map<string, Client>;
  /** Which clients an event changed besides the one that it was about; whoever folds takes it away. */
  readonly news: { readonly changed: Set<string>; readonly merged: { readonly from: string; readonly into: string }[] };
}

// A flood of made-up MACs must not eat memory; the oldest strangers are forgotten first.
const MOST_CLIENTS = 4096;

export const emptyJourneys = (): Journeys => ({
  clients: new Map(),
  macByAddress: new Map(),
  clientByTransfer: new Map(),
  idByMac: new Map(),
  clientsOfMac: new Map(),
  idBySerial: new Map(),
  idByUuid: new Map(),
  sharedUuids: new Set(),
  uuidOfBoot: new Map(),
  beforeBoot: new Map(),
  news: { changed: new Set(), merged: [] },
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

/** Of the client at an adapter; returns its id. One that was not there before is made. */
export function change(journeys: Journeys, mac: string, at: number, patch: Patch): string {
  const id = journeys.idByMac.get(mac) ?? mac;
  journeys.idByMac.set(mac, id);
  if (!journeys.clientsOfMac.has(mac)) journeys.clientsOfMac.set(mac, new Set([id]));
  return changeClient(journeys, id, at, patch, mac);
}

export function changeClient(journeys: Journeys, id: string, at: number, patch: Patch, mac: string = id): string {
  const before = journeys.clients.get(id) ?? newClient(journeys, id, mac, at);
  const known = Object.fromEntries(
    Object.entries(patch).filter(([key, value]) => value !== undefined || clearable.has(key)),
  );
  journeys.clients.set(id, { ...before, ...known, lastSeenMs: at });
  return id;
}

// Facts once learnt stay when a later event does not repeat them; these end.
const clearable: ReadonlySet<string> = new Set(['transfer', 'problem', 'misfit', 'boot', 'waitingCode']);

export function newClient(journeys: Journeys, id: string, mac: string, at: number): Client {
  if (journeys.clients.size >= MOST_CLIENTS) forgetOldest(journeys);
  return {
    id,
    mac,
    macs: [mac],
    firmware: 'unknown',
    boots: 0,
    starts: 0,
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
  removeClient(journeys, oldest.id);
  for (const mac of oldest.macs) {
    forgetAddressOf(journeys, mac);
    journeys.uuidOfBoot.delete(mac);
  }
  journeys.news.changed.add(oldest.id);
}

/** Forgets all that leads to a client, but for its addresses: whoever takes its place has them. */
export function removeClient(journeys: Journeys, id: string): void {
  const client = journeys.clients.get(id);
  journeys.clients.delete(id);
  journeys.beforeBoot.delete(id);
  for (const mac of client?.macs ?? []) unbindAdapter(journeys, id, mac);
  for (const keys of [journeys.idBySerial, journeys.idByUuid, journeys.clientByTransfer]) {
    for (const [key, owner] of keys) if (owner === id) keys.delete(key);
  }
}

/** The adapter is not this client's any more. */
export function unbindAdapter(journeys: Journeys, id: string, mac: string): void {
  const clients = journeys.clientsOfMac.get(mac);
  clients?.delete(id);
  if (clients?.size === 0) {
    journeys.clientsOfMac.delete(mac);
    journeys.uuidOfBoot.delete(mac);
  }
  if (journeys.idByMac.get(mac) === id) journeys.idByMac.delete(mac);
}

/** Who holds an address from now on: whoever had it before has it no more. */
export function noteAddress(journeys: Journeys, mac: string, address: string): void {
  forgetAddressOf(journeys, mac);
  journeys.macByAddress.set(address, mac);
}

function forgetAddressOf(journeys: Journeys, mac: string): void {
  const address = journeys.clients.get(journeys.idByMac.get(mac) ?? mac)?.address;
  if (address !== undefined && journeys.macByAddress.get(address) === mac) journeys.macByAddress.delete(address);
}
