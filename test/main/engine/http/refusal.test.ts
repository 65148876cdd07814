import { describe, expect, it } from 'vitest';
import { rawRefusal, statusOfParseError } from '../../../../main/engine/http/refusal.ts';

const parseError = (code?: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

describe('refusals without a request', () => {
  it.each([
    ['HPE_INVALID_METHOD', 400],
    ['HPE_INVALID_CONSTANT', 400],
    ['HPE_HEADER_OVERFLOW', 431],
    ['ERR_HTTP_REQUEST_TIMEOUT', 408],
    ['HPE_INVALID_EOF_STATE', undefined],
    ['ECONNRESET', undefined],
    [undefined, undefined],
  ])('%s gets %s', (code, status) => {
    expect(statusOfParseError(parseError(code))).toBe(status);
  });

  it('are whole answers', () => {
    expect(Buffer.from(rawRefusal(400)).toString()).toBe(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
        'Content-Length: 12\r\n\r\nBad request\n',
    );
  });
});
