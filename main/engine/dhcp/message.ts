import type { DhcpMessage } from '../../contract/events.ts';
import { hexOf } from './option-values.ts';
import { dhcpOption, readOption } from './options.ts';
import { BOOTREQUEST, type DhcpPacket, formatHardwareAddress, NO_ADDRESS } from './packet.ts';

/** What a packet from a client means (RFC 2131 table 4). Pure. */

export const messageTypeNumber = {
  DISCOVER: 1,
  OFFER: 2,
  REQUEST: 3,
  DECLINE: 4,
  ACK: 5,
  NAK: 6,
  RELEASE: 7,
  INFORM: 8,
} as const satisfies Partial<Record<DhcpMessage, number>>;

/** A REQUEST means four things, told apart by what is filled in (RFC 2131 section 4.3.2). RENEWING covers REBINDING. */
export type RequestState =
  'DISCOVER' | 'SELECTING' | 'INIT-REBOOT' | 'RENEWING' | 'DECLINE' | 'RELEASE' | 'INFORM' | 'BOOTP';

export interface DhcpRequest {
  readonly packet: DhcpPacket;
  readonly message: DhcpMessage;
  readonly state: RequestState;
  /** Hardware address as text, for people and events. */
  readonly mac: string;
  /**
   * Whom a lease belongs to: hardware type and address, whatever option 61 says. ROM, boot loader and operating system
   * of one machine send different client identifiers and have to keep one address.
   */
  readonly clientKey: string;
  /** Option 61 in hexadecimal. */
  readonly clientIdentifier: string | undefined;
  readonly requestedAddress: string | undefined;
  readonly serverIdentifier: string | undefined;
  /** The address that the client says it has; undefined where the field means nothing. */
  readonly clientAddress: string | undefined;
}

export type ReadRequest =
  { readonly ok: true; readonly request: DhcpRequest } | { readonly ok: false; readonly reason: string };

const dropped = (reason: string): ReadRequest => ({ ok: false, reason });

/** RFC 1542 section 2.1: a BOOTP packet has at least 300 bytes. Shorter ones without a message type are noise. */
const MINIMUM_BOOTP_BYTES = 300;

/** Recognises a client's packet of `sizeBytes` on the wire. */
export function readRequest(packet: DhcpPacket, sizeBytes: number): ReadRequest {
  if (packet.op !== BOOTREQUEST) return dropped('it is not a request');
  if (packet.chaddr.length === 0 || packet.chaddr.every((byte) => byte === 0)) return dropped('no hardware address');

  const type = packet.options?.get(dhcpOption.messageType.code);
  if (type === undefined && sizeBytes < MINIMUM_BOOTP_BYTES) return dropped('no message type, and too short for BOOTP');
  if (type !== undefined && type.length !== 1) return dropped(`a message type of ${type.length} bytes`);
  const message = type === undefined ? 'BOOTP' : clientMessage(type[0]);
  if (message === undefined) return dropped(`message type ${type?.[0]} is not for a server of this kind`);

  const options = packet.options ?? new Map<number, Uint8Array>();
  const requested = readOption(options, dhcpOption.requestedAddress);
  const requestedAddress = requested === NO_ADDRESS ? undefined : requested;
  const serverIdentifier = readOption(options, dhcpOption.serverIdentifier);
  const identifier = options.get(dhcpOption.clientIdentifier.code);
  const mac = formatHardwareAddress(packet.chaddr);
  return {
    ok: true,
    request: {
      packet,
      message,
      state: message === 'REQUEST' ? requestState(packet, requestedAddress, serverIdentifier) : message,
      mac,
      clientKey: `${packet.htype}/${mac}`,
      clientIdentifier: identifier === undefined ? undefined : hexOf(identifier),
      requestedAddress,
      serverIdentifier,
      clientAddress: clientAddress(packet, message, requestedAddress),
    },
  };
}

type ClientMessage = 'DISCOVER' | 'REQUEST' | 'DECLINE' | 'RELEASE' | 'INFORM';

function clientMessage(type: number | undefined): ClientMessage | undefined {
  switch (type) {
    case messageTypeNumber.DISCOVER:
      return 'DISCOVER';
    case messageTypeNumber.REQUEST:
      return 'REQUEST';
    case messageTypeNumber.DECLINE:
      return 'DECLINE';
    case messageTypeNumber.RELEASE:
      return 'RELEASE';
    case messageTypeNumber.INFORM:
      return 'INFORM';
    default:
      return undefined;
  }
}

function requestState(
  packet: DhcpPacket,
  requestedAddress: string | undefined,
  serverIdentifier: string | undefined,
): RequestState {
  if (requestedAddress === undefined && packet.ciaddr !== NO_ADDRESS) return 'RENEWING';
  return serverIdentifier === undefined ? 'INIT-REBOOT' : 'SELECTING';
}

/**
 * A DISCOVER has no address yet, whatever it fills in (RFC 2131 table 5). A REQUEST with both ciaddr and option 50 is a
 * mix that some clients send: option 50 wins.
 */
function clientAddress(packet: DhcpPacket, message: DhcpMessage, requested: string | undefined): string | undefined {
  if (packet.ciaddr === NO_ADDRESS || message === 'DISCOVER') return undefined;
  return message === 'REQUEST' && requested !== undefined ? undefined : packet.ciaddr;
}
