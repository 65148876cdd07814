import type { EngineEvent } from '../contract/events.ts';
import type { ListedMachine } from '../contract/machines.ts';
import type { TimelineEntry } from '../contract/session.ts';
import type { LogLine } from '../contract/state.ts';
import type { Client } from '../engine/clients/client.ts';
import type { ClientApproval } from '../engine/session-approvals.ts';
import { createVendorLookup } from '../engine/net/mac-vendor.ts';
import { createCoalescer } from './coalescer.ts';
import { logLineOf } from './log-lines.ts';
import { extendTimeline, monitoredClient } from './monitored-client.ts';
import type { StateHolder } from './state-holder.ts';
import { createThroughputMeter } from './throughput-meter.ts';

/** How often a screen is told of machines, and of the wire. */
const CLIENTS_INTERVAL_MS = 250;
const THROUGHPUT_INTERVAL_MS = 1000;
// A new stage is told at once, or a fast boot would skip stages on the screen; a flood of machines is gathered all the same.
const MOST_TOLD_AT_ONCE = 100;
// A flood of packets must not become a flood of log lines.
const MOST_LINES_A_FLUSH = 100;

export interface ClientSource {
  clients(): readonly Client[];
  approvalOf(clientId: string): ClientApproval;
}

/** Turns the events of a running session into changes of the state, gathered so that screens stay quiet. */
export interface SessionFeed extends Disposable {
  take(event: EngineEvent): void;
  clientChanged(clientId: string): void;
  /** Tells all clients anew, after an approval or a new name. */
  refresh(clientIds: readonly string[]): void;
  timeline(clientId: string): readonly TimelineEntry[];
}

export function createSessionFeed(options: {
  holder: StateHolder;
  source: () => ClientSource | undefined;
  knownOf: (client: Client) => ListedMachine | undefined;
  now: () => number;
}): SessionFeed {
  const { holder, source, knownOf, now } = options;
  const vendorOf = createVendorLookup();
  const vendors = new Map<string, string | undefined>();
  const timelines = new Map<string, readonly TimelineEntry[]>();
  const meter = createThroughputMeter();
  let waitingLines: LogLine[] = [];
  let lineId = 0;

  const tellClients = (ids: ReadonlySet<string>): void => {
    const current = source();
    if (current === undefined) return;
    const present = current.clients().filter(({ id }) => ids.has(id));
    const value = present.map((client) => {
      const { state: approval, use: approvalUse, code } = current.approvalOf(client.id);
      const vendor = vendors.get(client.mac);
      return monitoredClient(client, { known: knownOf(client), vendor, approval, approvalUse, code });
    });
    if (value.length > 0) holder.change({ event: 'clients.changed', value });
    if (present.length < ids.size) tellRemoved(new Set(present.map(({ id }) => id)), ids);
  };
  /** Those that were told and are no more: they turned out to be others. */
  const tellRemoved = (present: ReadonlySet<string>, asked: ReadonlySet<string>): void => {
    const value = holder.state.clients.map(({ id }) => id).filter((id) => asked.has(id) && !present.has(id));
    for (const id of value) timelines.delete(id);
    if (value.length > 0) holder.change({ event: 'clients.removed', value });
  };
  const clients = createCoalescer(CLIENTS_INTERVAL_MS, tellClients);
  const lines = createCoalescer(CLIENTS_INTERVAL_MS, () => {
    const value = waitingLines.slice(-MOST_LINES_A_FLUSH);
    waitingLines = [];
    holder.change({ event: 'log.appended', value });
  });
  const toldStages = new Map<string, string>();
  let toldAtOnce = 0;
  const timer = setInterval(() => {
    toldAtOnce = 0;
    holder.change({ event: 'throughput.sampled', value: [{ at: now(), bytesPerSecond: meter.drainBytes() }] });
  }, THROUGHPUT_INTERVAL_MS);

  const learnVendor = async (id: string, mac: string): Promise<void> => {
    vendors.set(mac, undefined);
    vendors.set(mac, await vendorOf(mac));
    clients.add(id);
  };

  return {
    take(event) {
      meter.take(event);
      const line = logLineOf(event);
      if (line === undefined) return;
      waitingLines.push({ id: ++lineId, ...line });
      lines.add('log');
    },
    clientChanged(clientId) {
      const client = source()
        ?.clients()
        .find(({ id }) => id === clientId);
      if (client !== undefined) {
        if (!vendors.has(client.mac)) void learnVendor(clientId, client.mac);
        timelines.set(clientId, extendTimeline(timelines.get(clientId) ?? [], client));
        const isNewStage = toldStages.get(clientId) !== client.stage;
        toldStages.set(clientId, client.stage);
        if (isNewStage && toldAtOnce++ < MOST_TOLD_AT_ONCE) return tellClients(new Set([clientId]));
      }
      clients.add(clientId);
    },
    refresh: (clientIds) => tellClients(new Set(clientIds)),
    timeline: (clientId) => timelines.get(clientId) ?? [],
    [Symbol.dispose]() {
      clearInterval(timer);
      clients[Symbol.dispose]();
      lines[Symbol.dispose]();
    },
  };
}
