import type { EmitEvent } from '../../contract/events.ts';
import type { Route } from './route.ts';

export interface NeighbourRouteOptions {
  /** Whose address it is by the station's own leases and what was seen before. */
  readonly macOf: (address: string) => string | undefined;
  /** Whose address it is on the wire. */
  readonly lookUp: (address: string) => Promise<string | undefined>;
  /** Whether addresses are given by another server, so that the wire knows better. */
  readonly isWireRight: () => boolean;
  readonly emit: EmitEvent;
}

/**
 * Claims nothing: sees to it that the machine behind an address is known before the next routes decide what it gets. What a machine
 * says of itself is no proof, and where another server gives the addresses there is no lease to go by.
 */
export function neighbourRoute({ macOf, lookUp, isWireRight, emit }: NeighbourRouteOptions): Route {
  return {
    name: 'neighbour',
    async claim({ peerAddress }) {
      const known = macOf(peerAddress);
      if (known !== undefined && !isWireRight()) return undefined;
      const mac = await lookUp(peerAddress);
      if (mac !== undefined && mac !== known) emit({ type: 'client.addressed', mac, address: peerAddress });
      return undefined;
    },
  };
}
