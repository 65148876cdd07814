import type { EngineEvent } from '../contract/events.ts';
import type { MonitoredClient, TimelineEntry } from '../contract/session.ts';
import type { LogLine } from '../contract/state.ts';
import type { Client } from '../engine/clients/client.ts';
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
  approvalOf(mac: string): { state: MonitoredClient['approval']; code?: string | undefined };
}

/** Turns the events of a running session into changes of the state, gathered so that screens stay quiet. */
export interface SessionFeed extends Disposable {
  take(event: EngineEvent): void;
  clientChanged(mac: string): void;
  /** Tells all clients anew, after an approval or a new name. */
  refresh(macs: readonly string[]): void;
  timeline(mac: string): readonly TimelineEntry[];
}

export function createSessionFeed(options: {
  holder: StateHolder;
  source: () => ClientSource | undefined;
  nameOf: (mac: string) => string | undefined;
  now: () => number;
}): SessionFeed {
  const { holder, source, nameOf, now } = options;
  const vendorOf = createVendorLookup();
  const vendors = new Map<string, string | undefined>();
  const timelines = new Map<string, readonly TimelineEntry[]>();
  const meter = createThroughputMeter();
  let waitingLines: LogLine[] = [];
  let lineId = 0;

  const tellClients = (macs: ReadonlySet<string>): void => {
    const current = source();
    if (current === undefined) return;
    const value = current
      .clients()
      .filter(({ mac }) => macs.has(mac))
      .map((client) => {
        const { mac } = client;
        const { state: approval, code } = current.approvalOf(mac);
        return monitoredClient(client, { name: nameOf(mac), vendor: vendors.get(mac), approval, code });
      });
    if (value.length > 0) holder.change({ event: 'clients.changed', value });
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

  const learnVendor = async (mac: string): Promise<void> => {
    vendors.set(mac, undefined);
    vendors.set(mac, await vendorOf(mac));
    clients.add(mac);
  };

  return {
    take(event) {
      meter.take(event);
      const line = logLineOf(event);
      if (line === undefined) return;
      waitingLines.push({ id: ++lineId, ...line });
      lines.add('log');
    },
    clientChanged(mac) {
      if (!vendors.has(mac)) void learnVendor(mac);
      const client = source()
        ?.clients()
        .find((one) => one.mac === mac);
      if (client !== undefined) {
        timelines.set(mac, extendTimeline(timelines.get(mac) ?? [], client));
        const isNewStage = toldStages.get(mac) !== client.stage;
        toldStages.set(mac, client.stage);
        if (isNewStage && toldAtOnce++ < MOST_TOLD_AT_ONCE) return tellClients(new Set([mac]));
      }
      clients.add(mac);
    },
    refresh: (macs) => tellClients(new Set(macs)),
    timeline: (mac) => timelines.get(mac) ?? [],
    [Symbol.dispose]() {
      clearInterval(timer);
      clients[Symbol.dispose]();
      lines[Symbol.dispose]();
    },
  };
}
