import type { EngineEvent } from '../../contract/events.ts';
import { type BenchFacts, newFacts, type TransferFacts, type WireFacts } from './wire-facts.ts';

/** A flood of made-up machines must not eat memory: who was silent longest is forgotten first. */
const MOST_MACHINES = 4096;
const MOST_TRANSFERS = 48;
const MOST_MISSING = 16;
/** Firmware that was silent for so long and speaks again was switched on again. */
const NEW_BOOT_AFTER_SILENCE_MS = 120_000;

/** Takes one event into the facts: a fold, which the same events always bring to the same end. */
export function observe(bench: BenchFacts, event: EngineEvent): void {
  switch (event.type) {
    case 'session.started':
      bench.startedAtMs = event.at;
      bench.interfaceName = event.interfaceName;
      bench.stationAddress = event.address;
      bench.imageName = event.imageName;
      return;
    case 'session.mode':
      bench.mode = event.mode;
      return;
    case 'dhcp.request':
      onRequest(bench, event);
      return;
    case 'dhcp.reply':
      onReply(bench, event);
      return;
    case 'dhcp.declined': {
      const facts = factsOf(bench, event.mac, event.at);
      facts.declined = { address: event.address, atMs: event.at };
      return;
    }
    case 'dhcp.pool-exhausted':
      bench.poolExhausted = { poolSize: event.poolSize, atMs: event.at };
      return;
    case 'transfer.started':
      onTransferStarted(bench, event);
      return;
    case 'transfer.progress':
    case 'transfer.ended':
      onTransfer(bench, event);
      return;
    case 'file.missing': {
      const facts = factsAt(bench, event.peerAddress, event.at);
      const { path, protocol, at: atMs } = event;
      if (facts !== undefined) push(facts.missing, { path, protocol, atMs }, MOST_MISSING);
      return;
    }
    case 'client.addressed':
      bench.macByAddress.set(event.address, event.mac);
      factsOf(bench, event.mac, event.at);
      return;
    case 'client.identified': {
      const facts = factsOf(bench, event.mac, event.at);
      bench.macByAddress.set(event.peerAddress, event.mac);
      facts.identifiedAtMs = event.at;
      facts.loaderRanAtMs ??= event.at;
      facts.loaderRuns = 0;
      return;
    }
    case 'client.planned':
      onPlanned(bench, event);
      return;
    case 'client.waiting':
      factsOf(bench, event.mac, event.at).waitingCode = event.code;
      return;
    case 'client.approved':
    case 'client.refused':
      factsOf(bench, event.mac, event.at).waitingCode = undefined;
      return;
    case 'client.misfit':
      factsOf(bench, event.mac, event.at).misfits = event.findings;
      return;
    case 'client.loader':
      onLoader(bench, event);
      return;
    case 'client.no-loader':
      factsOf(bench, event.mac, event.at).triedLoaders = event.tried.map(({ file }) => file);
      return;
    default:
  }
}

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

function onRequest(bench: BenchFacts, event: EventOf<'dhcp.request'>): void {
  const { mac, at, message, bootClient } = event;
  if (bootClient === 'none') {
    const facts = factsOf(bench, mac, at);
    facts.systemRequests += 1;
    facts.lastSystemRequestMs = at;
    return;
  }
  bench.heardFirmware = true;
  const known = bench.machines.get(mac);
  if (known === undefined || known.boots === 0 || startsNewBoot(known, event)) {
    const fresh = newFacts(mac, at, known);
    fresh.boots += 1;
    fresh.leftLoader =
      known?.leftLoader !== undefined && at - known.leftLoader.atMs < 1_000 ? known.leftLoader : undefined;
    bench.machines.set(mac, fresh);
  }
  const facts = factsOf(bench, mac, at);
  if (message === 'DISCOVER' || message === 'BOOTP') facts.discovers += 1;
  if (bootClient === 'ipxe') facts.loaderRanAtMs ??= at;
  const { serverAddress } = event;
  if (message === 'REQUEST' && serverAddress !== undefined && serverAddress !== bench.stationAddress) {
    facts.otherServer = { address: serverAddress, atMs: at };
  }
}

/** As for the journey: firmware speaks after a loader ran, or after a long silence. */
function startsNewBoot(facts: WireFacts, { message, bootClient, at }: EventOf<'dhcp.request'>): boolean {
  if (message !== 'DISCOVER' && message !== 'BOOTP') return false;
  if (bootClient === 'ipxe') return facts.transfers.some(({ kind }) => kind === 'kernel');
  const fetched = facts.transfers.some(({ kind, end }) => kind !== 'other' && end?.outcome !== 'probe');
  return fetched || at - facts.lastHeardMs > NEW_BOOT_AFTER_SILENCE_MS;
}

function onReply(bench: BenchFacts, event: EventOf<'dhcp.reply'>): void {
  const facts = factsOf(bench, event.mac, event.at);
  if (event.address !== undefined) bench.macByAddress.set(event.address, event.mac);
  if (event.message === 'OFFER') {
    facts.offers += 1;
    facts.firstOfferAtMs ??= event.at;
    facts.bootFile = event.bootFile ?? facts.bootFile;
  } else if (event.message === 'ACK' || event.message === 'BOOTP') {
    facts.acknowledgedAtMs = event.at;
    facts.bootFile = event.bootFile;
    facts.declined = undefined;
    facts.otherServer = undefined;
  }
}

function onTransferStarted(bench: BenchFacts, event: EventOf<'transfer.started'>): void {
  const facts = factsAt(bench, event.peerAddress, event.at);
  if (facts === undefined) return;
  const { transferId: id, kind, path, protocol, sizeBytes, at: startedAtMs } = event;
  bench.macByTransfer.set(id, facts.mac);
  const none = { sentBytes: 0, bytesPerSecond: 0, retransmits: 0, end: undefined };
  const forgotten = push(
    facts.transfers,
    { id, kind, path, protocol, sizeBytes, startedAtMs, movedAtMs: startedAtMs, ...none },
    MOST_TRANSFERS,
  );
  if (forgotten !== undefined) bench.macByTransfer.delete(forgotten.id);
}

function onTransfer(bench: BenchFacts, event: EventOf<'transfer.progress' | 'transfer.ended'>): void {
  const mac = bench.macByTransfer.get(event.transferId);
  const facts = mac === undefined ? undefined : bench.machines.get(mac);
  if (event.type === 'transfer.ended') bench.macByTransfer.delete(event.transferId);
  const transfer = facts?.transfers.find(({ id }) => id === event.transferId);
  if (facts === undefined || transfer === undefined) return;
  if (event.sentBytes > transfer.sentBytes) {
    transfer.movedAtMs = event.at;
    facts.lastHeardMs = event.at;
  }
  transfer.sentBytes = event.sentBytes;
  transfer.bytesPerSecond = event.bytesPerSecond;
  transfer.retransmits = event.retransmits;
  if (event.type === 'transfer.progress') return;
  transfer.end = { outcome: event.outcome, atMs: event.at, reason: event.reason };
  if (event.outcome !== 'complete') return;
  if (transfer.kind === 'loader') facts.loaderRuns += 1;
  if (transfer.kind === 'script') facts.loaderRuns = 0;
}

function onPlanned(bench: BenchFacts, event: EventOf<'client.planned'>): void {
  const facts = factsOf(bench, event.mac, event.at);
  const { at: atMs, entryTitle, bootFiles, fetchesSystemFiles, destructive = false } = event;
  facts.planned = { atMs, entryTitle, bootFiles, fetchesSystemFiles, destructive };
  facts.timesPlanned += 1;
  facts.waitingCode = undefined;
  facts.triedLoaders = undefined;
}

function onLoader(bench: BenchFacts, { mac, at, reason, previous }: EventOf<'client.loader'>): void {
  const facts = factsOf(bench, mac, at);
  const isFailure = reason === 'refused' || reason === 'silent' || reason === 'looped';
  if (isFailure && previous !== undefined) facts.leftLoader = { file: previous, failure: reason, atMs: at };
}

/** The facts of a machine that is heard now. */
function factsOf(bench: BenchFacts, mac: string, atMs: number): WireFacts {
  const known = bench.machines.get(mac) ?? newFacts(mac, atMs);
  known.lastHeardMs = atMs;
  bench.machines.delete(mac);
  bench.machines.set(mac, known);
  const [eldest] = bench.machines.keys();
  if (bench.machines.size > MOST_MACHINES && eldest !== undefined) bench.machines.delete(eldest);
  return known;
}

function factsAt(bench: BenchFacts, address: string, atMs: number): WireFacts | undefined {
  const mac = bench.macByAddress.get(address);
  return mac === undefined ? undefined : factsOf(bench, mac, atMs);
}

/** Bounded: gives back the one that had to go. */
function push<Item>(list: Item[], item: Item, most: number): Item | undefined {
  list.push(item);
  return list.length > most ? list.shift() : undefined;
}

/** The transfer that ended last or goes on, of the kinds that a boot consists of. */
export const lastTransfer = (facts: WireFacts, ...kinds: readonly TransferFacts['kind'][]): TransferFacts | undefined =>
  facts.transfers.findLast(({ kind, end }) => kinds.includes(kind) && end?.outcome !== 'probe');
