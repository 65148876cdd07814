import { StationError } from '../../contract/errors.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import { parseIpv4, subnetOf } from './ipv4.ts';

export interface ServingAddress {
  readonly address: string;
  readonly prefixLength: number;
}

export interface Tolerance {
  /** The person said in so many words to serve on an interface that is not fit. */
  readonly unfit: boolean;
  /** Others use the network too, as where another server hands out the addresses. */
  readonly shared: boolean;
}

/**
 * The address the station serves from: the interface's first IPv4 address that has room for a pool.
 * Errors: E_INTERFACE_DOWN, E_INTERFACE_NO_ADDRESS, E_INTERFACE_UNFIT.
 */
export function servingAddress(networkInterface: NetworkInterface, tolerance: Tolerance): ServingAddress {
  const { name, kind, link, defaultRoute, reason } = networkInterface;
  if (link === 'down') throw new StationError('E_INTERFACE_DOWN', { name });
  const isUnfit = kind === 'wireless' || kind === 'loopback' || (defaultRoute && !tolerance.shared);
  if (isUnfit && !tolerance.unfit) {
    throw new StationError('E_INTERFACE_UNFIT', { name, reason: reason ?? kind });
  }
  const usable = networkInterface.addresses.find(({ family, prefixLength }) => family === 'IPv4' && prefixLength <= 30);
  if (usable === undefined) throw new StationError('E_INTERFACE_NO_ADDRESS', { name });
  return { address: usable.address, prefixLength: usable.prefixLength };
}

export interface PoolRange {
  readonly first: string;
  readonly last: string;
}

/** "FROM-TO" checked against the subnet. Error: E_POOL_INVALID. */
export function parsePool(value: string, serving: ServingAddress): PoolRange {
  const invalid = (problem: string): StationError => new StationError('E_POOL_INVALID', { value, problem });
  const [first = '', last = '', ...rest] = value.split('-').map((part) => part.trim());
  const from = parseIpv4(first);
  const to = parseIpv4(last);
  if (from === undefined || to === undefined || rest.length > 0) throw invalid('it is not FROM-TO');
  if (from > to) throw invalid('its first address is after its last');
  const subnet = subnetOf(parseIpv4(serving.address) ?? 0, serving.prefixLength);
  if (from <= subnet.network || to >= subnet.broadcast) {
    throw invalid(`it is not inside the subnet ${serving.address}/${serving.prefixLength}`);
  }
  return { first, last };
}
