import type { DhcpMessage, EmitEvent } from '../../contract/events.ts';
import type { BootPlan, Plan } from '../boot/plan.ts';
import { type DhcpPorts, type Endpoint, replyDestination } from './addressing.ts';
import { type ClientIdentity, identifyClient } from './client-identity.ts';
import { type DhcpRequest, readRequest } from './message.ts';
import { decodePacket, encodePacket, NO_ADDRESS } from './packet.ts';
import { type Decision, decide } from './policy.ts';
import { decideBootServer, notForBootServer } from './policy-boot-server.ts';
import { answerLease, type LeaseAnswer, type LeasePolicy } from './policy-lease.ts';
import type { AddressPool, Binding } from './pool.ts';
import type { StationSettings } from './reply.ts';

/** Everything between a datagram and its answer, without sockets, files or clock. */

export interface ResponderOptions {
  readonly station: StationSettings & LeasePolicy;
  readonly ports: DhcpPorts;
  readonly plan: Plan;
  readonly pool: AddressPool;
  /** Hardware addresses of this computer, whose own DHCP client may ask on the same wire. */
  readonly ownMacs: ReadonlySet<string>;
}

export type DhcpEvent = Parameters<EmitEvent>[0];

export interface PreparedReply {
  readonly bytes: Uint8Array;
  readonly destination: Endpoint;
  readonly delayMs: number;
  /** To be told once it has left. */
  readonly event: DhcpEvent;
  /** Something about it that will keep this client from booting, and the boot file it is about. */
  readonly warning: { readonly bootFile: string; readonly problem: string } | undefined;
}

export type Outcome =
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'ignored' }
  | {
      readonly kind: 'handled';
      readonly events: readonly DhcpEvent[];
      /** Has to be on disk before the reply leaves. */
      readonly binding: Binding | undefined;
      readonly reply: PreparedReply | undefined;
    };

type Read =
  | Extract<Outcome, { kind: 'dropped' | 'ignored' }>
  | { readonly kind: 'read'; readonly request: DhcpRequest; readonly client: ClientIdentity };

const nothingToBoot: BootPlan = { kind: 'nothing', reason: 'it does not boot from the network' };

export class Responder {
  readonly #options: ResponderOptions;
  readonly #offeredPlans = new OfferedPlans();

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  /** Answers one datagram to the DHCP server's port. Throws only where `plan` throws. */
  handle(datagram: Uint8Array, source: Endpoint, nowMs: number): Outcome {
    const read = this.#read(datagram);
    if (read.kind !== 'read') return read;
    const { request, client } = read;
    const { pool, station, ports } = this.#options;
    const answer = answerLease(request, pool, station, nowMs);
    const plan = this.#planFor(request, client, answer);
    const decision = decide(request, client, answer, plan, station);
    return {
      kind: 'handled',
      ...prepared(request, client, plan, decision, leaseEvents(request, answer, pool.size), (message) =>
        replyDestination(request, message, source, ports),
      ),
      binding: 'binding' in answer ? answer.binding : undefined,
    };
  }

  /** Answers one datagram to the PXE boot server's port, back to where it came from. */
  handleBootServer(datagram: Uint8Array, source: Endpoint): Outcome {
    const read = this.#read(datagram);
    if (read.kind !== 'read') return read;
    const { request, client } = read;
    const { station } = this.#options;
    const reason = notForBootServer(request, client, source, station);
    const plan = reason === undefined ? this.#ask(request, client, source.address) : nothingToBoot;
    const decision: Decision =
      reason === undefined ? decideBootServer(request, client, plan, station) : { kind: 'silent', reason };
    return { kind: 'handled', ...prepared(request, client, plan, decision, [], () => source), binding: undefined };
  }

  #read(datagram: Uint8Array): Read {
    const decoded = decodePacket(datagram);
    if (!decoded.ok) return { kind: 'dropped', reason: decoded.reason };
    const read = readRequest(decoded.packet, datagram.length);
    if (!read.ok) return { kind: 'dropped', reason: read.reason };
    if (this.#options.ownMacs.has(read.request.mac)) return { kind: 'ignored' };
    return { kind: 'read', request: read.request, client: identifyClient(read.request) };
  }

  #ask(request: DhcpRequest, client: ClientIdentity, address: string): BootPlan {
    const { uuid, firmware, bootClient, ipxeFeatures } = client;
    return this.#options.plan({ mac: request.mac, address, uuid, firmware, bootClient, ipxeFeatures });
  }

  #planFor(request: DhcpRequest, client: ClientIdentity, answer: LeaseAnswer): BootPlan {
    const isGranted = answer.kind === 'offered' || answer.kind === 'leased' || answer.kind === 'informed';
    if (client.bootClient === 'none' || !(isGranted || answer.kind === 'bootp')) return nothingToBoot;
    const offered = request.state === 'SELECTING' ? this.#offeredPlans.take(request) : undefined;
    if (offered !== undefined) return offered;
    const plan = this.#ask(request, client, answer.address);
    if (answer.kind === 'offered') this.#offeredPlans.keep(request, plan);
    return plan;
  }
}

/**
 * What was offered is what is acknowledged, though the plan may have changed in between: EDK2 keeps both packets and
 * takes its boot file from either.
 */
class OfferedPlans {
  readonly #plans = new Map<string, { transactionId: number; plan: BootPlan }>();

  keep({ clientKey, packet }: DhcpRequest, plan: BootPlan): void {
    this.#plans.delete(clientKey);
    this.#plans.set(clientKey, { transactionId: packet.xid, plan });
    const [eldest] = this.#plans.keys();
    if (this.#plans.size > OfferedPlans.#LIMIT && eldest !== undefined) this.#plans.delete(eldest);
  }

  take({ clientKey, packet }: DhcpRequest): BootPlan | undefined {
    const kept = this.#plans.get(clientKey);
    return kept?.transactionId === packet.xid ? kept.plan : undefined;
  }

  static readonly #LIMIT = 1024;
}

/** A decision as what is to be told and sent. */
function prepared(
  request: DhcpRequest,
  client: ClientIdentity,
  plan: BootPlan,
  decision: Decision,
  moreEvents: readonly DhcpEvent[],
  destinationOf: (message: DhcpMessage) => Endpoint,
): { events: readonly DhcpEvent[]; reply: PreparedReply | undefined } {
  const { mac } = request;
  const events = [requestEvent(request, client), ...moreEvents];
  if (decision.kind === 'silent') {
    const { message } = request;
    return { events: [...events, { type: 'dhcp.silent', mac, message, reason: decision.reason }], reply: undefined };
  }
  const { message, packet, bootFile, warning, delayMs } = decision;
  const address = packet.yiaddr === NO_ADDRESS ? packet.ciaddr : packet.yiaddr;
  const isAboutPlan = warning !== undefined && plan.kind !== 'nothing';
  return {
    events,
    reply: {
      bytes: encodePacket(packet),
      destination: destinationOf(message),
      delayMs,
      event: { type: 'dhcp.reply', mac, message, transactionId: packet.xid, address, bootFile },
      warning: isAboutPlan ? { bootFile: plan.bootFile, problem: warning } : undefined,
    },
  };
}

function requestEvent({ mac, message, packet }: DhcpRequest, client: ClientIdentity): DhcpEvent {
  const { ipxeFeatures: _, ...identity } = client;
  return { type: 'dhcp.request', mac, message, transactionId: packet.xid, ...identity };
}

function leaseEvents({ mac }: DhcpRequest, answer: LeaseAnswer, poolSize: number): DhcpEvent[] {
  if (answer.kind === 'exhausted') return [{ type: 'dhcp.pool-exhausted', mac, poolSize }];
  if (answer.kind !== 'declined') return [];
  return [{ type: 'dhcp.declined', mac, address: answer.address, message: answer.message }];
}
