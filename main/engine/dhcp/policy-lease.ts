import type { Endpoint } from './addressing.ts';
import type { DhcpRequest, RequestState } from './message.ts';
import { dhcpOption, readOption } from './options.ts';
import { printable } from './option-values.ts';
import { relayRefusal } from './policy-relay.ts';
import type { AddressPool, Binding } from './pool.ts';
import { isHost, type StationNetwork } from './station-network.ts';

/**
 * The state table of RFC 2131 section 4.3: what a request does to the leases, and what may be answered. Pure but for the pool.
 */

export interface LeasePolicy extends StationNetwork {
  readonly leaseSeconds: number;
  /** On an isolated bench this is the only server, so it may tell a client that its address is wrong. */
  readonly authoritative: boolean;
  /** `pool`: BOOTP clients get an address with a long lease; they never renew or release it. */
  readonly bootp: 'off' | 'pool';
  /** The address that a person keeps for this machine. */
  readonly reservedFor?: ((request: DhcpRequest) => string | undefined) | undefined;
}

export type LeaseAnswer =
  | { readonly kind: 'offered' | 'informed'; readonly address: string }
  /** The binding has to be written down before the answer leaves. */
  | { readonly kind: 'leased' | 'bootp'; readonly address: string; readonly binding: Binding }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'released'; readonly address: string; readonly binding: Binding }
  | {
      readonly kind: 'declined';
      readonly address: string;
      readonly binding: Binding;
      readonly message: string | undefined;
    }
  | { readonly kind: 'exhausted' };

const OFFER_MS = 60_000;
/** As dnsmasq's: long enough for a technician to find the machine with the fixed address. */
const QUARANTINE_MS = 600_000;
const BOOTP_LEASE_MS = 7 * 24 * 3_600_000;

const silent = (reason: string): LeaseAnswer => ({ kind: 'silent', reason });

/** Decides about a lease and notes it in the pool. `source`: where the request came from. */
export function answerLease(
  request: DhcpRequest,
  source: Endpoint,
  pool: AddressPool,
  policy: LeasePolicy,
  nowMs: number,
): LeaseAnswer {
  const refusal = relayRefusal(request, source, policy);
  if (refusal !== undefined) return silent(refusal);
  return answerOf[request.state](request, pool, policy, nowMs);
}

type Answer = (request: DhcpRequest, pool: AddressPool, policy: LeasePolicy, nowMs: number) => LeaseAnswer;

const answerOf: Readonly<Record<RequestState, Answer>> = {
  DISCOVER: offer,
  SELECTING: select,
  'INIT-REBOOT': (request, ...rest) => confirm(request.requestedAddress, request, ...rest),
  RENEWING: (request, ...rest) => confirm(request.clientAddress, request, ...rest),
  DECLINE: decline,
  RELEASE: release,
  INFORM: inform,
  BOOTP: bootp,
};

function offer(request: DhcpRequest, pool: AddressPool, policy: LeasePolicy, nowMs: number): LeaseAnswer {
  const own = pool.bindingOf(request.clientKey);
  const address = pool.choose(request.clientKey, request.requestedAddress, nowMs, policy.reservedFor?.(request));
  if (address === undefined) return { kind: 'exhausted' };
  const expiresAtMs = nowMs + OFFER_MS;
  // A lease that outlives the offer is as good a reservation, and must survive a client that asks and goes away.
  const isHeld =
    (own?.kind === 'leased' || own?.kind === 'bootp') && own.address === address && own.expiresAtMs >= expiresAtMs;
  if (!isHeld) pool.bind({ address, kind: 'offered', clientKey: request.clientKey, expiresAtMs });
  return { kind: 'offered', address };
}

function select(request: DhcpRequest, pool: AddressPool, policy: LeasePolicy, nowMs: number): LeaseAnswer {
  const { clientKey, requestedAddress } = request;
  const own = pool.bindingOf(clientKey);
  if (request.serverIdentifier !== policy.address) {
    if (own?.kind === 'offered') pool.free(own.address);
    return silent(`it chose the server ${request.serverIdentifier}`);
  }
  if (requestedAddress === undefined) return silent('it names no address');
  if (own !== undefined && own.address !== requestedAddress) {
    return { kind: 'refused', reason: `${own.address} was offered, not ${requestedAddress}` };
  }
  // Without a record the offer was made before a restart of the station: as good as new where nobody has it.
  if (!pool.isAvailable(clientKey, requestedAddress, nowMs, policy.reservedFor?.(request))) {
    return { kind: 'refused', reason: `${requestedAddress} cannot be had` };
  }
  return lease(request, requestedAddress, pool, policy, nowMs);
}

/** INIT-REBOOT, RENEWING and REBINDING: a client asks to keep what it has. */
function confirm(
  address: string | undefined,
  request: DhcpRequest,
  pool: AddressPool,
  policy: LeasePolicy,
  nowMs: number,
): LeaseAnswer {
  if (address === undefined) return silent('it names no address');
  const own = pool.bindingOf(request.clientKey);
  if (own?.address === address) return lease(request, address, pool, policy, nowMs);
  if (own !== undefined) return { kind: 'refused', reason: `its address is ${own.address}, not ${address}` };
  if (!isHost(address, policy)) return { kind: 'refused', reason: `${address} is not an address of this network` };
  if (!policy.authoritative) return silent(`nothing is known of its lease of ${address}`);
  return { kind: 'refused', reason: `nothing is known of its lease of ${address}` };
}

function lease(
  request: DhcpRequest,
  address: string,
  pool: AddressPool,
  policy: LeasePolicy,
  nowMs: number,
): LeaseAnswer {
  const { clientKey, clientIdentifier } = request;
  const expiresAtMs = nowMs + policy.leaseSeconds * 1000;
  const binding: Binding = { address, kind: 'leased', clientKey, clientIdentifier, expiresAtMs };
  pool.bind(binding);
  return { kind: 'leased', address, binding };
}

function decline(request: DhcpRequest, pool: AddressPool, policy: LeasePolicy, nowMs: number): LeaseAnswer {
  if (request.serverIdentifier !== policy.address) return silent('it declines an address of another server');
  const own = pool.bindingOf(request.clientKey);
  // Only the address that this client was given: otherwise one client could lock the whole pool.
  if (own === undefined || own.address !== request.requestedAddress) {
    return silent('it declines an address that it was not given');
  }
  const { address } = own;
  const binding: Binding = { address, kind: 'declined', clientKey: undefined, expiresAtMs: nowMs + QUARANTINE_MS };
  pool.bind(binding);
  const message = request.packet.options && readOption(request.packet.options, dhcpOption.message);
  return { kind: 'declined', address, binding, message: message === undefined ? undefined : printable(message) };
}

function release(request: DhcpRequest, pool: AddressPool, policy: LeasePolicy, nowMs: number): LeaseAnswer {
  if (request.serverIdentifier !== policy.address) return silent('it releases an address of another server');
  const own = pool.bindingOf(request.clientKey);
  if (own === undefined || own.kind === 'released' || own.address !== request.clientAddress) {
    return silent('it releases an address that is not its own');
  }
  if (own.clientIdentifier !== request.clientIdentifier) {
    return silent('it releases an address that was given to another client identifier');
  }
  const binding: Binding = { ...own, kind: 'released', expiresAtMs: nowMs };
  pool.bind(binding);
  return { kind: 'released', address: own.address, binding };
}

function inform(request: DhcpRequest, _pool: AddressPool, policy: LeasePolicy): LeaseAnswer {
  const { clientAddress } = request;
  if (clientAddress === undefined) return silent('it asks for settings without an address');
  if (!isHost(clientAddress, policy)) return silent(`${clientAddress} is not an address of this network`);
  return { kind: 'informed', address: clientAddress };
}

function bootp(request: DhcpRequest, pool: AddressPool, policy: LeasePolicy, nowMs: number): LeaseAnswer {
  if (policy.bootp === 'off') return silent('BOOTP is switched off');
  const { clientKey, clientAddress } = request;
  if (clientAddress !== undefined && !isHost(clientAddress, policy)) {
    return silent(`${clientAddress} is not an address of this network`);
  }
  const address = pool.choose(clientKey, clientAddress, nowMs, policy.reservedFor?.(request));
  if (address === undefined) return { kind: 'exhausted' };
  const binding: Binding = { address, kind: 'bootp', clientKey, expiresAtMs: nowMs + BOOTP_LEASE_MS };
  pool.bind(binding);
  return { kind: 'bootp', address, binding };
}
