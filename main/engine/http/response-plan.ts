import { evaluateConditions, rangeHolds, type Validators } from './conditions.ts';
import { formatHttpDate } from './http-date.ts';
import { type ByteRange, parseRange } from './range.ts';
import type { RequestHead } from './request-head.ts';

/** What is answered, decided before a byte is read: (request head, facts of the file) -> status, headers, body. Pure. */

export interface FileFacts extends Validators {
  readonly sizeBytes: number;
  readonly contentType: string;
}

/** A piece of the body: bytes that are at hand, or a range of the file. */
export type BodyPart =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly range: ByteRange };

export type Header = readonly [name: string, value: string];

export interface ResponsePlan {
  readonly status: number;
  /** Names in Title-Case: GRUB compares them byte by byte. No value is empty. */
  readonly headers: readonly Header[];
  /** In order; together exactly Content-Length bytes. Not sent for HEAD, whose headers are those of GET. */
  readonly body: readonly BodyPart[];
}

/**
 * HEAD gets what GET would get, ranges included, as from nginx: firmware asks HEAD and trusts it for the GET.
 * `boundary` separates the parts of an answer with several ranges and must not occur in the file.
 */
export function planFileResponse(head: RequestHead, file: FileFacts, boundary: string): ResponsePlan {
  const verdict = evaluateConditions(head, file);
  if (verdict === 'precondition-failed') return planMessage(412);
  if (verdict === 'not-modified') return { status: 304, headers: validatorHeaders(file), body: [] };

  const rangeHeader = rangeHolds(head.header('if-range'), file) ? head.header('range') : undefined;
  const asked = parseRange(rangeHeader, file.sizeBytes);
  if (asked.kind === 'unsatisfiable') {
    return planMessage(416, [
      ['Content-Range', `bytes */${file.sizeBytes}`],
      ['Accept-Ranges', 'bytes'],
    ]);
  }
  if (asked.kind === 'whole') {
    const body = file.sizeBytes === 0 ? [] : [part({ offsetBytes: 0, lengthBytes: file.sizeBytes })];
    return { status: 200, headers: fileHeaders(file, file.contentType, body), body };
  }
  const [only, ...others] = asked.ranges;
  if (only !== undefined && others.length === 0) {
    const body = [part(only)];
    const contentRange: Header = ['Content-Range', contentRangeOf(only, file.sizeBytes)];
    return { status: 206, headers: [contentRange, ...fileHeaders(file, file.contentType, body)], body };
  }
  const body = multipartBody(asked.ranges, file, boundary);
  return { status: 206, headers: fileHeaders(file, `multipart/byteranges; boundary=${boundary}`, body), body };
}

const messages: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Only GET and HEAD are served here',
  408: 'The request took too long',
  412: 'The file has changed',
  416: 'The file has no such range',
  431: 'The request head is too large',
  500: 'The file cannot be read',
};

/** An answer that is not a file: one line of text for the person with curl. */
export function planMessage(status: number, headers: readonly Header[] = []): ResponsePlan {
  const bytes = Buffer.from(`${messages[status] ?? `Status ${status}`}\n`, 'utf8');
  return {
    status,
    headers: [...headers, ['Content-Type', 'text/plain; charset=utf-8'], ['Content-Length', String(bytes.length)]],
    body: [{ kind: 'bytes', bytes }],
  };
}

/** Bytes of the file that the body carries. */
export const fileBytesOf = (plan: ResponsePlan): number =>
  plan.body.reduce((sum, piece) => sum + (piece.kind === 'file' ? piece.range.lengthBytes : 0), 0);

const lengthOf = (piece: BodyPart): number => (piece.kind === 'file' ? piece.range.lengthBytes : piece.bytes.length);

const part = (range: ByteRange): BodyPart => ({ kind: 'file', range });

function validatorHeaders(file: FileFacts): Header[] {
  const tag: Header = ['ETag', file.entityTag];
  return file.modifiedAtMs === undefined ? [tag] : [tag, ['Last-Modified', formatHttpDate(file.modifiedAtMs)]];
}

function fileHeaders(file: FileFacts, contentType: string, body: readonly BodyPart[]): Header[] {
  const lengthBytes = body.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return [
    ['Content-Type', contentType],
    ['Content-Length', String(lengthBytes)],
    ['Accept-Ranges', 'bytes'],
    ...validatorHeaders(file),
  ];
}

const contentRangeOf = ({ offsetBytes, lengthBytes }: ByteRange, sizeBytes: number): string =>
  `bytes ${offsetBytes}-${offsetBytes + lengthBytes - 1}/${sizeBytes}`;

/** RFC 9110 section 14.6: each part has its own type and range. */
function multipartBody(ranges: readonly ByteRange[], file: FileFacts, boundary: string): BodyPart[] {
  const body = ranges.flatMap((range, index): BodyPart[] => {
    const head =
      `${index === 0 ? '' : '\r\n'}--${boundary}\r\n` +
      `Content-Type: ${file.contentType}\r\n` +
      `Content-Range: ${contentRangeOf(range, file.sizeBytes)}\r\n\r\n`;
    return [{ kind: 'bytes', bytes: Buffer.from(head, 'latin1') }, part(range)];
  });
  return [...body, { kind: 'bytes', bytes: Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1') }];
}
