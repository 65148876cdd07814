import type { BootPlan, Plan } from '../boot/plan.ts';
import type { Endpoint } from './addressing.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import type { OfferedPlans } from './offered-plans.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { Decision } from './policy.ts';
import { decideBootServer, notForBootServer } from './policy-boot-server.ts';
import { readDatagram } from './read-datagram.ts';
import type { StationSettings } from './reply.ts';
import type { StationNetwork } from './station-network.ts';

export interface BootServerOptions {
  readonly station: StationSettings & StationNetwork;
  readonly plan: Plan;
  readonly ownMacs: ReadonlySet<string>;
}

const nothingToBoot: BootPlan = { kind: 'nothing', reason: 'it is not answered' };

/** Answers one datagram to the PXE boot server's port, back to where it came from. */
export function handleBootServer(
  datagram: Uint8Array,
  source: Endpoint,
  offered: OfferedPlans,
  options: BootServerOptions,
): Outcome {
  const read = readDatagram(datagram, options.ownMacs);
  if (read.kind !== 'read') return read;
  const { request, client } = read;
  const { station } = options;
  const reason =
    notForBootServer(request, client, source, station) ??
    (offered.has(request) ? undefined : 'it asks a boot server that it was not offered');
  const plan = reason === undefined ? askPlan(options.plan, request, client, source.address) : nothingToBoot;
  const decision: Decision =
    reason === undefined ? decideBootServer(request, client, plan, station) : { kind: 'silent', reason };
  return outcomeOf({ request, client, plan, decision, destinationOf: () => source });
}

/** What the session's plan says for who asks. */
export function askPlan(plan: Plan, request: DhcpRequest, client: ClientIdentity, address?: string): BootPlan {
  const { uuid, firmware, bootClient, ipxeFeatures } = client;
  return plan({
    mac: request.mac,
    address,
    uuid,
    firmware,
    bootClient,
    ipxeFeatures,
    transactionId: request.packet.xid,
  });
}
