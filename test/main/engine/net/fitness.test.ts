import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../../main/contract/network.ts';
import { fitness } from '../../../../main/engine/net/fitness.ts';

const good: Omit<NetworkInterface, 'fit' | 'reason'> = {
  name: 'eth1',
  mac: '02:00:00:00:00:01',
  kind: 'wired',
  link: 'up',
  speedMbps: 1000,
  addresses: [{ address: '192.168.77.1', prefixLength: 24, family: 'IPv4' }],
  defaultRoute: false,
};

describe('fitness', () => {
  it('has nothing to say of a wired gigabit interface with an address', () => {
    expect(fitness(good)).toEqual({ fit: true });
  });

  it.each([
    ['loopback', { kind: 'loopback' }, false, /only this computer/],
    ['Wi-Fi', { kind: 'wireless' }, false, /wireless/],
    ['no cable', { link: 'down' }, false, /no link/],
    ['the office', { defaultRoute: true }, false, /default route/],
    ['a port of a bridge', { partOf: 'br0', addresses: [] }, false, /part of br0/],
    // A session can give it one, so a person can choose it.
    ['no address', { addresses: [] }, true, /no IPv4 address/],
    ['IPv6 only', { addresses: [{ address: 'fe80::1', prefixLength: 64, family: 'IPv6' }] }, true, /no IPv4 address/],
    ['a bridge', { kind: 'virtual' }, true, /virtual/],
    ['100 Mbit/s', { speedMbps: 100 }, true, /100 Mbit/],
  ] as const)('says of %s', (_name, change, fit, reason) => {
    const verdict = fitness({ ...good, ...change } as typeof good);
    expect(verdict.fit).toBe(fit);
    expect(verdict.reason).toMatch(reason);
  });
});
