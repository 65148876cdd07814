import type { DhcpMessage, EmitEvent } from '../../contract/events.ts';
import type { BootPlan } from '../boot/plan.ts';
import type { Endpoint } from './addressing.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import { encodePacket, NO_ADDRESS } from './packet.ts';
import type { Decision } from './policy.ts';
import type { Binding } from './pool.ts';

/** What came of a datagram: what to tell, what to write down, and what to send. Pure. */

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

/** Answers datagrams, each to one of the station's two ports. */
export interface DatagramResponder {
  /** To the DHCP server's port. Throws only where the plan throws. */
  handle(datagram: Uint8Array, source: Endpoint, nowMs: number): Outcome;
  /** To the PXE boot server's port: answered to where it came from. */
  handleBootServer(datagram: Uint8Array, source: Endpoint): Outcome;
}

export interface Decided {
  readonly request: DhcpRequest;
  readonly client: ClientIdentity;
  readonly plan: BootPlan;
  readonly decision: Decision;
  readonly destinationOf: (message: DhcpMessage) => Endpoint;
  readonly moreEvents?: readonly DhcpEvent[] | undefined;
  readonly binding?: Binding | undefined;
}

/** A decision as what is to be told and sent. */
export function outcomeOf(decided: Decided): Outcome {
  const { request, client, plan, decision, destinationOf, moreEvents = [], binding } = decided;
  const { mac } = request;
  const events = [requestEvent(request, client), ...moreEvents];
  if (decision.kind === 'silent') {
    const { message } = request;
    const silence: DhcpEvent = { type: 'dhcp.silent', mac, message, reason: decision.reason };
    return { kind: 'handled', events: [...events, silence], binding, reply: undefined };
  }
  const { message, packet, bootFile, warning, delayMs } = decision;
  // What a client says of its address is no proof of it: only one that was given here is told.
  const given = packet.yiaddr === NO_ADDRESS ? {} : { address: packet.yiaddr };
  const isAboutPlan = warning !== undefined && plan.kind !== 'nothing';
  return {
    kind: 'handled',
    events,
    binding,
    reply: {
      bytes: encodePacket(packet),
      destination: destinationOf(message),
      delayMs,
      event: { type: 'dhcp.reply', mac, message, transactionId: packet.xid, ...given, bootFile },
      warning: isAboutPlan ? { bootFile: plan.bootFile, problem: warning } : undefined,
    },
  };
}

function requestEvent(request: DhcpRequest, client: ClientIdentity): DhcpEvent {
  const { mac, message, packet, state, requestedAddress, serverIdentifier } = request;
  const { ipxeFeatures: _, ...identity } = client;
  const chosen = state === 'SELECTING' ? { requestedAddress, serverAddress: serverIdentifier } : {};
  return { type: 'dhcp.request', mac, message, transactionId: packet.xid, ...identity, ...chosen };
}
