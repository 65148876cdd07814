import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../../main/contract/network.ts';
import { defaultPool } from '../../../../main/engine/net/default-pool.ts';
import { parsePool, servingAddress } from '../../../../main/engine/net/serving-address.ts';

const bench: NetworkInterface = {
  name: 'eth1',
  mac: '02:00:00:00:00:01',
  kind: 'wired',
  link: 'up',
  addresses: [
    { address: 'fe80::1', prefixLength: 64, family: 'IPv6' },
    { address: '192.168.77.1', prefixLength: 24, family: 'IPv4' },
  ],
  defaultRoute: false,
  fit: true,
};

const strict = { unfit: false, shared: false };

describe('servingAddress', () => {
  it('is the first IPv4 address', () => {
    expect(servingAddress(bench, strict)).toEqual({ address: '192.168.77.1', prefixLength: 24 });
  });

  it.each([
    ['a link that is down', { link: 'down' }, 'E_INTERFACE_DOWN'],
    ['no IPv4 address', { addresses: [] }, 'E_INTERFACE_NO_ADDRESS'],
    [
      'a subnet without room',
      { addresses: [{ address: '10.0.0.1', prefixLength: 31, family: 'IPv4' }] },
      'E_INTERFACE_NO_ADDRESS',
    ],
    ['the default route', { defaultRoute: true }, 'E_INTERFACE_UNFIT'],
    ['Wi-Fi', { kind: 'wireless' }, 'E_INTERFACE_UNFIT'],
  ] as const)('refuses %s', (_name, change, code) => {
    expect(() => servingAddress({ ...bench, ...change } as NetworkInterface, strict)).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });

  it('takes an unfit interface when told to', () => {
    expect(servingAddress({ ...bench, defaultRoute: true }, { ...strict, unfit: true }).address).toBe('192.168.77.1');
  });

  it('takes a network that others use where another server hands out the addresses there, but no Wi-Fi', () => {
    const shared = { ...strict, shared: true };
    expect(servingAddress({ ...bench, defaultRoute: true }, shared).address).toBe('192.168.77.1');
    expect(() => servingAddress({ ...bench, kind: 'wireless' }, shared)).toThrow(
      expect.objectContaining({ code: 'E_INTERFACE_UNFIT' }) as Error,
    );
  });
});

describe('pools', () => {
  const serving = { address: '192.168.77.1', prefixLength: 24 };

  it.each([
    ['192.168.77.1', 24, '192.168.77.103', '192.168.77.254'],
    ['10.0.0.1', 8, '10.255.251.255', '10.255.255.254'],
    ['192.168.1.1', 30, '192.168.1.2', '192.168.1.2'],
  ])('of %s/%i are %s to %s by default', (address, prefixLength, first, last) => {
    expect(defaultPool({ address, prefixLength })).toEqual({ first, last });
  });

  it('are read from FROM-TO', () => {
    expect(parsePool('192.168.77.10 - 192.168.77.20', serving)).toEqual({
      first: '192.168.77.10',
      last: '192.168.77.20',
    });
  });

  it.each([
    '',
    '192.168.77.10',
    '192.168.77.20-192.168.77.10',
    '192.168.78.1-192.168.78.9',
    '192.168.77.0-192.168.77.9',
    'a-b',
  ])('are refused for %j', (value) => {
    expect(() => parsePool(value, serving)).toThrow(expect.objectContaining({ code: 'E_POOL_INVALID' }) as Error);
  });
});
