import type { EmitEvent } from '../../contract/events.ts';
import type { BootPlan, Plan } from '../boot/plan.ts';
import { type DhcpPorts, type Endpoint, replyDestination } from './addressing.ts';
import { type ClientIdentity, identifyClient } from './client-identity.ts';
import { type DhcpRequest, readRequest } from './message.ts';
import { decodePacket, encodePacket } from './packet.ts';
import { decide } from './policy.ts';
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

const nothingToBoot: BootPlan = { kind: 'nothing', reason: 'it does not boot from the network' };

export class Responder {
  readonly #options: ResponderOptions;
  readonly #offeredPlans = new OfferedPlans();

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  /** Answers one datagram. Throws only where `plan` throws. */
  handle(datagram: Uint8Array, source: Endpoint, nowMs: number): Outcome {
    const decoded = decodePacket(datagram);
    if (!decoded.ok) return { kind: 'dropped', reason: decoded.reason };
    const read = readRequest(decoded.packet, datagram.length);
    if (!read.ok) return { kind: 'dropped', reason: read.reason };
    const { request } = read;
    if (this.#options.ownMacs.has(request.mac)) return { kind: 'ignored' };

    const client = identifyClient(request);
    const answer = answerLease(request, this.#options.pool, this.#options.station, nowMs);
    const plan = this.#planFor(request, client, answer);
    const decision = decide(request, client, answer, plan, this.#options.station);
    const events = [requestEvent(request, client), ...leaseEvents(request, answer, this.#options.pool.size)];
    const binding = 'binding' in answer ? answer.binding : undefined;
    if (decision.kind === 'silent') {
      const { mac, message } = request;
      return {
        kind: 'handled',
        events: [...events, { type: 'dhcp.silent', mac, message, reason: decision.reason }],
        binding,
        reply: undefined,
      };
    }
    const { message, packet, bootFile, warning, delayMs } = decision;
    return {
      kind: 'handled',
      events,
      binding,
      reply: {
        bytes: encodePacket(packet),
        destination: replyDestination(request, message, source, this.#options.ports),
        delayMs,
        event: {
          type: 'dhcp.reply',
          mac: request.mac,
          message,
          transactionId: packet.xid,
          address: 'address' in answer ? answer.address : packet.yiaddr,
          bootFile,
        },
        warning:
          warning === undefined || plan.kind === 'nothing' ? undefined : { bootFile: plan.bootFile, problem: warning },
      },
    };
  }

  #planFor(request: DhcpRequest, client: ClientIdentity, answer: LeaseAnswer): BootPlan {
    const isGranted = answer.kind === 'offered' || answer.kind === 'leased' || answer.kind === 'informed';
    if (client.bootClient === 'none' || !(isGranted || answer.kind === 'bootp')) return nothingToBoot;
    const offered = request.state === 'SELECTING' ? this.#offeredPlans.take(request) : undefined;
    if (offered !== undefined) return offered;
    const plan = this.#options.plan({
      mac: request.mac,
      address: answer.address,
      uuid: client.uuid,
      firmware: client.firmware,
      bootClient: client.bootClient,
      ipxeFeatures: client.ipxeFeatures,
    });
    if (answer.kind === 'offered') this.#offeredPlans.keep(request, plan);
    return plan;
  }
}

/**
 * What was offered is what is acknowledged, though the plan may have changed in between: EDK2 keeps both packets and takes its
 * boot file from either (PROTOCOLS 1.2).
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

function requestEvent({ mac, message, packet }: DhcpRequest, client: ClientIdentity): DhcpEvent {
  const { ipxeFeatures: _, ...identity } = client;
  return { type: 'dhcp.request', mac, message, transactionId: packet.xid, ...identity };
}

function leaseEvents({ mac }: DhcpRequest, answer: LeaseAnswer, poolSize: number): DhcpEvent[] {
  if (answer.kind === 'exhausted') return [{ type: 'dhcp.pool-exhausted', mac, poolSize }];
  if (answer.kind !== 'declined') return [];
  return [{ type: 'dhcp.declined', mac, address: answer.address, message: answer.message }];
}
