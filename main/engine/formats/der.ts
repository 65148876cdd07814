import { uint8 } from '../iso/byte-fields.ts';

/** ASN.1 in its distinguished encoding (X.690), as far as signatures need it. Pure, bounded by the bytes themselves. */

export interface DerElement {
  /** Identifier octet: class, constructed, number. */
  readonly tag: number;
  readonly content: Uint8Array;
}

export const derTag = {
  integer: 0x02,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** [0], constructed. */
  context0: 0xa0,
} as const;

/** The elements that stand one after the other in `bytes`, up to the first that is none. */
export function derElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = derLength(bytes, at + 1);
    if (length === undefined || length.contentAt + length.contentBytes > bytes.length) break;
    const end = length.contentAt + length.contentBytes;
    elements.push({ tag: uint8(bytes, at), content: bytes.subarray(length.contentAt, end) });
    at = end;
  }
  return elements;
}

/** The elements inside the first one with this tag; none where there is no such. */
export const inside = (elements: readonly DerElement[], tag: number): DerElement[] =>
  derElements(elements.find((element) => element.tag === tag)?.content ?? new Uint8Array());

function derLength(bytes: Uint8Array, at: number): { contentAt: number; contentBytes: number } | undefined {
  if (at >= bytes.length) return undefined;
  const first = uint8(bytes, at);
  if (first < 0x80) return { contentAt: at + 1, contentBytes: first };
  const octets = first & 0x7f;
  // 0 would be a length that is not known, which this encoding does not have.
  if (octets === 0 || octets > 4) return undefined;
  let contentBytes = 0;
  for (let index = 1; index <= octets; index += 1) contentBytes = contentBytes * 256 + uint8(bytes, at + index);
  return { contentAt: at + 1 + octets, contentBytes };
}

/** An object identifier as it is written: its bytes in hexadecimal digits. */
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
