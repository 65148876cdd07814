import { formatIpv4, parseIpv4 } from '../net/ipv4.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * How the values of options are written. `decode` gets what a stranger sent: it gives undefined where the bytes are
 * not such a value. `encode` gets our own values: it throws a RangeError where they cannot be written.
 */
export interface ValueCodec<Value> {
  readonly decode: (bytes: Uint8Array) => Value | undefined;
  readonly encode: (value: Value) => Uint8Array;
}

export const bytesValue: ValueCodec<Uint8Array> = { decode: (bytes) => bytes, encode: (value) => value };

export const addressValue: ValueCodec<string> = {
  decode: (bytes) => (bytes.length === 4 ? addressOf(bytes) : undefined),
  encode: addressBytes,
};

export const addressesValue: ValueCodec<readonly string[]> = {
  decode: (bytes) =>
    bytes.length === 0 || bytes.length % 4 !== 0
      ? undefined
      : Array.from({ length: bytes.length / 4 }, (_, index) => addressOf(bytes.subarray(index * 4, index * 4 + 4))),
  encode: (value) => concatenate(value.map(addressBytes)),
};

/** An unsigned number of exactly so many bytes, big-endian. */
export const numberValue = (lengthBytes: 1 | 2 | 4): ValueCodec<number> => ({
  decode: (bytes) => (bytes.length === lengthBytes ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined),
  encode: (value) => {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** lengthBytes) {
      throw new RangeError(`${value} does not fit into ${lengthBytes} bytes`);
    }
    return Uint8Array.from({ length: lengthBytes }, (_, index) => Math.floor(value / 256 ** (lengthBytes - 1 - index)));
  },
});

/** 16-bit numbers; a trailing odd byte, which some ROMs send, is passed over. */
export const numberListValue: ValueCodec<readonly number[]> = {
  decode: (bytes) =>
    Array.from(
      { length: bytes.length >> 1 },
      (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0),
    ),
  encode: (value) => concatenate(value.map((number) => numberValue(2).encode(number))),
};

/** Text without its trailing NULs (RFC 2132 section 2 tells receivers to expect and drop them). */
export const textValue: ValueCodec<string> = {
  decode: (bytes) => {
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end--;
    return decoder.decode(bytes.subarray(0, end));
  },
  encode: (value) => encoder.encode(value),
};

/**
 * Text with one NUL inside the option's length. Intel's Boot Agent reads past the end of an unterminated name, and
 * EDK2 puts its own NUL over the next option's code.
 */
export const terminatedTextValue: ValueCodec<string> = {
  decode: textValue.decode,
  encode: (value) => encoder.encode(`${value}\0`),
};

/** Text as a person may see it: control characters replaced, bounded. A stranger chose it. */
export function printable(text: string, maximumLength = 255): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.slice(0, maximumLength).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/g, '.');
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function addressOf(bytes: Uint8Array): string {
  return formatIpv4(bytes.reduce((sum, byte) => sum * 256 + byte, 0));
}

function addressBytes(address: string): Uint8Array {
  const number = parseIpv4(address);
  if (number === undefined) throw new RangeError(`"${address}" is not an IPv4 address`);
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
