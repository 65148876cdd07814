import { describe, expect, it } from 'vitest';
import { interpretRequest, type ReceivedRequest } from '../../../../main/engine/http/interpret-request.ts';

const request = (overrides: Partial<ReceivedRequest> = {}) =>
  interpretRequest({ method: 'GET', target: '/a', httpVersion: '1.1', hasBody: false, ...overrides });

describe('interpretRequest', () => {
  it.each([
    [{}, 'a'],
    [{ method: 'HEAD' }, 'a'],
    [{ httpVersion: '1.0' }, 'a'],
    [{ target: '/' }, ''],
    [{ target: '//a/./b%20c?d' }, 'a/b c'],
    [{ target: '/a%5Cb' }, 'a/b'],
    [{ target: 'http://anyone/a' }, 'a'],
  ])('finds in %j the path %j', (overrides, path) => {
    expect(request(overrides)).toMatchObject({ kind: 'file', path });
  });

  it.each([
    [{ target: '*' }, 400],
    [{ target: '/%' }, 400],
    [{ httpVersion: '0.9' }, 400],
    [{ httpVersion: '2.0' }, 400],
    [{ hasBody: true }, 400],
    [{ method: 'POST', hasBody: true }, 405],
    [{ target: '/../a' }, 404],
    [{ target: '/%2e%2e/a' }, 404],
    [{ target: '/a%00' }, 404],
  ])('refuses %j with %i', (overrides, status) => {
    expect(request(overrides)).toMatchObject({ kind: 'refused', answer: { status } });
  });

  it('tells the path without what a terminal would obey', () => {
    expect(request({ target: '/..%1b%5b2J' })).toMatchObject({ path: '/..?[2J' });
    expect(request({ target: `/../${'x'.repeat(500)}` })).toMatchObject({ path: `/../${'x'.repeat(196)}` });
  });
});
