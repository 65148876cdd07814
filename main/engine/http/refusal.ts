import { STATUS_CODES } from 'node:http';
import { planMessage } from './response-plan.ts';

/** Answers to what Node's parser could not read as a request: there is no ServerResponse then. Pure. */

/** Undefined where the client is gone and there is nobody to answer. */
export function statusOfParseError({ code = '' }: NodeJS.ErrnoException): number | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  // The stream ended inside a request, or TCP broke: as a rule the client's machine was switched off.
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE' ? 400 : undefined;
}

export function rawRefusal(status: number): Uint8Array {
  const { headers, body } = planMessage(status, [['Connection', 'close']]);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(`${head}\r\n\r\n`, 'latin1'),
    ...body.flatMap((part) => (part.kind === 'bytes' ? [part.bytes] : [])),
  ]);
}
