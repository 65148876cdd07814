import { internetChecksum } from './internet-checksum.ts';

/**
 * Ethernet frames around what the station's sockets took in and sent. A socket sees payloads, so the heads are made anew from the
 * addresses: true in every field that a socket knows, and neutral (identification 0, no fragments) in the others.
 */

export interface Endpoint {
  /** "52:54:00:12:34:56" */
  readonly mac: string;
  readonly address: string;
  readonly port: number;
}

interface Conversation {
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

export interface TcpPosition {
  readonly sequence: number;
  readonly acknowledgement: number;
}

const ETHERTYPE_IPV4 = 0x0800;
const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const IPV4_HEAD_BYTES = 20;
const TIME_TO_LIVE = 64;
const TCP_PUSH_AND_ACK = 0x18;

export function udpFrame({ source, destination }: Conversation, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(source.port, 0);
  head.writeUInt16BE(destination.port, 2);
  head.writeUInt16BE(8 + payload.length, 4);
  const segment = Buffer.concat([head, payload]);
  const checksum = segmentChecksum(source.address, destination.address, PROTOCOL_UDP, segment);
  // 0 would say "not computed" (RFC 768).
  segment.writeUInt16BE(checksum === 0 ? 0xffff : checksum, 6);
  return ethernet(source.mac, destination.mac, ipv4(source.address, destination.address, PROTOCOL_UDP, segment));
}

export function tcpFrame({ source, destination }: Conversation, position: TcpPosition, payload: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(source.port, 0);
  head.writeUInt16BE(destination.port, 2);
  head.writeUInt32BE(position.sequence >>> 0, 4);
  head.writeUInt32BE(position.acknowledgement >>> 0, 8);
  head.writeUInt8(5 << 4, 12);
  head.writeUInt8(TCP_PUSH_AND_ACK, 13);
  head.writeUInt16BE(0xffff, 14);
  const segment = Buffer.concat([head, payload]);
  segment.writeUInt16BE(segmentChecksum(source.address, destination.address, PROTOCOL_TCP, segment), 16);
  return ethernet(source.mac, destination.mac, ipv4(source.address, destination.address, PROTOCOL_TCP, segment));
}

function ethernet(sourceMac: string, destinationMac: string, packet: Buffer): Buffer {
  const type = Buffer.alloc(2);
  type.writeUInt16BE(ETHERTYPE_IPV4, 0);
  return Buffer.concat([macBytes(destinationMac), macBytes(sourceMac), type, packet]);
}

function ipv4(source: string, destination: string, protocol: number, segment: Buffer): Buffer {
  const head = Buffer.alloc(IPV4_HEAD_BYTES);
  head.writeUInt8(0x45, 0);
  head.writeUInt16BE(IPV4_HEAD_BYTES + segment.length, 2);
  head.writeUInt8(TIME_TO_LIVE, 8);
  head.writeUInt8(protocol, 9);
  addressBytes(source).copy(head, 12);
  addressBytes(destination).copy(head, 16);
  head.writeUInt16BE(internetChecksum(head), 10);
  return Buffer.concat([head, segment]);
}

function segmentChecksum(source: string, destination: string, protocol: number, segment: Buffer): number {
  const rest = Buffer.alloc(4);
  rest.writeUInt8(protocol, 1);
  rest.writeUInt16BE(segment.length, 2);
  return internetChecksum(Buffer.concat([addressBytes(source), addressBytes(destination), rest, segment]));
}

/** Anything that is no MAC becomes 00:00:00:00:00:00, which no card has. */
function macBytes(mac: string): Buffer {
  const bytes = Buffer.alloc(6);
  if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(mac)) bytes.write(mac.replaceAll(':', ''), 'hex');
  return bytes;
}

function addressBytes(address: string): Buffer {
  const parts = address.split('.').map(Number);
  return Buffer.from(parts.length === 4 ? parts : [0, 0, 0, 0]);
}
