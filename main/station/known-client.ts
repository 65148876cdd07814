import type { ListedMachine } from '../contract/machines.ts';
import type { MonitoredClient } from '../contract/session.ts';
import type { MachineFacts } from '../engine/machines/find-machine.ts';

/** What the person knows of a machine, on its card. Pure. */

export const factsOf = ({ mac, macs = [mac], serial, uuid }: MonitoredClient): MachineFacts => ({ macs, serial, uuid });

/** The client with what is known of it now; undefined where that is what it shows already. */
export function clientWithNews(client: MonitoredClient, known: ListedMachine | undefined): MonitoredClient | undefined {
  const { name: shownName, reservedAddress: shownAddress, ...facts } = client;
  if (shownName === known?.name && shownAddress === known?.address) return undefined;
  return {
    ...facts,
    ...(known?.name === undefined ? {} : { name: known.name }),
    ...(known?.address === undefined ? {} : { reservedAddress: known.address }),
  };
}
