import { formatIpv4, parseIpv4, subnetOf } from './ipv4.ts';
import type { PoolRange, ServingAddress } from './serving-address.ts';

const LARGEST_POOL = 1024;

/**
 * The pool when nobody names one: the upper part of the subnet, so that addresses people set by hand near its start
 * stay free. The station's own address is skipped by the pool itself.
 */
export function defaultPool({ address, prefixLength }: ServingAddress): PoolRange {
  const subnet = subnetOf(parseIpv4(address) ?? 0, prefixLength);
  const last = subnet.broadcast - 1;
  const hosts = last - subnet.network;
  const size = Math.min(LARGEST_POOL, Math.max(1, Math.floor(hosts * 0.6)));
  return { first: formatIpv4(last - size + 1), last: formatIpv4(last) };
}
