import { type MonitoredClient, stageSchema } from '../../main/contract/session.ts';
import { type MachineGroup, groupOf, machineGroups } from './machine-groups.ts';
import { makeOf, titleOf } from './machine-title.ts';

export const machineOrders = ['attention', 'stage', 'name', 'arrival'] as const;
export type MachineOrder = (typeof machineOrders)[number];

export interface MachineChoice {
  readonly group: MachineGroup | undefined;
  readonly search: string;
  readonly order: MachineOrder;
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const stageRank = ({ stage }: MonitoredClient): number => stageSchema.options.indexOf(stage);
const groupRank = (client: MonitoredClient): number => machineGroups.indexOf(groupOf(client));

/** Equal machines stay in the order in which they came, so that nothing moves unless it means something. */
const compare: Record<MachineOrder, (one: MonitoredClient, other: MonitoredClient) => number> = {
  attention: (one, other) => groupRank(one) - groupRank(other),
  stage: (one, other) => stageRank(other) - stageRank(one),
  name: (one, other) => natural.compare(titleOf(one), titleOf(other)),
  arrival: (one, other) => one.firstSeenMs - other.firstSeenMs,
};

/** The machines to show, in their order. The same objects: rows that show one are told apart by identity. */
export function arrange(
  clients: readonly MonitoredClient[],
  { group, search, order }: MachineChoice,
): MonitoredClient[] {
  const wanted = search.trim().toLowerCase();
  return clients
    .filter((client) => (group === undefined || groupOf(client) === group) && (wanted === '' || has(client, wanted)))
    .toSorted(compare[order]);
}

/** Whether one of a machine's marks holds the text. Who reads a MAC from a label types it with dashes or without anything. */
function has(client: MonitoredClient, wanted: string): boolean {
  const { mac, macs = [mac], name, hostName, serial, asset, address, code } = client;
  const adapters = macs.flatMap((one) => [one, one.replaceAll(':', '-'), one.replaceAll(':', '')]);
  const marks = [...adapters, name, hostName, asset, makeOf(client)];
  return [...marks, serial, address, code].some((mark) => mark?.toLowerCase().includes(wanted) === true);
}
