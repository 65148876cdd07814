import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { NetworkInterface } from '../../contract/network.ts';
import type { ForeignServer, ProbeResult } from '../../contract/session.ts';
import { formatHardwareAddress } from '../dhcp/packet.ts';
import { type DhcpProbeOptions, probeDhcp } from './dhcp-probe.ts';
import { PROBE_SEED_BYTES, probeClients } from './dhcp-probe-packets.ts';
import { createVendorLookup } from './mac-vendor.ts';

/** Soon once more, for a server that was busy at the first look; then now and then, as a bench gets plugged into an office too. */
const SECOND_LOOK_AFTER_MS = 15_000;
const LOOK_EVERY_MS = 300_000;
/** Where machines depend on another server, its absence must be told before somebody looks for the fault elsewhere. */
const PRESENCE_EVERY_MS = 30_000;

export interface ForeignDhcpWatch extends AsyncDisposable {
  /** The probe's made-up hardware addresses: the session's server must not answer them. */
  readonly macs: readonly string[];
  /** The first look, which takes some seconds. Rejects where nothing could be asked, or the watch ended before. */
  readonly firstLook: Promise<ProbeResult>;
}

export interface ForeignDhcpWatchOptions {
  readonly networkInterface: NetworkInterface;
  readonly ports: { readonly server: number; readonly client: number };
  /** Told of each server once, when it is first heard. */
  readonly onServer: (server: ForeignServer) => void;
  /** Who answered a later look. */
  readonly onLook: (servers: readonly ForeignServer[]) => void;
  /** Whether another server is meant to be there: then it is looked for more often, and more gently. */
  readonly isExpected: () => boolean;
}

/** Looks for other DHCP servers while a session runs: at its start, soon again, and every few minutes. */
export function watchForeignDhcp(options: ForeignDhcpWatchOptions): ForeignDhcpWatch {
  const { networkInterface, ports, onServer, onLook, isExpected } = options;
  const { name: interfaceName, mac } = networkInterface;
  const own = { mac, addresses: networkInterface.addresses.filter(({ family }) => family === 'IPv4') };
  const clients = probeClients(mac, randomBytes(PROBE_SEED_BYTES));
  const aborter = new AbortController();
  const { signal } = aborter;
  const heard = new Set<string>();

  const probe: DhcpProbeOptions = {
    interfaceName,
    own,
    clients,
    vendorOf: createVendorLookup(),
    ports,
    signal,
    onServer(server) {
      if (heard.has(server.address) || signal.aborted) return;
      heard.add(server.address);
      onServer(server);
    },
  };
  const firstLook = probeDhcp(probe);
  const lookAgain = async (): Promise<void> => {
    await firstLook.catch(() => undefined);
    for (
      let waitMs = SECOND_LOOK_AFTER_MS;
      !signal.aborted;
      waitMs = isExpected() ? PRESENCE_EVERY_MS : LOOK_EVERY_MS
    ) {
      await delay(waitMs, undefined, { signal, ref: false });
      // What keeps a later look from working, such as a cable that is out, is over at the next one.
      const result = await probeDhcp({ ...probe, presenceOnly: isExpected() }).catch(() => undefined);
      if (result !== undefined) onLook(result.servers);
    }
  };
  const looking = lookAgain().catch(() => undefined);
  return {
    macs: [...new Set(clients.map(({ chaddr }) => formatHardwareAddress(chaddr)))],
    firstLook,
    async [Symbol.asyncDispose]() {
      aborter.abort();
      await looking;
    },
  };
}
