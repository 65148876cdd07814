import {
  addressValue,
  addressesValue,
  bytesValue,
  numberListValue,
  numberValue,
  terminatedTextValue,
  textValue,
  type ValueCodec,
} from './option-values.ts';

/** One DHCP option: its code, its name in the IANA registry, and how its value is written. */
export interface OptionCodec<Value> extends ValueCodec<Value> {
  readonly code: number;
  readonly name: string;
}

/** Options of a packet as they are on the wire, so that those nobody here knows survive. */
export type RawOptions = ReadonlyMap<number, Uint8Array>;

const option = <Value>(code: number, name: string, codec: ValueCodec<Value>): OptionCodec<Value> => ({
  code,
  name,
  decode: codec.decode,
  encode: codec.encode,
});

/** The options that this station reads or writes. */
export const dhcpOption = {
  subnetMask: option(1, 'Subnet Mask', addressValue),
  router: option(3, 'Router', addressesValue),
  domainNameServer: option(6, 'Domain Name Server', addressesValue),
  hostName: option(12, 'Host Name', textValue),
  domainName: option(15, 'Domain Name', textValue),
  broadcastAddress: option(28, 'Broadcast Address', addressValue),
  ntpServers: option(42, 'NTP Servers', addressesValue),
  vendorSpecific: option(43, 'Vendor Specific Information', bytesValue),
  requestedAddress: option(50, 'Requested IP Address', addressValue),
  leaseTime: option(51, 'IP Address Lease Time', numberValue(4)),
  overload: option(52, 'Option Overload', numberValue(1)),
  messageType: option(53, 'DHCP Message Type', numberValue(1)),
  serverIdentifier: option(54, 'Server Identifier', addressValue),
  parameterRequestList: option(55, 'Parameter Request List', bytesValue),
  message: option(56, 'Message', textValue),
  maximumMessageSize: option(57, 'Maximum DHCP Message Size', numberValue(2)),
  renewalTime: option(58, 'Renewal (T1) Time Value', numberValue(4)),
  rebindingTime: option(59, 'Rebinding (T2) Time Value', numberValue(4)),
  vendorClass: option(60, 'Vendor Class Identifier', textValue),
  clientIdentifier: option(61, 'Client Identifier', bytesValue),
  // A dotted address, never NUL-terminated: the Raspberry Pi's ROM fails to parse it otherwise.
  tftpServerName: option(66, 'TFTP Server Name', textValue),
  bootFileName: option(67, 'Bootfile Name', terminatedTextValue),
  userClass: option(77, 'User Class', bytesValue),
  relayAgentInformation: option(82, 'Relay Agent Information', bytesValue),
  clientArchitecture: option(93, 'Client System Architecture', numberListValue),
  clientNetworkInterface: option(94, 'Client Network Interface', bytesValue),
  clientMachineIdentifier: option(97, 'Client Machine Identifier', bytesValue),
  etherboot: option(175, 'Etherboot', bytesValue),
  configurationFile: option(209, 'PXELINUX Configuration File', textValue),
  pathPrefix: option(210, 'PXELINUX Path Prefix', textValue),
} as const;

const byCode: ReadonlyMap<number, OptionCodec<unknown>> = new Map(
  Object.values(dhcpOption).map((codec) => [codec.code, codec as OptionCodec<unknown>]),
);

/** What an option is called and how it reads; an unknown one is its bytes. */
export const optionCodec = (code: number): OptionCodec<unknown> =>
  byCode.get(code) ?? (option(code, `Option ${code}`, bytesValue) as OptionCodec<unknown>);

/** The value of an option; undefined where it is absent or is not such a value. */
export function readOption<Value>(options: RawOptions, codec: OptionCodec<Value>): Value | undefined {
  const bytes = options.get(codec.code);
  return bytes === undefined ? undefined : codec.decode(bytes);
}
