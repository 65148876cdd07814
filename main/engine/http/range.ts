/** Byte ranges of a request (RFC 9110 section 14). Pure. */

/** A part of a file. */
export interface ByteRange {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** What a Range header asks of a file of a known size; `whole` where there is no header or it is to be ignored. */
export type RangeRequest =
  | { readonly kind: 'whole' }
  | { readonly kind: 'unsatisfiable' }
  /** Never empty; no byte is in two ranges. */
  | { readonly kind: 'ranges'; readonly ranges: readonly ByteRange[] };

/** More ranges than any boot client asks; a request with more gets the whole file (RFC 9110 section 14.2 allows it). */
export const MAX_RANGES = 32;

// Each specifier is at most "first-last" of 20 digits each, with room for white space.
const MAX_HEADER_CHARACTERS = MAX_RANGES * 48;

const WHOLE: RangeRequest = { kind: 'whole' };

/**
 * A header that cannot be understood is ignored, as RFC 9110 section 14.2 asks. Overlapping and adjoining ranges are
 * joined, so that a request never makes the station send a byte twice.
 */
export function parseRange(header: string | undefined, sizeBytes: number): RangeRequest {
  if (header === undefined || header.length > MAX_HEADER_CHARACTERS) return WHOLE;
  const [unit, set] = splitOnce(header, '=');
  if (set === undefined || unit.trim().toLowerCase() !== 'bytes') return WHOLE;

  // A list may have empty elements (RFC 9110 section 5.6.1.2), but not only such.
  const specifiers = set
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (specifiers.length === 0 || specifiers.length > MAX_RANGES) return WHOLE;

  const ranges: ByteRange[] = [];
  for (const specifier of specifiers) {
    const range = parseSpecifier(specifier, sizeBytes);
    if (range === 'malformed') return WHOLE;
    if (range !== 'unsatisfiable') ranges.push(range);
  }
  return ranges.length === 0 ? { kind: 'unsatisfiable' } : { kind: 'ranges', ranges: joinTouching(ranges) };
}

function parseSpecifier(specifier: string, sizeBytes: number): ByteRange | 'malformed' | 'unsatisfiable' {
  const match = /^(\d*)[ \t]*-[ \t]*(\d*)$/.exec(specifier);
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '' && last === '') return 'malformed';

  // Numbers past 2^53 lose digits but stay past the end of any file, which is all that is asked of them here.
  if (first === '') {
    const lengthBytes = Math.min(Number(last), sizeBytes);
    return lengthBytes === 0 ? 'unsatisfiable' : { offsetBytes: sizeBytes - lengthBytes, lengthBytes };
  }
  const offsetBytes = Number(first);
  if (last !== '' && Number(last) < offsetBytes) return 'malformed';
  if (offsetBytes >= sizeBytes) return 'unsatisfiable';
  const endBytes = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return { offsetBytes, lengthBytes: endBytes - offsetBytes };
}

/** Joined where they touch; the rest keeps the order it was asked in, which a client may rely on for its seeks. */
function joinTouching(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const joined: ByteRange[] = [];
  for (const range of ranges) {
    let merged = range;
    let position = joined.length;
    // A wide range may bridge several earlier ones; the union takes the place of the first of them.
    for (let index = joined.length - 1; index >= 0; index -= 1) {
      const other = joined[index];
      if (other === undefined || !touch(merged, other)) continue;
      merged = union(merged, other);
      joined.splice(index, 1);
      position = index;
    }
    joined.splice(position, 0, merged);
  }
  return joined;
}

const endOf = (range: ByteRange): number => range.offsetBytes + range.lengthBytes;
const touch = (a: ByteRange, b: ByteRange): boolean => a.offsetBytes <= endOf(b) && b.offsetBytes <= endOf(a);

function union(a: ByteRange, b: ByteRange): ByteRange {
  const offsetBytes = Math.min(a.offsetBytes, b.offsetBytes);
  return { offsetBytes, lengthBytes: Math.max(endOf(a), endOf(b)) - offsetBytes };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
