import { isInSubnet, parseIpv4, type Subnet, subnetOf } from '../net/ipv4.ts';

/** Who may hold a connection: peers of the served subnet, each only so many. Keeps counts, no sockets. */

export type Refusal = 'not in the served subnet' | 'too many connections';

export class PeerAdmission {
  readonly #subnet: Subnet | undefined;
  readonly #socketsPerPeer: number;
  readonly #sockets = new Map<string, number>();

  constructor(address: string, prefixLength: number, socketsPerPeer: number) {
    const station = parseIpv4(address);
    // Any 127.x.y.z is this computer itself, whatever prefix a caller gave its loopback address.
    const prefix = address.startsWith('127.') ? 8 : prefixLength;
    this.#subnet = station === undefined ? undefined : subnetOf(station, prefix);
    this.#socketsPerPeer = socketsPerPeer;
  }

  /** Undefined where the peer is let in and counted until it `leave`s. */
  enter(peerAddress: string): Refusal | undefined {
    const peer = parseIpv4(peerAddress);
    if (peer === undefined || this.#subnet === undefined || !isInSubnet(peer, this.#subnet)) {
      return 'not in the served subnet';
    }
    const sockets = this.#sockets.get(peerAddress) ?? 0;
    if (sockets >= this.#socketsPerPeer) return 'too many connections';
    this.#sockets.set(peerAddress, sockets + 1);
    return undefined;
  }

  leave(peerAddress: string): void {
    const sockets = this.#sockets.get(peerAddress) ?? 0;
    if (sockets > 1) this.#sockets.set(peerAddress, sockets - 1);
    else this.#sockets.delete(peerAddress);
  }
}
