import type { ForeignServer } from '../../contract/session.ts';
import { messageTypeNumber } from '../dhcp/message.ts';
import { printable } from '../dhcp/option-values.ts';
import { dhcpOption, type OptionCodec, readOption } from '../dhcp/options.ts';
import { BOOTREPLY, BOOTREQUEST, BROADCAST_FLAG, decodePacket, encodePacket, NO_ADDRESS } from '../dhcp/packet.ts';

/** What the probe for other DHCP servers sends and how it reads the answers. Pure: chance comes in as bytes. */

/** As whom the probe asks: servers and proxies answer only those that they know how to boot. */
export type ProbeRole = 'plain' | 'bios' | 'uefi' | 'http';

const bootRoles: Readonly<Record<ProbeRole, { vendorClass: string; architecture: number } | undefined>> = {
  plain: undefined,
  bios: { vendorClass: 'PXEClient:Arch:00000:UNDI:002001', architecture: 0 },
  uefi: { vendorClass: 'PXEClient:Arch:00007:UNDI:003016', architecture: 7 },
  http: { vendorClass: 'HTTPClient:Arch:00016:UNDI:003001', architecture: 16 },
};
const roles = Object.keys(bootRoles) as ProbeRole[];

export interface ProbeClient {
  readonly role: ProbeRole;
  readonly chaddr: Uint8Array;
  readonly transactionId: number;
}

/** Bytes of chance that `probeClients` needs. */
export const PROBE_SEED_BYTES = roles.length * 4;

/**
 * The clients of one probe: one made-up machine that asks in each of its roles. It is the same at every probe of an interface, so that
 * no server's addresses are used up by offers, and a dnsmasq, which pings an address for 3 s before it first offers it and hears
 * nothing meanwhile, does so once and not for each role and probe.
 */
export function probeClients(ownMac: string, seed: Uint8Array): ProbeClient[] {
  const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
  const chaddr = madeUpAddress(ownMac);
  return roles.map((role, index) => ({ role, chaddr, transactionId: view.getUint32(index * 4) }));
}

/** Next to the interface's own address, and locally administered, so that it is no real machine's. */
function madeUpAddress(ownMac: string): Uint8Array {
  const own = ownMac.split(':').map((byte) => Number.parseInt(byte, 16) || 0);
  return Uint8Array.from([0x02, 0, 0, 0x5a, 0xa5, 0x5a], (mask, index) =>
    index === 0 ? mask : ((own[index] ?? 0) ^ mask) & 0xff,
  );
}

export function discoverPacket({ role, chaddr, transactionId }: ProbeClient, secondsElapsed: number): Uint8Array {
  const boot = bootRoles[role];
  const options = new Map([
    encoded(dhcpOption.messageType, messageTypeNumber.DISCOVER),
    encoded(dhcpOption.maximumMessageSize, 1472),
    encoded(dhcpOption.parameterRequestList, Uint8Array.of(1, 3, 6, 43, 54, 60, 66, 67)),
  ]);
  if (boot !== undefined) {
    const add = ([code, value]: [number, Uint8Array]): unknown => options.set(code, value);
    add(encoded(dhcpOption.vendorClass, boot.vendorClass));
    add(encoded(dhcpOption.clientArchitecture, [boot.architecture]));
    // UNDI 3.16, and a machine identifier of type 0: without both some PXE servers stay silent (RFC 4578).
    add(encoded(dhcpOption.clientNetworkInterface, Uint8Array.of(1, 3, 16)));
    add(encoded(dhcpOption.clientMachineIdentifier, Uint8Array.of(0, ...new Uint8Array(10), ...chaddr)));
  }
  return request(chaddr, transactionId, { secs: secondsElapsed, flags: BROADCAST_FLAG, ciaddr: NO_ADDRESS, options });
}

/**
 * Asks only for settings, with the station's own addresses. Servers that try an address by ping before they offer it (dnsmasq does,
 * for 3 seconds) answer this one at once; and it makes this computer learn the server's hardware address.
 */
export function informPacket(own: { mac: string; address: string }, transactionId: number): Uint8Array {
  const chaddr = Uint8Array.from(own.mac.split(':'), (byte) => Number.parseInt(byte, 16));
  const options = new Map([
    encoded(dhcpOption.messageType, messageTypeNumber.INFORM),
    encoded(dhcpOption.parameterRequestList, Uint8Array.of(1, 3, 6, 54)),
  ]);
  return request(chaddr, transactionId, { secs: 0, flags: 0, ciaddr: own.address, options });
}

const encoded = <Value>(codec: OptionCodec<Value>, value: Value): [number, Uint8Array] => [
  codec.code,
  codec.encode(value),
];

function request(
  chaddr: Uint8Array,
  xid: number,
  fields: { secs: number; flags: number; ciaddr: string; options: ReadonlyMap<number, Uint8Array> },
): Uint8Array {
  const none = { yiaddr: NO_ADDRESS, siaddr: NO_ADDRESS, giaddr: NO_ADDRESS, sname: '', file: '' };
  return encodePacket({ op: BOOTREQUEST, htype: 1, hops: 0, xid, chaddr, ...none, ...fields });
}

/** The server that an answer to one of `transactionIds` came from; undefined for anything else. */
export function readProbeAnswer(
  datagram: Uint8Array,
  sourceAddress: string,
  transactionIds: ReadonlySet<number>,
): ForeignServer | undefined {
  const decoded = decodePacket(datagram);
  if (!decoded.ok) return undefined;
  const { op, xid, yiaddr, ciaddr, file, options = new Map<number, Uint8Array>() } = decoded.packet;
  if (op !== BOOTREPLY || !transactionIds.has(xid)) return undefined;
  const message = readOption(options, dhcpOption.messageType);
  const isInformed = message === messageTypeNumber.ACK && ciaddr !== NO_ADDRESS;
  // A proxy offers boot files and no address (PXE 2.1, section 2.2).
  const kind = yiaddr === NO_ADDRESS && !isInformed ? 'proxy' : 'dhcp';
  const bootFile = printable(file === '' ? (readOption(options, dhcpOption.bootFileName) ?? '') : file);
  return {
    address: readOption(options, dhcpOption.serverIdentifier) ?? sourceAddress,
    kind,
    ...(yiaddr === NO_ADDRESS ? {} : { offeredAddress: yiaddr }),
    ...(bootFile === '' ? {} : { bootFile }),
  };
}

/** Two answers of one server: who gives addresses is a DHCP server, whatever else it answers. */
export function mergeServers(known: ForeignServer | undefined, heard: ForeignServer): ForeignServer {
  if (known === undefined) return heard;
  return { ...heard, ...known, kind: known.kind === 'dhcp' ? 'dhcp' : heard.kind };
}
