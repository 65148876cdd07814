import type { DhcpMessage } from '../../contract/events.ts';
import { formatIpv4, netmask, parseIpv4, subnetOf } from '../net/ipv4.ts';
import { isMachineIdentifier } from './client-identity.ts';
import { type DhcpRequest, messageTypeNumber } from './message.ts';
import { optionsAreaBytes } from './options-area.ts';
import { dhcpOption, type OptionCodec, type RawOptions, readOption } from './options.ts';
import { BOOTREPLY, BROADCAST_FLAG, type DhcpPacket, NO_ADDRESS } from './packet.ts';
import type { BootData } from './reply-boot.ts';

/** Puts replies together. Pure. */

/** What the station tells every client of itself and its network. */
export interface StationSettings {
  readonly address: string;
  readonly prefixLength: number;
  readonly leaseSeconds: number;
  readonly router?: string | undefined;
  readonly dnsServers?: readonly string[] | undefined;
  /** The name that a person gave this machine. */
  readonly hostNameFor?: ((request: DhcpRequest) => string | undefined) | undefined;
}

class OptionsBuilder {
  readonly options = new Map<number, Uint8Array>();

  set<Value>(codec: OptionCodec<Value>, value: Value | undefined): this {
    if (value !== undefined) this.options.set(codec.code, codec.encode(value));
    return this;
  }
}

/** OFFER, and ACK of a REQUEST: address, lease, network and boot data. The same input gives the same reply for both. */
export function addressReply(
  message: 'OFFER' | 'ACK',
  request: DhcpRequest,
  address: string,
  boot: BootData | undefined,
  station: StationSettings,
): DhcpPacket {
  const builder = new OptionsBuilder();
  setIdentity(builder, message, station);
  // T1 and T2 also in the OFFER: JetDirect cards want them there.
  builder
    .set(dhcpOption.leaseTime, station.leaseSeconds)
    .set(dhcpOption.renewalTime, Math.floor(station.leaseSeconds / 2))
    .set(dhcpOption.rebindingTime, Math.floor((station.leaseSeconds * 7) / 8));
  setNetwork(builder, station);
  builder.set(dhcpOption.hostName, station.hostNameFor?.(request));
  setBoot(builder, boot);
  setEchoes(builder, request);
  return withHeader(request, fitting(builder.options, request), {
    ciaddr: message === 'ACK' ? (request.clientAddress ?? NO_ADDRESS) : NO_ADDRESS,
    yiaddr: address,
    boot,
  });
}

/** ACK of an INFORM: settings without address and lease (RFC 2131 section 4.3.5). */
export function settingsReply(request: DhcpRequest, boot: BootData | undefined, station: StationSettings): DhcpPacket {
  const builder = new OptionsBuilder();
  setIdentity(builder, 'ACK', station);
  setNetwork(builder, station);
  setBoot(builder, boot);
  setEchoes(builder, request);
  return withHeader(request, fitting(builder.options, request), {
    ciaddr: request.clientAddress ?? NO_ADDRESS,
    yiaddr: NO_ADDRESS,
    boot,
  });
}

export function refusalReply(request: DhcpRequest, reason: string, station: StationSettings): DhcpPacket {
  const builder = new OptionsBuilder();
  setIdentity(builder, 'NAK', station);
  builder.set(dhcpOption.message, reason);
  const echoed = request.packet.options ?? new Map<number, Uint8Array>();
  for (const codec of [dhcpOption.clientIdentifier, dhcpOption.relayAgentInformation]) echo(builder, echoed, codec);
  const packet = withHeader(request, fitting(builder.options, request), { ciaddr: NO_ADDRESS, yiaddr: NO_ADDRESS });
  // A relay has to broadcast it: the client's address is the wrong one (RFC 2131 section 4.3.2).
  return packet.giaddr === NO_ADDRESS ? packet : { ...packet, flags: packet.flags | BROADCAST_FLAG };
}

/** ACK of the boot server on port 4011: boot data only, with the menu item that was asked for. */
export function bootServerReply(
  request: DhcpRequest,
  boot: BootData,
  bootItem: Uint8Array | undefined,
  station: StationSettings,
): DhcpPacket {
  const builder = new OptionsBuilder();
  setIdentity(builder, 'ACK', station);
  const vendorSpecific = bootItem && Uint8Array.of(71, bootItem.length, ...bootItem, 255);
  setBoot(builder, { ...boot, vendorClass: 'PXEClient', vendorSpecific });
  setEchoes(builder, request);
  return withHeader(request, fitting(builder.options, request), {
    ciaddr: request.clientAddress ?? NO_ADDRESS,
    yiaddr: NO_ADDRESS,
    boot,
  });
}

/** OFFER and ACK of a ProxyDHCP server: boot data, and nothing of an address or a network. */
export function proxyReply(
  message: 'OFFER' | 'ACK',
  request: DhcpRequest,
  boot: BootData,
  station: StationSettings,
): DhcpPacket {
  const builder = new OptionsBuilder();
  setIdentity(builder, message, station);
  setBoot(builder, boot);
  setEchoes(builder, request);
  return withHeader(request, fitting(builder.options, request), {
    ciaddr: message === 'ACK' ? (request.clientAddress ?? NO_ADDRESS) : NO_ADDRESS,
    yiaddr: NO_ADDRESS,
    boot,
  });
}

/** BOOTREPLY: all of it in the header, and a vendor area of 64 bytes (RFC 951, RFC 1542). */
export function bootpReply(
  request: DhcpRequest,
  address: string,
  boot: BootData | undefined,
  station: StationSettings,
): DhcpPacket {
  const builder = new OptionsBuilder();
  builder
    .set(dhcpOption.subnetMask, formatIpv4(netmask(station.prefixLength)))
    .set(dhcpOption.router, station.router === undefined ? undefined : [station.router])
    // More would not fit into 64 bytes.
    .set(dhcpOption.domainNameServer, nonEmpty(station.dnsServers?.slice(0, 3)));
  return withHeader(request, builder.options, { ciaddr: request.clientAddress ?? NO_ADDRESS, yiaddr: address, boot });
}

function setIdentity(
  builder: OptionsBuilder,
  message: DhcpMessage & keyof typeof messageTypeNumber,
  station: StationSettings,
): void {
  builder.set(dhcpOption.messageType, messageTypeNumber[message]).set(dhcpOption.serverIdentifier, station.address);
}

function setNetwork(builder: OptionsBuilder, station: StationSettings): void {
  const { broadcast } = subnetOf(parseIpv4(station.address) ?? 0, station.prefixLength);
  builder
    // Without it OVMF declines the address.
    .set(dhcpOption.subnetMask, formatIpv4(netmask(station.prefixLength)))
    .set(dhcpOption.broadcastAddress, formatIpv4(broadcast))
    .set(dhcpOption.router, station.router === undefined ? undefined : [station.router])
    .set(dhcpOption.domainNameServer, nonEmpty(station.dnsServers?.slice(0, 8)));
}

function setBoot(builder: OptionsBuilder, boot: BootData | undefined): void {
  builder
    .set(dhcpOption.vendorClass, boot?.vendorClass)
    .set(dhcpOption.vendorSpecific, boot?.vendorSpecific)
    .set(dhcpOption.tftpServerName, boot?.tftpServerName)
    .set(dhcpOption.bootFileName, boot?.bootFileName)
    .set(dhcpOption.etherboot, boot?.etherboot);
}

function setEchoes(builder: OptionsBuilder, request: DhcpRequest): void {
  const asked = request.packet.options ?? new Map<number, Uint8Array>();
  if (isMachineIdentifier(asked.get(dhcpOption.clientMachineIdentifier.code))) {
    echo(builder, asked, dhcpOption.clientMachineIdentifier);
  }
  echo(builder, asked, dhcpOption.clientIdentifier); // RFC 6842
  echo(builder, asked, dhcpOption.relayAgentInformation); // RFC 3046 section 2.2
}

function echo(builder: OptionsBuilder, asked: RawOptions, codec: OptionCodec<Uint8Array>): void {
  const value = asked.get(codec.code);
  // A client may split a value over several options; in one piece it would not fit.
  if (value !== undefined && value.length <= 255) builder.set(codec, value);
}

const HEADER_BYTES = 240;
const IP_AND_UDP_BYTES = 28;
const SMALLEST_MAXIMUM = 576;
const ETHERNET_MTU = 1500;

/** Least needed first. */
const dispensable = [
  dhcpOption.clientMachineIdentifier,
  dhcpOption.clientIdentifier,
  dhcpOption.message,
  dhcpOption.hostName,
  dhcpOption.domainNameServer,
  dhcpOption.router,
  dhcpOption.broadcastAddress,
  dhcpOption.tftpServerName,
  dhcpOption.relayAgentInformation,
];

/**
 * As many options as the client can take. Clients disagree on whether option 57 counts the IP and UDP headers: OVMF
 * says 1472 in its DISCOVER and 65280 in its REQUEST.
 */
function fitting(options: Map<number, Uint8Array>, request: DhcpRequest): RawOptions {
  const asked = request.packet.options && readOption(request.packet.options, dhcpOption.maximumMessageSize);
  const size = Math.min(Math.max(asked ?? SMALLEST_MAXIMUM, SMALLEST_MAXIMUM), ETHERNET_MTU);
  const budgetBytes = size - IP_AND_UDP_BYTES - HEADER_BYTES;
  for (const { code } of dispensable) {
    if (optionsAreaBytes(options) <= budgetBytes) break;
    options.delete(code);
  }
  return options;
}

function withHeader(
  { packet }: DhcpRequest,
  options: RawOptions,
  fill: { ciaddr: string; yiaddr: string; boot?: BootData | undefined },
): DhcpPacket {
  return {
    op: BOOTREPLY,
    htype: packet.htype,
    hops: 0,
    xid: packet.xid,
    secs: 0,
    flags: packet.flags,
    ciaddr: fill.ciaddr,
    yiaddr: fill.yiaddr,
    siaddr: fill.boot?.nextServer ?? NO_ADDRESS,
    giaddr: packet.giaddr,
    chaddr: packet.chaddr,
    sname: fill.boot?.serverName ?? '',
    file: fill.boot?.file ?? '',
    options,
  };
}

const nonEmpty = (list: readonly string[] | undefined): readonly string[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;
