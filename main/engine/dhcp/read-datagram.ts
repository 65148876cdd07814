import { type ClientIdentity, identifyClient } from './client-identity.ts';
import { type DhcpRequest, readRequest } from './message.ts';
import type { Outcome } from './outcome.ts';
import { decodePacket } from './packet.ts';

export type ReadDatagram =
  | Extract<Outcome, { kind: 'dropped' | 'ignored' }>
  | { readonly kind: 'read'; readonly request: DhcpRequest; readonly client: ClientIdentity };

/** Bytes of a stranger to who asks for what. `ownMacs`: this computer's, whose own DHCP client may ask on the same wire. Pure. */
export function readDatagram(datagram: Uint8Array, ownMacs: ReadonlySet<string>): ReadDatagram {
  const decoded = decodePacket(datagram);
  if (!decoded.ok) return { kind: 'dropped', reason: decoded.reason };
  const read = readRequest(decoded.packet, datagram.length);
  if (!read.ok) return { kind: 'dropped', reason: read.reason };
  if (ownMacs.has(read.request.mac)) return { kind: 'ignored' };
  return { kind: 'read', request: read.request, client: identifyClient(read.request) };
}
