import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { StationError } from '../../contract/errors.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import type { ForeignServer } from '../../contract/session.ts';
import { formatHardwareAddress } from '../dhcp/packet.ts';
import { probeDhcp } from './dhcp-probe.ts';
import { PROBE_SEED_BYTES, probeClients } from './dhcp-probe-packets.ts';
import { createVendorLookup } from './mac-vendor.ts';

/** Soon once more, for a server that was busy at the first look; then now and then, as a bench gets plugged into an office too. */
const SECOND_LOOK_AFTER_MS = 15_000;
const LOOK_EVERY_MS = 300_000;

export interface ForeignDhcpWatch extends AsyncDisposable {
  /** The probe's made-up hardware addresses: the session's server must not answer them. */
  readonly macs: readonly string[];
  /**
   * Resolves when the first look, which takes some seconds, found nobody, and at once where foreign servers are allowed. Pending for
   * ever otherwise.
   */
  readonly quiet: Promise<void>;
}

export interface ForeignDhcpWatchOptions {
  readonly networkInterface: NetworkInterface;
  readonly ports: { readonly server: number; readonly client: number };
  readonly allowed: boolean;
  /** E_FOREIGN_DHCP once for each server, when it is first heard, or E_PROBE_FAILED. */
  readonly onFinding: (finding: StationError) => void;
}

/** Looks for other DHCP servers while a session runs: at its start, soon again, and every few minutes. */
export function watchForeignDhcp(options: ForeignDhcpWatchOptions): ForeignDhcpWatch {
  const { networkInterface, ports, allowed, onFinding } = options;
  const { name: interfaceName, mac } = networkInterface;
  const addresses = networkInterface.addresses.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const clients = probeClients(mac, randomBytes(PROBE_SEED_BYTES));
  const vendorOf = createVendorLookup();
  const aborter = new AbortController();
  const { signal } = aborter;
  const quiet = Promise.withResolvers<void>();
  const found = new Set<string>();
  let hasFindings = false;

  const tell = (finding: StationError): void => {
    hasFindings = true;
    if (!signal.aborted) onFinding(finding);
  };
  const onServer = ({ address, kind }: ForeignServer): void => {
    if (found.has(address)) return;
    found.add(address);
    tell(new StationError('E_FOREIGN_DHCP', { name: interfaceName, address, kind }));
  };
  const probe = async (): Promise<void> => {
    await probeDhcp({ interfaceName, own: { mac, addresses }, clients, vendorOf, ports, signal, onServer });
  };
  const look = async (): Promise<void> => {
    await probe().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : `${String(error)}.`;
      tell(new StationError('E_PROBE_FAILED', { name: interfaceName, reason }, { cause: error }));
    });
    if (!hasFindings) quiet.resolve();
    for (let waitMs = SECOND_LOOK_AFTER_MS; !signal.aborted; waitMs = LOOK_EVERY_MS) {
      await delay(waitMs, undefined, { signal, ref: false });
      // What keeps a later look from working, such as a cable that is out, is over at the next one.
      await probe().catch(() => undefined);
    }
  };
  const looking = look().catch(() => undefined);
  if (allowed) quiet.resolve();
  return {
    macs: [...new Set(clients.map(({ chaddr }) => formatHardwareAddress(chaddr)))],
    quiet: quiet.promise,
    async [Symbol.asyncDispose]() {
      aborter.abort();
      await looking;
    },
  };
}
