import type { BootPlan, Plan } from '../boot/plan.ts';
import { type DhcpPorts, type Endpoint, replyDestination } from './addressing.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import { OfferedPlans } from './offered-plans.ts';
import { type DatagramResponder, type DhcpEvent, type Outcome, outcomeOf } from './outcome.ts';
import { decide } from './policy.ts';
import { answerLease, type LeaseAnswer, type LeasePolicy } from './policy-lease.ts';
import type { AddressPool } from './pool.ts';
import { readDatagram } from './read-datagram.ts';
import type { StationSettings } from './reply.ts';
import { askPlan, handleBootServer } from './responder-boot-server.ts';

/** Everything between a datagram and its answer where the station hands out addresses, without sockets, files or clock. */

export interface ResponderOptions {
  readonly station: StationSettings & LeasePolicy;
  readonly ports: DhcpPorts;
  readonly plan: Plan;
  readonly pool: AddressPool;
  /** Hardware addresses of this computer, whose own DHCP client may ask on the same wire. */
  readonly ownMacs: ReadonlySet<string>;
}

const nothingToBoot: BootPlan = { kind: 'nothing', reason: 'it does not boot from the network' };

export class Responder implements DatagramResponder {
  readonly #options: ResponderOptions;
  readonly #offered = new OfferedPlans();

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  handle(datagram: Uint8Array, source: Endpoint, nowMs: number): Outcome {
    const { pool, station, ports, ownMacs } = this.#options;
    const read = readDatagram(datagram, ownMacs);
    if (read.kind !== 'read') return read;
    const { request, client } = read;
    const answer = answerLease(request, source, pool, station, nowMs);
    const plan = this.#planFor(request, client, answer);
    return outcomeOf({
      request,
      client,
      plan,
      decision: decide(request, client, answer, plan, station),
      destinationOf: (message) => replyDestination(request, message, source, ports),
      moreEvents: leaseEvents(request, answer, pool.size),
      binding: 'binding' in answer ? answer.binding : undefined,
    });
  }

  handleBootServer(datagram: Uint8Array, source: Endpoint): Outcome {
    return handleBootServer(datagram, source, this.#offered, this.#options);
  }

  #planFor(request: DhcpRequest, client: ClientIdentity, answer: LeaseAnswer): BootPlan {
    const isGranted = answer.kind === 'offered' || answer.kind === 'leased' || answer.kind === 'informed';
    if (client.bootClient === 'none' || !(isGranted || answer.kind === 'bootp')) return nothingToBoot;
    const offered = request.state === 'SELECTING' ? this.#offered.take(request) : undefined;
    if (offered !== undefined) return offered;
    const plan = askPlan(this.#options.plan, request, client, answer.address);
    if (answer.kind === 'offered') this.#offered.keep(request, plan);
    return plan;
  }
}

function leaseEvents({ mac }: DhcpRequest, answer: LeaseAnswer, poolSize: number): DhcpEvent[] {
  if (answer.kind === 'exhausted') return [{ type: 'dhcp.pool-exhausted', mac, poolSize }];
  if (answer.kind !== 'declined') return [];
  return [{ type: 'dhcp.declined', mac, address: answer.address, message: answer.message }];
}
