import type { BootPlan, Plan } from '../boot/plan.ts';
import { type DhcpPorts, type Endpoint, replyDestination } from './addressing.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import { OfferedPlans } from './offered-plans.ts';
import { type DatagramResponder, type Outcome, outcomeOf } from './outcome.ts';
import type { Decision } from './policy.ts';
import { decideProxy, notForProxy } from './policy-proxy.ts';
import { relayRefusal } from './policy-relay.ts';
import { readDatagram } from './read-datagram.ts';
import type { StationSettings } from './reply.ts';
import { askPlan, handleBootServer } from './responder-boot-server.ts';
import type { StationNetwork } from './station-network.ts';

/** Everything between a datagram and its answer where another server hands out the addresses, without sockets or clock. */

export interface ProxyResponderOptions {
  readonly station: StationSettings & StationNetwork;
  readonly ports: DhcpPorts;
  readonly plan: Plan;
  readonly ownMacs: ReadonlySet<string>;
  /** Whether port 4011 is answered at the moment. */
  readonly hasBootServer: () => boolean;
}

const nothingToBoot: BootPlan = { kind: 'nothing', reason: 'it is not answered' };

export class ProxyResponder implements DatagramResponder {
  readonly #options: ProxyResponderOptions;
  readonly #offered = new OfferedPlans();

  constructor(options: ProxyResponderOptions) {
    this.#options = options;
  }

  handle(datagram: Uint8Array, source: Endpoint): Outcome {
    const { station, ports, ownMacs, hasBootServer } = this.#options;
    const read = readDatagram(datagram, ownMacs);
    if (read.kind !== 'read') return read;
    const { request, client } = read;
    const reason = relayRefusal(request, source, station) ?? notForProxy(request, client, station);
    const plan = reason === undefined ? this.#planFor(request, client) : nothingToBoot;
    const decision: Decision =
      reason === undefined ? decideProxy(request, client, plan, station, hasBootServer()) : { kind: 'silent', reason };
    return outcomeOf({
      request,
      client,
      plan,
      decision,
      destinationOf: (message) => replyDestination(request, message, source, ports),
    });
  }

  handleBootServer(datagram: Uint8Array, source: Endpoint): Outcome {
    return handleBootServer(datagram, source, this.#offered, this.#options);
  }

  #planFor(request: DhcpRequest, client: ClientIdentity): BootPlan {
    const offered = request.state === 'SELECTING' ? this.#offered.take(request) : undefined;
    if (offered !== undefined) return offered;
    const plan = askPlan(this.#options.plan, request, client, request.clientAddress);
    if (request.state === 'DISCOVER' && plan.kind !== 'nothing') this.#offered.keep(request, plan);
    return plan;
  }
}
