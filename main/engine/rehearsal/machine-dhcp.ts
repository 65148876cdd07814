import { messageTypeNumber } from '../dhcp/message.ts';
import { dhcpOption, type OptionCodec, type RawOptions, readOption } from '../dhcp/options.ts';
import { BOOTREQUEST, BROADCAST_FLAG, type DhcpPacket, NO_ADDRESS } from '../dhcp/packet.ts';
import type { MachineProfile, RehearsedFirmware } from './bench.ts';
import type { Talk } from './machine-talk.ts';

/** How a machine asks for an address in each phase of its life: options as captured from the real ones. Pure. */

export type Asker = 'pxe' | 'http-boot' | 'ipxe' | 'initramfs' | 'system';

export interface Lease {
  readonly address: string;
  /** Header `siaddr`. */
  readonly nextServer: string;
  /** Option 67, else header `file`; empty where there is nothing to boot. */
  readonly bootFile: string;
}

/** Doubling (RFC 2131 section 4.1), from half of what EDK2 waits first: nothing on a loopback takes long. */
const TIMEOUTS_MS = [2_000, 4_000, 8_000, 16_000];

/** DISCOVER, OFFER, REQUEST, ACK; undefined where nobody answers. */
export function* lease(profile: MachineProfile, asker: Asker, transactionId: number): Talk<Lease | undefined> {
  for (const timeoutMs of TIMEOUTS_MS) {
    const discover = clientPacket('DISCOVER', profile, asker, transactionId);
    const offer = yield { kind: 'dhcp', message: 'DISCOVER', packet: discover, timeoutMs };
    if (offer.kind !== 'dhcp' || messageType(offer.packet) !== messageTypeNumber.OFFER) continue;
    const server = readOption(offer.packet.options ?? none, dhcpOption.serverIdentifier);
    const request = clientPacket('REQUEST', profile, asker, transactionId, [
      option(dhcpOption.requestedAddress, offer.packet.yiaddr),
      ...(server === undefined ? [] : [option(dhcpOption.serverIdentifier, server)]),
    ]);
    const ack = yield { kind: 'dhcp', message: 'REQUEST', packet: request, timeoutMs };
    if (ack.kind !== 'dhcp' || messageType(ack.packet) !== messageTypeNumber.ACK) continue;
    const { yiaddr, siaddr, file, options = none } = ack.packet;
    return {
      address: yiaddr,
      nextServer: siaddr,
      bootFile: readOption(options, dhcpOption.bootFileName) ?? file,
    };
  }
  return undefined;
}

const none: RawOptions = new Map();
const messageType = (packet: DhcpPacket): number | undefined =>
  packet.options && readOption(packet.options, dhcpOption.messageType);

type Option = readonly [code: number, value: Uint8Array];
const option = <Value>(codec: OptionCodec<Value>, value: Value): Option => [codec.code, codec.encode(value)];

export function clientPacket(
  message: 'DISCOVER' | 'REQUEST',
  profile: MachineProfile,
  asker: Asker,
  transactionId: number,
  more: readonly Option[] = [],
): DhcpPacket {
  const isFirmware = asker === 'pxe' || asker === 'http-boot';
  return {
    op: BOOTREQUEST,
    htype: 1,
    hops: 0,
    xid: transactionId,
    secs: isFirmware ? 0 : 4,
    // As captured: iPXE asks for broadcasts on UEFI, and not on BIOS.
    flags: isFirmware || (asker === 'ipxe' && profile.firmware !== 'bios') ? BROADCAST_FLAG : 0,
    ciaddr: NO_ADDRESS,
    yiaddr: NO_ADDRESS,
    siaddr: NO_ADDRESS,
    giaddr: NO_ADDRESS,
    chaddr: Uint8Array.from(profile.mac.split(':'), (digits) => Number.parseInt(digits, 16)),
    sname: '',
    file: '',
    options: new Map([
      option(dhcpOption.messageType, messageTypeNumber[message]),
      ...more,
      ...askerOptions[asker](profile),
    ]),
  };
}

/** IANA "Processor Architecture Types". */
const pxeArchitecture: Readonly<Record<RehearsedFirmware, number>> = { bios: 0, 'uefi-x64': 7, 'uefi-arm64': 11 };
const httpArchitecture: Readonly<Record<RehearsedFirmware, number>> = { bios: 20, 'uefi-x64': 16, 'uefi-arm64': 19 };

const fromHex = (text: string): Uint8Array => Buffer.from(text, 'hex');

const EDK2_PARAMETERS = fromHex('0102030405060c0d0f111216171c28292a2b3233363a3b3c4243618081828384858687');
const IPXE_PARAMETERS = fromHex('010306070c0f111a2a2b3c4243778081828384858687afcb');
const SYSTEM_PARAMETERS = fromHex('011c02030f06770c2c2f1a792a');
/** iPXE's features, of a build with HTTP (tag 0x13). */
const IPXE_FEATURES = fromHex('b105011af41000eb03010000260101170101270101240101130101140101110101290101150101120101');

const askerOptions: Readonly<Record<Asker, (profile: MachineProfile) => Option[]>> = {
  pxe: (profile) => firmwareOptions('PXEClient', pxeArchitecture[profile.firmware], profile),
  'http-boot': (profile) => firmwareOptions('HTTPClient', httpArchitecture[profile.firmware], profile),
  // A chain-loaded iPXE says that it is a PXE client too; its user class tells it apart.
  ipxe: (profile) => [
    ...firmwareOptions('PXEClient', pxeArchitecture[profile.firmware], profile),
    [dhcpOption.parameterRequestList.code, IPXE_PARAMETERS],
    option(dhcpOption.userClass, Buffer.from('iPXE')),
    [dhcpOption.etherboot.code, IPXE_FEATURES],
    ethernetIdentifier(profile),
  ],
  initramfs: (profile) => [option(dhcpOption.vendorClass, 'Linux ipconfig'), ethernetIdentifier(profile)],
  system: (profile) => [
    option(dhcpOption.vendorClass, 'dhcpcd-10.1.0:Linux-6.12.0-rehearsal'),
    option(dhcpOption.hostName, profile.hostName),
    [dhcpOption.parameterRequestList.code, SYSTEM_PARAMETERS],
    ethernetIdentifier(profile),
  ],
};

function firmwareOptions(client: 'PXEClient' | 'HTTPClient', architecture: number, profile: MachineProfile): Option[] {
  const undi = profile.firmware === 'bios' ? '002001' : '003000';
  return [
    option(dhcpOption.maximumMessageSize, 1472),
    [dhcpOption.parameterRequestList.code, EDK2_PARAMETERS],
    option(dhcpOption.clientMachineIdentifier, machineIdentifier(profile.uuid)),
    option(dhcpOption.clientNetworkInterface, Uint8Array.of(1, Number(undi.slice(0, 3)), Number(undi.slice(3)))),
    option(dhcpOption.clientArchitecture, [architecture]),
    option(dhcpOption.vendorClass, `${client}:Arch:${String(architecture).padStart(5, '0')}:UNDI:${undi}`),
  ];
}

/** Option 97: type 0, and the UUID with its first three fields little-endian. */
function machineIdentifier(uuid: string): Uint8Array {
  const bytes = fromHex(uuid.replaceAll('-', ''));
  return Buffer.concat([
    Uint8Array.of(0),
    bytes.subarray(0, 4).toReversed(),
    bytes.subarray(4, 6).toReversed(),
    bytes.subarray(6, 8).toReversed(),
    bytes.subarray(8),
  ]);
}

const ethernetIdentifier = ({ mac }: MachineProfile): Option =>
  option(dhcpOption.clientIdentifier, Buffer.concat([Uint8Array.of(1), fromHex(mac.replaceAll(':', ''))]));
