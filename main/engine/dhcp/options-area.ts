import type { RawOptions } from './options.ts';

/** The options area: bytes behind the magic cookie <-> options. Tolerant when reading, strict when writing. Pure. */

const PAD = 0;
const END = 255;
const OVERLOAD = 52;
const RELAY_AGENT_INFORMATION = 82;

/**
 * Reads one area into `options`. A repeated code continues the value before it (RFC 3396). At an option that runs
 * past the end, reading stops and what was read counts. A missing END is no fault: some clients fill the area.
 */
export function readOptionsArea(area: Uint8Array, options: Map<number, Uint8Array>): void {
  let offset = 0;
  while (offset < area.length) {
    const code = area[offset++];
    if (code === END) return;
    if (code === PAD || code === undefined) continue;
    const length = area[offset++];
    if (length === undefined || offset + length > area.length) return;
    const value = area.slice(offset, offset + length);
    const before = options.get(code);
    options.set(code, before === undefined ? value : joined(before, value));
    offset += length;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/**
 * Old ROMs look for 53 at the head; 82 is the last (RFC 3046 section 2.2); codes not named
 * here go before it in rising order.
 */
const sendOrder = [53, 54, 51, 58, 59, 1, 28, 3, 6, 12, 15, 42, 60, 43, 66, 67, 97, 61, 175, 209, 210];
const rank = new Map(sendOrder.map((code, index) => [code, index]));
const rankOf = (code: number): number =>
  rank.get(code) ?? (code === RELAY_AGENT_INFORMATION ? 1000 : sendOrder.length + code);

/** END and one pad: GRUB's search needs a byte behind the END. */
const TRAILER_BYTES = 2;

/** Bytes that `writeOptionsArea` will need. */
export function optionsAreaBytes(options: RawOptions): number {
  let sum = TRAILER_BYTES;
  for (const value of options.values()) sum += 2 + value.length;
  return sum;
}

/**
 * Writes options, END and a pad. Throws a RangeError where an option cannot be sent as one piece: split options and
 * overload (52) are understood by too few boot ROMs to ever be sent.
 */
export function writeOptionsArea(options: RawOptions): Uint8Array {
  const area = new Uint8Array(optionsAreaBytes(options));
  let offset = 0;
  for (const [code, value] of [...options].sort(([a], [b]) => rankOf(a) - rankOf(b))) {
    if (code <= PAD || code >= END || code === OVERLOAD) throw new RangeError(`Option ${code} must not be sent`);
    if (value.length > 255) throw new RangeError(`Option ${code} has ${value.length} bytes, more than 255`);
    area[offset++] = code;
    area[offset++] = value.length;
    area.set(value, offset);
    offset += value.length;
  }
  area[offset] = END;
  return area;
}
