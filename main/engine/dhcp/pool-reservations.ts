import type { ListedMachine } from '../../contract/machines.ts';
import { formatIpv4, isInSubnet, parseIpv4, subnetOf } from '../net/ipv4.ts';

/** Addresses that a person set aside for machines, inside the pool or outside of it. Pure. */

export interface Reservation {
  readonly address?: string | undefined;
  /** Told to the machine as option 12. */
  readonly hostName?: string | undefined;
}

/** What a packet tells of the machine that asks. */
export interface ReservationAsker {
  readonly mac: string;
  readonly uuid?: string | undefined;
  /** True where firmware or a loader asks, which may be another machine's with the same adapter; else its system does. */
  readonly isFirmware: boolean;
}

export interface ReservedAddresses {
  readonly addresses: ReadonlySet<string>;
  /** Machines whose address cannot be had here, and why. */
  readonly problems: readonly { readonly machine: ListedMachine; readonly address: string; readonly reason: string }[];
}

/** What of a list can be reserved on this network. */
export function reservedAddresses(
  machines: readonly ListedMachine[],
  { address: own, prefixLength }: { readonly address: string; readonly prefixLength: number },
): ReservedAddresses {
  const subnet = subnetOf(parseIpv4(own) ?? 0, prefixLength);
  const addresses = new Set<string>();
  const problems: { machine: ListedMachine; address: string; reason: string }[] = [];
  for (const machine of machines) {
    const { address } = machine;
    if (address === undefined) continue;
    const number = parseIpv4(address) ?? -1;
    const reason = !isInSubnet(number, subnet)
      ? `it is not in ${formatIpv4(subnet.network)}/${prefixLength}`
      : number === subnet.network || number === subnet.broadcast
        ? 'it is the address of the network itself'
        : address === own
          ? 'it is the address of the station'
          : addresses.has(address)
            ? 'it is reserved for another machine'
            : undefined;
    if (reason === undefined) addresses.add(address);
    else problems.push({ machine, address, reason });
  }
  return { addresses, problems };
}
