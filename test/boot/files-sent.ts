import type { FileKind } from '../../main/contract/events.ts';
import type { Station } from '../testbed/station.ts';

/** Kinds of the files that a machine got whole, in order. */
export function filesSentTo(station: Station, mac: string): FileKind[] {
  const addresses = new Set(
    [...station.eventsOf('dhcp.reply'), ...station.eventsOf('client.addressed')]
      .filter((event) => event.mac === mac)
      .map(({ address }) => address),
  );
  const started = new Map(
    station
      .eventsOf('transfer.started')
      .filter(({ peerAddress }) => addresses.has(peerAddress))
      .map((transfer) => [transfer.transferId, transfer]),
  );
  return station
    .eventsOf('transfer.ended')
    .filter(({ outcome }) => outcome === 'complete')
    .flatMap(({ transferId }) => started.get(transferId)?.kind ?? []);
}
