import type { BootClient, Firmware } from '../../contract/firmware.ts';
import { type Architecture, architectureOf } from './client-identity-architecture.ts';
import { hexOf, printable, textValue } from './option-values.ts';
import { dhcpOption, type RawOptions, readOption } from './options.ts';
import type { DhcpRequest } from './message.ts';

/** Who is asking, as told by options 60, 77, 93, 97, 175 and the hardware address. Pure. */

export interface ClientIdentity {
  readonly bootClient: BootClient;
  readonly firmware: Firmware;
  /** The code of option 93 that was gone by; the first one where none is known. */
  readonly architecture: number | undefined;
  readonly vendorClass: string | undefined;
  readonly userClass: string | undefined;
  readonly hostName: string | undefined;
  readonly uuid: string | undefined;
  /** Feature tags of iPXE's option 175. */
  readonly ipxeFeatures: ReadonlySet<number> | undefined;
}

const noOptions: RawOptions = new Map();

export function identifyClient(request: Pick<DhcpRequest, 'packet' | 'message' | 'mac'>): ClientIdentity {
  const options = request.packet.options ?? noOptions;
  // Matched as it came (an upper and lower case are told apart), shown as it may be shown.
  const vendorClass = readOption(options, dhcpOption.vendorClass) ?? '';
  const userClass = userClassText(options.get(dhcpOption.userClass.code));
  const etherboot = options.get(dhcpOption.etherboot.code);
  const { code, architecture } = chooseArchitecture(
    readOption(options, dhcpOption.clientArchitecture) ?? [],
    vendorClass,
  );
  const kind = classify({
    message: request.message,
    mac: request.mac,
    vendorClass,
    isIpxe: userClass === 'iPXE' || etherboot !== undefined,
    code,
    architecture,
  });
  const hostName = readOption(options, dhcpOption.hostName);
  return {
    ...kind,
    architecture: code,
    vendorClass: shown(vendorClass),
    userClass: shown(userClass),
    hostName: shown(hostName ?? ''),
    uuid: uuidText(options.get(dhcpOption.clientMachineIdentifier.code)),
    ipxeFeatures: etherboot === undefined ? undefined : ipxeFeatures(etherboot),
  };
}

const shown = (text: string): string | undefined => (text === '' ? undefined : printable(text));

interface Evidence {
  readonly message: DhcpRequest['message'];
  readonly mac: string;
  readonly vendorClass: string;
  readonly isIpxe: boolean;
  readonly code: number | undefined;
  readonly architecture: Architecture | undefined;
}

/** First match decides. */
function classify(evidence: Evidence): { bootClient: BootClient; firmware: Firmware } {
  const { vendorClass, architecture, code } = evidence;
  const firmware = architecture?.firmware ?? 'unknown';
  const isPxe = vendorClass.startsWith('PXEClient');
  if (evidence.message === 'BOOTP') return { bootClient: 'bootp', firmware };
  if (vendorClass.startsWith('HTTPClient') || architecture?.http === true) return { bootClient: 'http-boot', firmware };
  // Before the vendor class: a chain-loaded iPXE repeats what its predecessor was told.
  if (evidence.isIpxe) return { bootClient: 'ipxe', firmware };
  if (isPxe && isRaspberryPi(evidence.mac) && (code === 0 || code === 41)) {
    return { bootClient: 'raspberry-pi', firmware: 'raspberry-pi' };
  }
  if (firmware === 'u-boot' || vendorClass.startsWith('U-Boot')) return { bootClient: 'u-boot', firmware: 'u-boot' };
  if (isPxe) return { bootClient: firmware === 'raspberry-pi' ? 'raspberry-pi' : 'pxe', firmware };
  return { bootClient: 'none', firmware };
}

/** The Pi's ROM says that it is an x86 BIOS; only its address gives it away. */
const raspberryPrefixes = [
  'b8:27:eb',
  'dc:a6:32',
  'e4:5f:01',
  '28:cd:c1',
  'd8:3a:dd',
  '2c:cf:67',
  '88:a2:9e',
  '98:fe:54',
  // Parts of a prefix only (IEEE MA-M and MA-S).
  'f0:40:af:9',
  '8c:1f:64:34:a',
];
const isRaspberryPi = (mac: string): boolean => raspberryPrefixes.some((prefix) => mac.startsWith(prefix));

/**
 * Option 93 may list several: the first that can be served. Without one, the number in
 * "PXEClient:Arch:00007:UNDI:003016" says the same.
 */
function chooseArchitecture(
  listed: readonly number[],
  vendorClass: string,
): { code: number | undefined; architecture: Architecture | undefined } {
  const named = /^(?:PXE|HTTP)Client:Arch:(\d{5})/.exec(vendorClass)?.[1];
  const codes = listed.length === 0 && named !== undefined ? [Number(named)] : listed;
  const isServable = (code: number): boolean => (architectureOf(code)?.firmware ?? 'unknown') !== 'unknown';
  const code = codes.find(isServable) ?? codes[0];
  return { code, architecture: code === undefined ? undefined : architectureOf(code) };
}

/** iPXE sends its user class raw; RFC 3004 puts a length before each of a list: the first one then. */
function userClassText(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  const length = bytes[0] ?? 0;
  // Text does not begin with a control character, and a class of 32 or more bytes was not seen.
  const isLengthPrefixed = length < 0x20 && length < bytes.length;
  return textValue.decode(isLengthPrefixed ? bytes.subarray(1, 1 + length) : bytes) ?? '';
}

const UUID_TYPE = 0;

/**
 * Option 97 as the machine's label has it: the first three fields are little-endian on the wire (RFC 4578 section 2.3,
 * UEFI). Undefined where it is not 17 bytes of type 0, or is one of the two values that say "never set".
 */
function uuidText(bytes: Uint8Array | undefined): string | undefined {
  if (!isMachineIdentifier(bytes)) return undefined;
  const uuid = bytes.subarray(1);
  if (uuid.every((byte) => byte === 0) || uuid.every((byte) => byte === 0xff)) return undefined;
  const littleEndian = (start: number, end: number): string => hexOf(uuid.subarray(start, end).toReversed());
  const tail = hexOf(uuid.subarray(8));
  return `${littleEndian(0, 4)}-${littleEndian(4, 6)}-${littleEndian(6, 8)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** Whether option 97 is of the form that may be echoed: anything else some client got wrong. */
export function isMachineIdentifier(bytes: Uint8Array | undefined): bytes is Uint8Array {
  return bytes !== undefined && bytes.length === 17 && bytes[0] === UUID_TYPE;
}

const FIRST_FEATURE = 0x10;
const LAST_FEATURE = 0x4f;

/** Sub-options of 175 in the range of iPXE's feature indicators (0x13 HTTP, 0x24 EFI, …) whose version is not 0. */
function ipxeFeatures(etherboot: Uint8Array): ReadonlySet<number> {
  const features = new Set<number>();
  for (let offset = 0; offset + 1 < etherboot.length;) {
    const tag = etherboot[offset] ?? 0;
    if (tag === 255) break;
    if (tag === 0) {
      offset++;
      continue;
    }
    const length = etherboot[offset + 1] ?? 0;
    const version = etherboot.subarray(offset + 2, offset + 2 + length);
    if (tag >= FIRST_FEATURE && tag <= LAST_FEATURE && version.some((byte) => byte !== 0)) features.add(tag);
    offset += 2 + length;
  }
  return features;
}
