import { describe, expect, it } from 'vitest';
import type { RequestHead } from '../../../../main/engine/http/request-head.ts';
import {
  type BodyPart,
  type FileFacts,
  fileBytesOf,
  planFileResponse,
  planMessage,
  type ResponsePlan,
} from '../../../../main/engine/http/response-plan.ts';

const file: FileFacts = {
  sizeBytes: 1000,
  entityTag: '"v1"',
  modifiedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  contentType: 'application/efi',
};
const MODIFIED = 'Fri, 02 Jan 2026 03:04:05 GMT';
const BEFORE = 'Fri, 02 Jan 2026 03:04:04 GMT';
const AFTER = 'Fri, 02 Jan 2026 03:04:06 GMT';

function plan(headers: Record<string, string> = {}, facts: FileFacts = file, method = 'GET'): ResponsePlan {
  const head: RequestHead = { method, header: (name) => headers[name] };
  return planFileResponse(head, facts, 'BOUNDARY');
}

const header = ({ headers }: ResponsePlan, name: string): string | undefined =>
  headers.find(([other]) => other === name)?.[1];

const text = (parts: readonly BodyPart[]): string =>
  parts
    .map((part) =>
      part.kind === 'bytes'
        ? Buffer.from(part.bytes).toString('latin1')
        : `<${part.range.offsetBytes}+${part.range.lengthBytes}>`,
    )
    .join('');

describe('a whole file', () => {
  it('has every header that boot firmware looks at', () => {
    expect(plan()).toEqual({
      status: 200,
      headers: [
        ['Content-Type', 'application/efi'],
        ['Content-Length', '1000'],
        ['Accept-Ranges', 'bytes'],
        ['ETag', '"v1"'],
        ['Last-Modified', MODIFIED],
      ],
      body: [{ kind: 'file', range: { offsetBytes: 0, lengthBytes: 1000 } }],
    });
  });

  it('has no Last-Modified where the time is not known', () => {
    const { headers } = plan({}, { ...file, modifiedAtMs: undefined });
    expect(headers.map(([name]) => name)).toEqual(['Content-Type', 'Content-Length', 'Accept-Ranges', 'ETag']);
  });

  it('may be empty', () => {
    const empty = plan({}, { ...file, sizeBytes: 0 });
    expect([empty.status, header(empty, 'Content-Length'), empty.body]).toEqual([200, '0', []]);
  });

  it('answers HEAD like GET', () => {
    for (const headers of [{}, { range: 'bytes=0-9' }, { range: 'bytes=5000-' }, { 'if-none-match': '"v1"' }]) {
      expect(plan(headers, file, 'HEAD')).toEqual(plan(headers));
    }
  });
});

describe('ranges', () => {
  it('sends one range with its place', () => {
    const answer = plan({ range: 'bytes=10-19' });
    expect(answer.status).toBe(206);
    expect(header(answer, 'Content-Range')).toBe('bytes 10-19/1000');
    expect(header(answer, 'Content-Length')).toBe('10');
    expect(header(answer, 'Content-Type')).toBe('application/efi');
    expect(text(answer.body)).toBe('<10+10>');
  });

  it('sends several as parts, with an exact length', () => {
    const answer = plan({ range: 'bytes=0-9,-5' });
    expect(answer.status).toBe(206);
    expect(header(answer, 'Content-Type')).toBe('multipart/byteranges; boundary=BOUNDARY');
    expect(header(answer, 'Content-Range')).toBeUndefined();
    expect(text(answer.body)).toBe(
      '--BOUNDARY\r\nContent-Type: application/efi\r\nContent-Range: bytes 0-9/1000\r\n\r\n<0+10>' +
        '\r\n--BOUNDARY\r\nContent-Type: application/efi\r\nContent-Range: bytes 995-999/1000\r\n\r\n<995+5>' +
        '\r\n--BOUNDARY--\r\n',
    );
    const framing = text(answer.body).replaceAll(/<\d+\+\d+>/g, '').length;
    expect(header(answer, 'Content-Length')).toBe(String(framing + 15));
    expect(fileBytesOf(answer)).toBe(15);
  });

  it('sends joined ranges as one', () => {
    expect(header(plan({ range: 'bytes=0-9,5-19' }), 'Content-Range')).toBe('bytes 0-19/1000');
  });

  it('cannot be made to send more than the file', () => {
    const overlapping = Array.from({ length: 30 }, (_, index) => `${index}-`).join(',');
    expect(fileBytesOf(plan({ range: `bytes=${overlapping}` }))).toBe(1000);
  });

  it('says the size where none can be satisfied', () => {
    const answer = plan({ range: 'bytes=1000-' });
    expect([answer.status, header(answer, 'Content-Range')]).toEqual([416, 'bytes */1000']);
    expect(header(answer, 'Content-Length')).toBe(String(text(answer.body).length));
  });

  it('ignores a range it does not understand', () => {
    expect(plan({ range: 'lines=1-2' }).status).toBe(200);
  });
});

describe('conditions', () => {
  it.each([
    ['same tag', { 'if-none-match': '"v1"' }, 304],
    ['same tag, weak', { 'if-none-match': 'W/"v1"' }, 304],
    ['in a list', { 'if-none-match': '"a,b", "v1"' }, 304],
    ['any', { 'if-none-match': '*' }, 304],
    ['another tag', { 'if-none-match': '"v2"' }, 200],
    ['a tag that holds ours', { 'if-none-match': '"xv1"' }, 200],
    ['another tag outweighs a date', { 'if-none-match': '"v2"', 'if-modified-since': AFTER }, 200],
    ['not modified since', { 'if-modified-since': MODIFIED }, 304],
    ['modified since', { 'if-modified-since': BEFORE }, 200],
    ['no date', { 'if-modified-since': 'today' }, 200],
    ['match', { 'if-match': '"v1"' }, 200],
    ['match any', { 'if-match': '*' }, 200],
    ['no match', { 'if-match': '"v2"' }, 412],
    ['weak is no match', { 'if-match': 'W/"v1"' }, 412],
    ['unmodified', { 'if-unmodified-since': MODIFIED }, 200],
    ['modified meanwhile', { 'if-unmodified-since': BEFORE }, 412],
    ['a match outweighs a date', { 'if-match': '"v1"', 'if-unmodified-since': BEFORE }, 200],
    ['412 before 304', { 'if-match': '"v2"', 'if-none-match': '"v1"' }, 412],
  ])('%s', (_, headers, status) => {
    expect(plan(headers as unknown as Record<string, string>).status).toBe(status);
  });

  it.each([
    ['same tag', '"v1"', 206],
    ['another tag', '"v2"', 200],
    ['weak tag', 'W/"v1"', 200],
    ['same date', MODIFIED, 206],
    ['later date', AFTER, 200],
    ['nonsense', 'x', 200],
  ])('If-Range with %s', (_, ifRange, status) => {
    expect(plan({ range: 'bytes=0-9', 'if-range': ifRange }).status).toBe(status);
  });

  it('serves the whole file instead of 416 where If-Range fails', () => {
    expect(plan({ range: 'bytes=5000-', 'if-range': '"v2"' }).status).toBe(200);
  });

  it('resumes as newer EDK II does', () => {
    const resume = { range: 'bytes=400-', 'if-match': '"v1"', 'if-unmodified-since': MODIFIED };
    expect(header(plan(resume), 'Content-Range')).toBe('bytes 400-999/1000');
    expect(plan({ ...resume, 'if-match': '"v0"' }).status).toBe(412);
  });

  it('repeats the validators with 304 and sends nothing', () => {
    expect(plan({ 'if-none-match': '"v1"' })).toEqual({
      status: 304,
      headers: [
        ['ETag', '"v1"'],
        ['Last-Modified', MODIFIED],
      ],
      body: [],
    });
  });
});

it.each([400, 404, 405, 408, 412, 416, 431, 500, 599])('a message for %i has its exact length', (status) => {
  const message = planMessage(status);
  expect(header(message, 'Content-Length')).toBe(String(text(message.body).length));
  expect(message.headers.every(([name, value]) => /^[A-Z][a-z]+(-[A-Z][a-z]+)*$/.test(name) && value !== '')).toBe(
    true,
  );
});
