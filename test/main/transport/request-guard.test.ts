import { describe, expect, it } from 'vitest';
import { isOwnRequest, ownHosts } from '../../../main/transport/request-guard.ts';

const hosts = ownHosts('127.0.0.1', 8460);

describe('isOwnRequest', () => {
  it.each([
    ['the address itself', { host: '127.0.0.1:8460' }, true],
    ['localhost', { host: 'LOCALHOST:8460', origin: 'http://localhost:8460' }, true],
    ['a name that was pointed here', { host: 'evil.example:8460' }, false],
    ['no host', {}, false],
    ['another port', { host: '127.0.0.1:80' }, false],
    ['a page of somebody else', { host: '127.0.0.1:8460', origin: 'http://evil.example' }, false],
    ['a sandboxed page', { host: '127.0.0.1:8460', origin: 'null' }, false],
    ['https of the same name', { host: '127.0.0.1:8460', origin: 'https://127.0.0.1:8460' }, false],
  ])('%s', (_name, headers, expected) => {
    expect(isOwnRequest({ headers }, hosts)).toBe(expected);
  });
});
