/**
 * Reading fields of on-disc structures. Out of range reads as zero: the parsers check the lengths that matter, and a
 * field that is not there must never turn into an exception of another kind.
 */

export const uint8 = (bytes: Uint8Array, offset: number): number => bytes[offset] ?? 0;

export const uint16le = (bytes: Uint8Array, offset: number): number =>
  uint8(bytes, offset) | (uint8(bytes, offset + 1) << 8);

export const uint32le = (bytes: Uint8Array, offset: number): number =>
  (uint16le(bytes, offset) | (uint16le(bytes, offset + 2) << 16)) >>> 0;

/** A 64-bit field as a number; sizes above 2^53 lose precision and are refused as absurd by whoever checks bounds. */
export const uint64le = (bytes: Uint8Array, offset: number): number =>
  uint32le(bytes, offset) + uint32le(bytes, offset + 4) * 2 ** 32;

export const latin1 = (bytes: Uint8Array, offset: number, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', offset, offset + length);

export const startsWith = (bytes: Uint8Array, offset: number, signature: string): boolean =>
  latin1(bytes, offset, signature.length) === signature;
