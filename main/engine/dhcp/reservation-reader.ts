import { identifyClient } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import type { LeasePolicy } from './policy-lease.ts';
import type { Reservation, ReservationAsker } from './pool-reservations.ts';
import type { StationSettings } from './reply.ts';

type Readers = Pick<LeasePolicy, 'reservedFor'> & Pick<StationSettings, 'hostNameFor'>;

/** What the lease and the reply ask of a reservation, by the packet. Pure but for `reservation`. */
export function reservationReader(reservation: ((machine: ReservationAsker) => Reservation) | undefined): Readers {
  if (reservation === undefined) return {};
  const of = (request: DhcpRequest): Reservation => {
    const { uuid, bootClient } = identifyClient(request);
    return reservation({ mac: request.mac, uuid, isFirmware: bootClient !== 'none' });
  };
  return { reservedFor: (request) => of(request).address, hostNameFor: (request) => of(request).hostName };
}
