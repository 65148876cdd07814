import type { EmitEvent } from '../contract/events.ts';
import type { AfterBoot, ApprovalPolicy } from '../contract/session.ts';
import { type ApprovalFacts, Approvals, type ApprovalState } from './clients/approvals.ts';
import { type Client, hasFinished, hasUsedApproval } from './clients/client.ts';
import type { ClientMonitor } from './clients-monitor.ts';
import { type AskingMachine, earlierDecisions } from './earlier-decisions.ts';
import type { EarlierPart } from './session-config.ts';

/** The approvals of a running session: who a machine is comes from its clients, and a decision is told as an event. */

export interface ClientApproval {
  readonly state: ApprovalState;
  /** What its screen shows while it waits for a person. */
  readonly code?: string | undefined;
  /** Of an approval that is good for one boot: still to be had, or had. */
  readonly use?: 'armed' | 'used' | undefined;
}

export interface SessionApprovals {
  readonly ofClient: (clientId: string) => ClientApproval;
  readonly stateOf: (machine: AskingMachine) => ApprovalState;
  readonly codeOf: (machine: AskingMachine) => string;
  /** Whether it had its boot in this session. Firmware that could be another machine's has not. */
  readonly hasFinished: (machine: AskingMachine) => boolean;
  readonly idOfCode: (code: string) => string | undefined;
  readonly approve: (clientIds: readonly string[]) => void;
  readonly refuse: (clientIds: readonly string[]) => void;
}

export function sessionApprovals(options: {
  policy: ApprovalPolicy;
  afterBoot: AfterBoot;
  /** Of the codes. */
  salt: string;
  monitor: ClientMonitor;
  emit: EmitEvent;
  vendorOf: (mac: string) => string | undefined;
  isListed: (client: Pick<Client, 'macs' | 'serial' | 'uuid'>) => boolean;
  /** Of the session that this one goes on with. */
  earlier?: EarlierPart | undefined;
}): SessionApprovals {
  const { policy, afterBoot, salt, monitor, emit, vendorOf, isListed } = options;
  const earlier = earlierDecisions(options.earlier);
  const approvals = new Approvals(policy, salt);
  monitor.onMerged((from, into) => approvals.merge(from, into));
  // Where every machine boots, and where one may boot each time, nobody counts.
  const isForOneBoot = policy.kind !== 'every-machine' && afterBoot === 'local-disk';

  const factsOf = (id: string, client: Client | undefined, machine: AskingMachine): ApprovalFacts => ({
    id,
    macs: [...new Set([machine.mac, ...(client?.macs ?? [])])],
    vendor: vendorOf(machine.mac),
    manufacturer: client?.manufacturer,
    isListed: isListed({
      macs: [machine.mac, ...(client?.macs ?? [])],
      serial: machine.serial ?? client?.serial,
      uuid: machine.uuid ?? client?.uuid,
    }),
    asksToBoot: machine.loaderRuns,
  });
  const stateOf = (id: string, client: Client | undefined, machine: AskingMachine): ApprovalState => {
    const own = approvals.decisionOn(id);
    const state = own ?? earlier.decisionOn(client, machine) ?? approvals.stateOf(factsOf(id, client, machine));
    return state === 'approved' && isForOneBoot && client !== undefined && needsAnother(client) ? 'waiting' : state;
  };

  return {
    ofClient(clientId) {
      const client = monitor.client(clientId);
      const state = stateOf(clientId, client, { ...client, mac: client?.mac ?? clientId });
      if (state === 'waiting') return { state, code: approvals.codeOf(clientId) };
      if (state === 'refused' || !isForOneBoot || client === undefined) return { state };
      return { state, use: hasUsedApproval(client) || hasFinished(client) ? 'used' : 'armed' };
    },
    stateOf(machine) {
      const { id, client } = monitor.identify(machine);
      return stateOf(id, client, machine);
    },
    codeOf: (machine) => approvals.codeOf(monitor.identify(machine).id),
    hasFinished(machine) {
      const { id, client, isCertain } = monitor.identify(machine);
      const isKnown = isCertain || machine.loaderRuns === true;
      if (client !== undefined && hasFinished(client) && isKnown) return true;
      return approvals.decisionOn(id) !== 'approved' && earlier.hasFinished(client, machine);
    },
    idOfCode: (code) => approvals.idOfCode(code),
    approve(clientIds) {
      for (const clientId of clientIds) {
        approvals.approve(clientId);
        emit({ type: 'client.approved', mac: monitor.client(clientId)?.mac ?? clientId, clientId });
      }
    },
    refuse(clientIds) {
      for (const clientId of clientIds) {
        approvals.refuse(clientId);
        emit({ type: 'client.refused', mac: monitor.client(clientId)?.mac ?? clientId, clientId });
      }
    },
  };
}

/** It was switched on again after it started what it was approved for, and has not told that this came to its end. */
const needsAnother = (client: Client): boolean =>
  hasUsedApproval(client) && client.boot === undefined && !hasFinished(client);
