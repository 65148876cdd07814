import { describe, expect, it } from 'vitest';
import { AddressPool } from '../../../../main/engine/dhcp/pool.ts';
import { reservedAddresses } from '../../../../main/engine/dhcp/pool-reservations.ts';

const network = { address: '10.88.0.1', prefixLength: 24 };
const pool = (first = '10.88.0.50', last = '10.88.0.53'): AddressPool => new AddressPool({ ...network, first, last });
const leased = (address: string, clientKey: string, expiresAtMs = 1000) =>
  ({ address, clientKey, expiresAtMs, kind: 'leased' }) as const;

describe('a kept address', () => {
  it('is given to its machine, inside the range and outside, and to nobody else', () => {
    const kept = pool();
    kept.reserve(new Set(['10.88.0.51', '10.88.0.200']));
    expect(kept.choose('a', undefined, 0, '10.88.0.51')).toBe('10.88.0.51');
    expect(kept.choose('b', undefined, 0, '10.88.0.200')).toBe('10.88.0.200');
    expect(kept.isAvailable('c', '10.88.0.200', 0)).toBe(false);
    expect(kept.choose('c', '10.88.0.51', 0)).not.toBe('10.88.0.51');
    const given = new Set<string | undefined>();
    for (const client of ['c', 'd', 'e', 'f']) {
      const address = kept.choose(client, undefined, 0);
      given.add(address);
      if (address !== undefined) kept.bind(leased(address, client));
    }
    expect(given).toEqual(new Set(['10.88.0.50', '10.88.0.52', '10.88.0.53', undefined]));
  });

  it('is not taken from who has it, and goes to its machine once it is free', () => {
    const kept = pool();
    kept.bind(leased('10.88.0.51', 'stranger'));
    kept.reserve(new Set(['10.88.0.51']));
    expect(kept.choose('owner', undefined, 0, '10.88.0.51')).not.toBe('10.88.0.51');
    // At its next asking the stranger is moved away.
    expect(kept.choose('stranger', undefined, 0)).not.toBe('10.88.0.51');
    expect(kept.choose('owner', undefined, 2000, '10.88.0.51')).toBe('10.88.0.51');
  });

  it('moves its machine there from the address that it had', () => {
    const kept = pool();
    kept.bind(leased('10.88.0.52', 'owner'));
    kept.reserve(new Set(['10.88.0.99']));
    expect(kept.choose('owner', '10.88.0.52', 0, '10.88.0.99')).toBe('10.88.0.99');
    kept.bind(leased('10.88.0.99', 'owner'));
    expect(kept.bindingOf('owner')?.address).toBe('10.88.0.99');
    expect(kept.isAvailable('other', '10.88.0.52', 0)).toBe(true);
  });

  it('that is kept no more is anybody’s', () => {
    const kept = pool('10.88.0.50', '10.88.0.50');
    kept.reserve(new Set(['10.88.0.50', '10.88.0.99']));
    expect(kept.choose('a', undefined, 0)).toBeUndefined();
    kept.reserve(new Set());
    expect(kept.choose('a', undefined, 0)).toBe('10.88.0.50');
    expect(kept.isAvailable('a', '10.88.0.99', 0)).toBe(false);
  });
});

describe('what can be kept on a network', () => {
  it('is what is in it, and nobody else’s', () => {
    const machines = ['10.88.0.20', '10.88.1.20', '10.88.0.0', '10.88.0.255', '10.88.0.1', '10.88.0.20', undefined].map(
      (address, index) => ({ line: index + 1, macs: [], values: {}, ...(address === undefined ? {} : { address }) }),
    );
    const { addresses, problems } = reservedAddresses(machines, network);
    expect([...addresses]).toEqual(['10.88.0.20']);
    expect(problems.map(({ machine, reason }) => [machine.line, reason])).toEqual([
      [2, 'it is not in 10.88.0.0/24'],
      [3, 'it is the address of the network itself'],
      [4, 'it is the address of the network itself'],
      [5, 'it is the address of the station'],
      [6, 'it is reserved for another machine'],
    ]);
  });
});
