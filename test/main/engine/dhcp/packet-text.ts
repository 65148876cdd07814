import { identifyClient } from '../../../../main/engine/dhcp/client-identity.ts';
import { readRequest } from '../../../../main/engine/dhcp/message.ts';
import { hexOf } from '../../../../main/engine/dhcp/option-values.ts';
import { optionCodec } from '../../../../main/engine/dhcp/options.ts';
import { type DhcpPacket, formatHardwareAddress } from '../../../../main/engine/dhcp/packet.ts';

/** A packet as a person reads it, for golden files. */
export function packetText(packet: DhcpPacket, sizeBytes: number): string {
  const { options, chaddr, ...header } = packet;
  const fields = {
    ...header,
    chaddr: formatHardwareAddress(chaddr),
    xid: hex(header.xid, 8),
    flags: hex(header.flags, 4),
  };
  return [
    ...Object.entries(fields).map(([name, value]) => `${name.padEnd(8)}${value}`.trimEnd()),
    ...[...(options ?? [])].map(([code, bytes]) => optionText(code, bytes)),
    ...clientText(packet, sizeBytes),
    '',
  ].join('\n');
}

const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

function optionText(code: number, bytes: Uint8Array): string {
  const { name, decode } = optionCodec(code);
  const value = decode(bytes);
  return `${String(code).padStart(3)} ${name}: ${value instanceof Uint8Array ? hexOf(value) : JSON.stringify(value)}`;
}

function clientText(packet: DhcpPacket, sizeBytes: number): string[] {
  const read = readRequest(packet, sizeBytes);
  if (!read.ok) return [];
  const { ipxeFeatures, ...identity } = identifyClient(read.request);
  const known = Object.entries(identity).filter(([, value]) => value !== undefined);
  return [
    `=> ${read.request.state}, ${known.map(([name, value]) => `${name} ${value}`).join(', ')}`,
    ...(ipxeFeatures === undefined
      ? []
      : [
          `=> iPXE features ${[...ipxeFeatures]
            .map((tag) => tag.toString(16))
            .sort()
            .join(' ')}`,
        ]),
  ];
}
