import { isInSubnet, parseIpv4, subnetOf } from '../net/ipv4.ts';

/** The one subnet that the station is on. */
export interface StationNetwork {
  /** The station's address: server identifier and TFTP server. */
  readonly address: string;
  readonly prefixLength: number;
}

/** Whether a machine of the bench may have this address: not the network's, not the broadcast, not the station's. */
export function isHost(address: string, station: StationNetwork): boolean {
  const number = parseIpv4(address) ?? -1;
  const subnet = subnetOf(parseIpv4(station.address) ?? 0, station.prefixLength);
  const isEdge = number === subnet.network || number === subnet.broadcast;
  return isInSubnet(number, subnet) && !isEdge && address !== station.address;
}
