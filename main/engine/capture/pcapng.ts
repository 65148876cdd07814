/**
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng), the kind that Wireshark opens. Pure: each function gives the bytes of one
 * block. Little-endian throughout, as its section header says.
 */

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const LINK_TYPE_ETHERNET = 1;

const OPTION_END = 0;
const OPTION_COMMENT = 1;
const SECTION_APPLICATION = 4;
const INTERFACE_NAME = 2;
const INTERFACE_DESCRIPTION_TEXT = 3;
const INTERFACE_TIME_RESOLUTION = 9;
/** Ticks of a millionth of a second. */
const MICROSECONDS = 6;

/** Longest text of an option: its length is a 16-bit number, and a comment nobody could read helps nobody. */
const MOST_TEXT_BYTES = 4096;

interface Option {
  readonly code: number;
  readonly value: Buffer;
}

export interface CapturedPacket {
  /** Milliseconds since the epoch; fractions are kept down to a microsecond. */
  readonly atMs: number;
  /** The Ethernet frame, or as much of it as was kept. */
  readonly frame: Buffer;
  /** Length of the frame on the wire. */
  readonly originalBytes: number;
  /** What the station decided because of it, or tells about it. */
  readonly comment?: string | undefined;
}

export function sectionHeader(application: string, comment?: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  body.writeUInt16LE(1, 4);
  body.writeUInt16LE(0, 6);
  // The length of the section is not known: it ends where the file does.
  body.writeBigInt64LE(-1n, 8);
  return block(SECTION_HEADER, body, [textOption(SECTION_APPLICATION, application), ...commentOption(comment)]);
}

/** Packets of a file refer to its interfaces by number, in the order in which they stand. */
export function interfaceDescription(name: string, description?: string): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(LINK_TYPE_ETHERNET, 0);
  // 0: packets are cut wherever it was right for each.
  body.writeUInt32LE(0, 4);
  return block(INTERFACE_DESCRIPTION, body, [
    textOption(INTERFACE_NAME, name),
    ...(description === undefined ? [] : [textOption(INTERFACE_DESCRIPTION_TEXT, description)]),
    { code: INTERFACE_TIME_RESOLUTION, value: Buffer.of(MICROSECONDS) },
  ]);
}

export function enhancedPacket(interfaceNumber: number, packet: CapturedPacket): Buffer {
  const { frame, originalBytes, comment } = packet;
  const ticks = BigInt(Math.max(0, Math.round(packet.atMs * 1000)));
  const head = Buffer.alloc(20);
  head.writeUInt32LE(interfaceNumber, 0);
  head.writeUInt32LE(Number((ticks >> 32n) & 0xffff_ffffn), 4);
  head.writeUInt32LE(Number(ticks & 0xffff_ffffn), 8);
  head.writeUInt32LE(frame.length, 12);
  head.writeUInt32LE(Math.max(originalBytes, frame.length), 16);
  return block(ENHANCED_PACKET, Buffer.concat([head, padded(frame)]), commentOption(comment));
}

function block(type: number, body: Buffer, options: readonly Option[]): Buffer {
  const optionBytes =
    options.length === 0 ? [] : [...options, { code: OPTION_END, value: Buffer.alloc(0) }].map(option);
  const totalBytes = 12 + body.length + optionBytes.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(totalBytes, 4);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(totalBytes, 0);
  return Buffer.concat([head, body, ...optionBytes, tail]);
}

function option({ code, value }: Option): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

/** Every part of a block ends on a 32-bit boundary. */
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

const commentOption = (comment: string | undefined): Option[] =>
  comment === undefined ? [] : [textOption(OPTION_COMMENT, comment)];

const textOption = (code: number, text: string): Option => ({ code, value: cutText(text) });

/** UTF-8, cut between characters. */
function cutText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= MOST_TEXT_BYTES) return bytes;
  let end = MOST_TEXT_BYTES;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}
