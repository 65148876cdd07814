import type { ListedMachine, MachineList } from '../contract/machines.ts';
import type { ClientMonitor } from './clients-monitor.ts';
import {
  type Reservation,
  type ReservationAsker,
  type ReservedAddresses,
  reservedAddresses,
} from './dhcp/pool-reservations.ts';
import { type MachineFacts, machineIndex } from './machines/find-machine.ts';

/** The person's list of machines in a running session: it may change while the session runs. */
export interface SessionMachines {
  readonly list: () => MachineList | undefined;
  find(facts: MachineFacts): ListedMachine | undefined;
  reserved(): ReservedAddresses;
  reservationOf(asker: ReservationAsker): Reservation;
  use(machines: MachineList): void;
}

export function sessionMachines(
  machines: MachineList | undefined,
  network: { readonly address: string; readonly prefixLength: number },
  monitor: Pick<ClientMonitor, 'identify'>,
): SessionMachines {
  let list = machines;
  let index = machineIndex(list?.machines ?? []);
  let reserved = reservedAddresses(index.machines, network);
  return {
    list: () => list,
    find: (facts) => index.find(facts),
    reserved: () => reserved,
    reservationOf(asker) {
      if (index.machines.length === 0) return {};
      const machine = index.find(factsOf(asker, monitor));
      if (machine === undefined) return {};
      const { address, hostName } = machine;
      return { address: address !== undefined && reserved.addresses.has(address) ? address : undefined, hostName };
    },
    use(changed) {
      list = changed;
      index = machineIndex(list.machines);
      reserved = reservedAddresses(index.machines, network);
    },
  };
}

/** A system runs where its loader told the serial; firmware that asks anew may be another machine's with the same adapter. */
function factsOf({ mac, uuid, isFirmware }: ReservationAsker, monitor: Pick<ClientMonitor, 'identify'>): MachineFacts {
  const { client, isCertain } = monitor.identify({ mac, uuid });
  const isKnown = client !== undefined && (isCertain || !isFirmware);
  return {
    macs: [mac],
    serial: isKnown ? client.serial : undefined,
    uuid: uuid ?? (isKnown ? client.uuid : undefined),
  };
}
