/** TFTP packets (RFC 1350, RFC 2347): bytes to values and back. Pure. */

const opcodes = { readRequest: 1, writeRequest: 2, data: 3, acknowledgement: 4, error: 5, optionAcknowledgement: 6 };

/** RFC 1350 and, for 8, RFC 2347. */
export const errorCodes = {
  notDefined: 0,
  fileNotFound: 1,
  accessViolation: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTransferId: 5,
  optionNegotiation: 8,
} as const;
export type TftpErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** Opcode and block number in front of a block's bytes. */
export const DATA_HEADER_BYTES = 4;

// RFC 2347 says 512 for the whole request; a few more options than that are harmless, a whole 64 KiB datagram is not.
const MAX_REQUEST_BYTES = 2_048;
const MAX_FILE_NAME_BYTES = 512;
const MAX_ERROR_MESSAGE_LENGTH = 256;

/** Names as the client wrote them, in its order. */
export type RequestedOptions = readonly (readonly [name: string, value: string])[];

export interface TransferRequest {
  readonly type: 'read-request' | 'write-request';
  readonly fileName: string;
  readonly mode: string;
  readonly options: RequestedOptions;
}

export type TftpPacket =
  | TransferRequest
  | { readonly type: 'data'; readonly block: number; readonly payload: Uint8Array }
  | { readonly type: 'acknowledgement'; readonly block: number }
  | { readonly type: 'error'; readonly code: number; readonly message: string }
  | { readonly type: 'option-acknowledgement'; readonly options: RequestedOptions }
  /** Not TFTP. `answer` is the error the sender is told, if any. */
  | { readonly type: 'malformed'; readonly reason: string; readonly answer: TftpErrorCode | undefined };

export function decodePacket(bytes: Uint8Array): TftpPacket {
  if (bytes.length < 4) return malformed('shorter than any packet');
  const opcode = uint16(bytes, 0);
  switch (opcode) {
    case opcodes.readRequest:
      return decodeRequest('read-request', bytes);
    case opcodes.writeRequest:
      return decodeRequest('write-request', bytes);
    case opcodes.data:
      return { type: 'data', block: uint16(bytes, 2), payload: bytes.subarray(DATA_HEADER_BYTES) };
    case opcodes.acknowledgement:
      return { type: 'acknowledgement', block: uint16(bytes, 2) };
    case opcodes.error:
      return { type: 'error', code: uint16(bytes, 2), message: decodeErrorMessage(bytes) };
    case opcodes.optionAcknowledgement: {
      const options = optionPairs(terminatedStrings(bytes, 2)?.map(decodeText));
      return options === undefined
        ? malformed('an option acknowledgement that is cut short')
        : { type: 'option-acknowledgement', options };
    }
    default:
      return malformed(`unknown opcode ${opcode}`, errorCodes.illegalOperation);
  }
}

function decodeRequest(type: TransferRequest['type'], bytes: Uint8Array): TftpPacket {
  const refuse = (reason: string): TftpPacket => malformed(reason, errorCodes.illegalOperation);
  if (bytes.length > MAX_REQUEST_BYTES) return refuse('a request that is too long');
  const strings = terminatedStrings(bytes, 2);
  const [fileName, mode, ...rest] = strings ?? [];
  if (fileName === undefined || mode === undefined) return refuse('a request without file name or mode');
  if (fileName.length > MAX_FILE_NAME_BYTES) return refuse('a file name that is too long');
  // Some boot ROMs pad the request: a half option at the end is noise, not a reason to refuse the file.
  const options = optionPairs(rest.slice(0, rest.length - (rest.length % 2)).map(decodeText)) ?? [];
  return { type, fileName: decodeText(fileName), mode: decodeText(mode).toLowerCase(), options };
}

/** The NUL-terminated strings from `start` on; undefined where what follows is not terminated and nothing came before. */
function terminatedStrings(bytes: Uint8Array, start: number): Uint8Array[] | undefined {
  const strings: Uint8Array[] = [];
  for (let from = start; from < bytes.length;) {
    const end = bytes.indexOf(0, from);
    if (end === -1) return strings.length < 2 ? undefined : strings;
    strings.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return strings;
}

function optionPairs(strings: readonly string[] | undefined): [string, string][] | undefined {
  if (strings === undefined || strings.length % 2 !== 0) return undefined;
  const pairs: [string, string][] = [];
  for (let index = 0; index < strings.length; index += 2) pairs.push([strings[index] ?? '', strings[index + 1] ?? '']);
  return pairs;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

// RFC 1350 says netascii. What comes is ASCII, UTF-8, or whatever a ROM read past the end of its option 67.
function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

function decodeErrorMessage(bytes: Uint8Array): string {
  const end = bytes.indexOf(0, 4);
  const text = decodeText(bytes.subarray(4, end === -1 ? bytes.length : end));
  // It is shown to a person and journaled: no control characters, bounded.
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, MAX_ERROR_MESSAGE_LENGTH);
}

const uint16 = (bytes: Uint8Array, offset: number): number => ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);

const malformed = (reason: string, answer?: TftpErrorCode): TftpPacket => ({ type: 'malformed', reason, answer });

const header = (opcode: number, second: number): Buffer =>
  Buffer.from([opcode >> 8, opcode & 0xff, second >> 8, second & 0xff]);

export function encodeRequest({ type, fileName, mode, options }: TransferRequest): Buffer {
  const opcode = type === 'read-request' ? opcodes.readRequest : opcodes.writeRequest;
  return encodeStrings(opcode, [fileName, mode, ...options.flat()]);
}

export const encodeAcknowledgement = (block: number): Buffer => header(opcodes.acknowledgement, block);

export const encodeOptionAcknowledgement = (options: RequestedOptions): Buffer =>
  encodeStrings(opcodes.optionAcknowledgement, options.flat());

export const encodeError = (code: TftpErrorCode, message: string): Buffer =>
  Buffer.concat([header(opcodes.error, code), Buffer.from(`${message}\0`, 'utf8')]);

export const encodeData = (block: number, payload: Uint8Array): Buffer =>
  Buffer.concat([header(opcodes.data, block), payload]);

/** Writes the header of block `block` (its 16-bit wire number) into a packet's first bytes. */
export function writeDataHeader(target: Uint8Array, offset: number, block: number): void {
  target[offset] = 0;
  target[offset + 1] = opcodes.data;
  target[offset + 2] = block >> 8;
  target[offset + 3] = block & 0xff;
}

/** Each string followed by its NUL: GRUB and EDK2 read past an unterminated last one. */
function encodeStrings(opcode: number, strings: readonly string[]): Buffer {
  return Buffer.concat([
    Buffer.from([opcode >> 8, opcode & 0xff]),
    Buffer.from(strings.map((text) => `${text}\0`).join(''), 'utf8'),
  ]);
}
