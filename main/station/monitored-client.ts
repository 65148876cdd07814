import type { ListedMachine } from '../contract/machines.ts';
import type { MonitoredClient, TimelineEntry } from '../contract/session.ts';
import { type Client, percent } from '../engine/clients/client.ts';

/** What the monitor is told of a client. Undefined facts are left out: they cross a wire. Pure. */
export function monitoredClient(
  client: Client,
  known: {
    known?: ListedMachine | undefined;
    vendor?: string | undefined;
    approval: MonitoredClient['approval'];
    approvalUse?: MonitoredClient['approvalUse'];
    code?: string | undefined;
  },
): MonitoredClient {
  const { transfer } = client;
  const facts: MonitoredClient = {
    id: client.id,
    mac: client.mac,
    macs: client.macs.length > 1 ? [...client.macs] : undefined,
    name: known.known?.name,
    reservedAddress: known.known?.address,
    vendor: known.vendor,
    address: client.address,
    firmware: client.firmware,
    hostName: client.hostName,
    uuid: client.uuid,
    serial: client.serial,
    manufacturer: client.manufacturer,
    product: client.product,
    asset: client.asset,
    memoryMiB: client.memoryMiB,
    processor: client.processor,
    networkChip: client.networkChip,
    loader: client.loader,
    boots: client.boots,
    stage: client.stage,
    evidence: client.evidence,
    stageSinceMs: client.stageSinceMs,
    firstSeenMs: client.firstSeenMs,
    lastSeenMs: client.lastSeenMs,
    percent: percent(client),
    bytesPerSecond: transfer === undefined || transfer.ended ? undefined : transfer.bytesPerSecond,
    sentence: client.sentence,
    problem: client.problem ?? client.misfit,
    approval: known.approval,
    approvalUse: known.approvalUse,
    code: known.code,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as MonitoredClient;
}

const MOST_TIMELINE_ENTRIES = 300;

/** The timeline with what the client says now, where that is news. */
export function extendTimeline(timeline: readonly TimelineEntry[], client: Client): readonly TimelineEntry[] {
  const { stage, evidence, sentence, lastSeenMs: at } = client;
  // A system reads its files in hundreds of ranges: "fetches", "has", "fetches" again is no news.
  const isTold = timeline.slice(-2).some((one) => one.stage === stage && one.sentence === sentence);
  if (isTold) return timeline;
  return [...timeline, { at, stage, evidence, sentence }].slice(-MOST_TIMELINE_ENTRIES);
}
