import { addressValue, numberValue } from './option-values.ts';
import { readOptionsArea, writeOptionsArea } from './options-area.ts';
import { dhcpOption, type RawOptions, readOption } from './options.ts';

/** The BOOTP/DHCP packet (RFC 951, RFC 2131 section 2): bytes <-> value. Pure. */

export const BOOTREQUEST = 1;
export const BOOTREPLY = 2;
export const BROADCAST_FLAG = 0x8000;
export const NO_ADDRESS = '0.0.0.0';

export interface DhcpPacket {
  readonly op: number;
  readonly htype: number;
  readonly hops: number;
  readonly xid: number;
  readonly secs: number;
  readonly flags: number;
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  /** As long as `hlen` says, at most 16 bytes. */
  readonly chaddr: Uint8Array;
  /** Up to the first NUL; empty where the field carried options. */
  readonly sname: string;
  readonly file: string;
  /** Without overload (52): what it pointed to is merged in. Undefined without a magic cookie: plain BOOTP. */
  readonly options: RawOptions | undefined;
}

export type Decoded =
  { readonly ok: true; readonly packet: DhcpPacket } | { readonly ok: false; readonly reason: string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const FIXED_BYTES = 236;
const SNAME = { offset: 44, length: 64 };
const FILE = { offset: 108, length: 128 };
const MAGIC_COOKIE = 0x63825363;
const OPTIONS_OFFSET = FIXED_BYTES + 4;
/** Relays and old ROMs drop packets shorter than BOOTP's. */
export const MINIMUM_PACKET_BYTES = 300;
const MAXIMUM_HOPS = 16;
/** No client sends more than an Ethernet frame holds; the rest is an attempt to make parsing dear. */
const MAXIMUM_PACKET_BYTES = 4096;

/** What a field of the header holds: text that fits with its NUL. */
export const fitsFileField = (text: string): boolean => encoder.encode(text).length < FILE.length;

const dropped = (reason: string): Decoded => ({ ok: false, reason });

/** Reads what came from the network. The reasons of a refusal are for people. */
export function decodePacket(bytes: Uint8Array): Decoded {
  if (bytes.length < FIXED_BYTES) return dropped(`${bytes.length} bytes are too short for a DHCP packet`);
  if (bytes.length > MAXIMUM_PACKET_BYTES) return dropped(`${bytes.length} bytes are too long for a DHCP packet`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const htype = view.getUint8(1);
  const hlen = view.getUint8(2);
  const hops = view.getUint8(3);
  if (hlen > 16) return dropped(`a hardware address of ${hlen} bytes`);
  if (htype === 0 && hlen !== 0) return dropped('a hardware address without a hardware type');
  if (hops >= MAXIMUM_HOPS) return dropped(`it passed ${hops} relays`);

  const hasOptions = bytes.length >= OPTIONS_OFFSET && view.getUint32(FIXED_BYTES) === MAGIC_COOKIE;
  const { options, sname, file } = hasOptions
    ? readOptions(bytes)
    : { options: undefined, sname: fieldText(bytes, SNAME), file: fieldText(bytes, FILE) };
  const address = (offset: number): string => addressValue.decode(bytes.subarray(offset, offset + 4)) ?? NO_ADDRESS;
  return {
    ok: true,
    packet: {
      op: view.getUint8(0),
      htype,
      hops,
      xid: view.getUint32(4),
      secs: view.getUint16(8),
      flags: view.getUint16(10),
      ciaddr: address(12),
      yiaddr: address(16),
      siaddr: address(20),
      giaddr: address(24),
      chaddr: bytes.slice(28, 28 + hlen),
      sname,
      file,
      options,
    },
  };
}

/** The main area, then `file`, then `sname` where option 52 says that they carry options (RFC 3396 section 5). */
function readOptions(bytes: Uint8Array): { options: RawOptions; sname: string; file: string } {
  const options = new Map<number, Uint8Array>();
  readOptionsArea(bytes.subarray(OPTIONS_OFFSET), options);
  const overload = readOption(options, dhcpOption.overload) ?? 0;
  const fileHasOptions = overload === 1 || overload === 3;
  const snameHasOptions = overload === 2 || overload === 3;
  if (fileHasOptions) readOptionsArea(field(bytes, FILE), options);
  if (snameHasOptions) readOptionsArea(field(bytes, SNAME), options);
  options.delete(dhcpOption.overload.code);
  return {
    options,
    sname: snameHasOptions ? '' : fieldText(bytes, SNAME),
    file: fileHasOptions ? '' : fieldText(bytes, FILE),
  };
}

type Field = typeof SNAME;

const field = (bytes: Uint8Array, { offset, length }: Field): Uint8Array => bytes.subarray(offset, offset + length);

function fieldText(bytes: Uint8Array, where: Field): string {
  const whole = field(bytes, where);
  const end = whole.indexOf(0);
  return decoder.decode(end < 0 ? whole : whole.subarray(0, end));
}

/** Writes a packet of ours. Throws a RangeError where a value does not fit its field: a defect of the caller. */
export function encodePacket(packet: DhcpPacket): Uint8Array {
  const area = packet.options === undefined ? new Uint8Array(0) : writeOptionsArea(packet.options);
  const bytes = new Uint8Array(Math.max(MINIMUM_PACKET_BYTES, OPTIONS_OFFSET + area.length));
  const view = new DataView(bytes.buffer);
  if (packet.chaddr.length > 16) throw new RangeError(`A hardware address of ${packet.chaddr.length} bytes`);
  bytes.set(numberValue(1).encode(packet.op), 0);
  bytes.set(numberValue(1).encode(packet.htype), 1);
  view.setUint8(2, packet.chaddr.length);
  bytes.set(numberValue(1).encode(packet.hops), 3);
  bytes.set(numberValue(4).encode(packet.xid), 4);
  bytes.set(numberValue(2).encode(packet.secs), 8);
  bytes.set(numberValue(2).encode(packet.flags), 10);
  [packet.ciaddr, packet.yiaddr, packet.siaddr, packet.giaddr].forEach((address, index) => {
    bytes.set(addressValue.encode(address), 12 + index * 4);
  });
  bytes.set(packet.chaddr, 28);
  writeText(bytes, SNAME, packet.sname);
  writeText(bytes, FILE, packet.file);
  if (packet.options !== undefined) {
    view.setUint32(FIXED_BYTES, MAGIC_COOKIE);
    bytes.set(area, OPTIONS_OFFSET);
  }
  return bytes;
}

function writeText(bytes: Uint8Array, { offset, length }: Field, text: string): void {
  const encoded = encoder.encode(text);
  if (encoded.length >= length) throw new RangeError(`"${text}" does not fit into a field of ${length} bytes`);
  bytes.set(encoded, offset);
}

/** "52:54:00:12:34:56", for hardware addresses of any length. */
export const formatHardwareAddress = (chaddr: Uint8Array): string =>
  Array.from(chaddr, (byte) => byte.toString(16).padStart(2, '0')).join(':');
