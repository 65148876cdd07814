import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequestTarget } from '../../../../main/engine/http/request-target.ts';

describe('parseRequestTarget', () => {
  it.each([
    ['/', '/'],
    ['/a/b.efi', '/a/b.efi'],
    ['/a%20b', '/a b'],
    ['/a+b', '/a+b'],
    ['/%2e%2e%2fetc', '/../etc'],
    ['/%252e%252e', '/%2e%2e'],
    ['/%00', '/\0'],
    ['/caf%C3%A9', '/café'],
    ['/caf\u00c3\u00a9', '/café'],
    ['/a?b', '/a'],
    ['http://192.168.77.1/a', '/a'],
    ['HTTP://host:8080/a?b=c', '/a'],
    ['http://host', '/'],
    ['http://host?b', '/'],
    ['//host/a', '//host/a'],
  ])('decodes %j once', (target, path) => {
    expect(parseRequestTarget(target)?.path).toBe(path);
  });

  it.each([
    '',
    '*',
    'a/b',
    'https://host/a',
    'ftp://host/a',
    'host:80',
    '/%',
    '/%4',
    '/%zz',
    '/%ff',
    '/\u00ff',
    '?a=b',
  ])('refuses %j', (target) => {
    expect(parseRequestTarget(target)).toBeUndefined();
  });

  it('hands the query on', () => {
    const query = parseRequestTarget('/machine.ipxe?mac=52:54:00:00:00:01&product=A+B%26C&odd=a?b')?.query;
    expect([...(query ?? [])]).toEqual([
      ['mac', '52:54:00:00:00:01'],
      ['product', 'A B&C'],
      ['odd', 'a?b'],
    ]);
  });

  it('gives back what encodeURIComponent made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(parseRequestTarget(`/${encodeURIComponent(name)}`)?.path).toBe(`/${name}`);
      }),
    );
  });
});
