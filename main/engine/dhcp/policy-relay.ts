import type { Endpoint } from './addressing.ts';
import type { DhcpRequest } from './message.ts';
import { NO_ADDRESS } from './packet.ts';
import { isHost, type StationNetwork } from './station-network.ts';

/**
 * Why nothing is answered to a relay, undefined where there is none or it may be: the pool and the files are of one subnet, and an
 * answer goes to whatever address `giaddr` names. Pure.
 */
export function relayRefusal(
  { packet }: Pick<DhcpRequest, 'packet'>,
  source: Endpoint,
  station: StationNetwork,
): string | undefined {
  const { giaddr } = packet;
  if (giaddr === NO_ADDRESS) return undefined;
  if (!isHost(giaddr, station)) return `it came through the relay ${giaddr}, which is on another subnet`;
  // A relay has an address, and forwards from it (RFC 1542 section 4.1.1): who has none only says that it is one.
  if (!isHost(source.address, station)) return `it names the relay ${giaddr}, but came from ${source.address}`;
  return undefined;
}
