import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPool, type Binding, InvalidPool } from '../../../../main/engine/dhcp/pool.ts';

const network = { address: '10.88.0.1', prefixLength: 24 };
const small = (): AddressPool => new AddressPool({ ...network, first: '10.88.0.50', last: '10.88.0.52' });

const leased = (address: string, clientKey: string, expiresAtMs: number): Binding => ({
  address,
  clientKey,
  kind: 'leased',
  expiresAtMs,
});

/** Gives a client what the pool chooses for it. */
function lease(pool: AddressPool, clientKey: string, nowMs: number, durationMs = 1000): string | undefined {
  const address = pool.choose(clientKey, undefined, nowMs);
  if (address !== undefined) pool.bind(leased(address, clientKey, nowMs + durationMs));
  return address;
}

describe('a range', () => {
  it.each<[string, Partial<ConstructorParameters<typeof AddressPool>[0]>, RegExp]>([
    ['that is no address', { first: 'here' }, /not two addresses/],
    ['the wrong way round', { first: '10.88.0.60', last: '10.88.0.50' }, /end is before/],
    ['outside the subnet', { last: '10.88.1.9' }, /not inside 10\.88\.0\.0\/24/],
    ['of the station only', { first: '10.88.0.1', last: '10.88.0.1' }, /no address/],
    ['in a network of two', { address: '10.88.0.50', prefixLength: 32, last: '10.88.0.50' }, /no address/],
    ['of a whole /8', { address: '10.0.0.1', prefixLength: 8, first: '10.0.0.2', last: '10.255.255.254' }, /more than/],
  ])('%s is refused', (_, change, reason) => {
    const options = { ...network, first: '10.88.0.50', last: '10.88.0.99', ...change };
    expect(() => new AddressPool(options)).toThrow(InvalidPool);
    expect(() => new AddressPool(options)).toThrow(reason);
  });

  it('over the whole subnet leaves out station, network and broadcast', () => {
    const pool = new AddressPool({ ...network, prefixLength: 29, first: '10.88.0.0', last: '10.88.0.7' });
    const given = Array.from({ length: 6 }, (_, index) => lease(pool, `client ${index}`, 0));
    expect(pool.size).toBe(5);
    expect(given.filter((address) => address !== undefined).sort()).toEqual(
      [2, 3, 4, 5, 6].map((host) => `10.88.0.${host}`),
    );
    for (const address of ['10.88.0.0', '10.88.0.1', '10.88.0.7'])
      expect(pool.isAvailable('x', address, 0)).toBe(false);
  });
});

describe('choosing', () => {
  it('is stable for a machine, also for a station that remembers nothing', () => {
    const open = (): AddressPool => new AddressPool({ ...network, first: '10.88.0.50', last: '10.88.0.250' });
    const keys = Array.from({ length: 20 }, (_, index) => `1/52:54:00:12:34:${String(index).padStart(2, '0')}`);
    const first = open();
    const before = keys.map((key) => lease(first, key, 0));
    const second = open();
    const after = keys.map((key) => lease(second, key, 0));
    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(keys.length);
    // In another order too, but for those that met on the same number.
    const third = open();
    const reversed = keys
      .toReversed()
      .map((key) => lease(third, key, 0))
      .toReversed();
    expect(reversed.filter((address, index) => address === before[index]).length).toBeGreaterThan(14);
  });

  it('prefers what was never given to what is remembered', () => {
    const pool = small();
    const address = lease(pool, 'a', 0) ?? '';
    pool.bind({ ...leased(address, 'a', 0), kind: 'released' });
    expect([lease(pool, 'b', 1), lease(pool, 'c', 1)]).not.toContain(address);
    expect(pool.choose('a', undefined, 1)).toBe(address);
    expect(lease(pool, 'd', 1)).toBe(address);
    expect(pool.bindingOf('a')).toBeUndefined();
  });

  it('takes the lease that ended first when nothing else is left', () => {
    const pool = small();
    const [a] = ['a', 'b', 'c'].map((key, index) => lease(pool, key, index * 10));
    expect(pool.choose('d', undefined, 999)).toBeUndefined();
    expect(pool.choose('d', undefined, 1000)).toBe(a);
  });

  it('counts a renewed lease by its new end', () => {
    const pool = small();
    const [a = '', b] = ['a', 'b', 'c'].map((key) => lease(pool, key, 0));
    pool.bind(leased(a, 'a', 2000));
    expect(pool.choose('d', undefined, 1000)).toBe(b);
  });
});

describe('binding', () => {
  it('gives a client one address, the last', () => {
    const pool = small();
    pool.bind(leased('10.88.0.50', 'a', 1000));
    pool.bind(leased('10.88.0.51', 'a', 1000));
    expect(pool.bindingOf('a')?.address).toBe('10.88.0.51');
    expect(pool.isAvailable('b', '10.88.0.50', 0)).toBe(true);
    expect(pool.isAvailable('b', '10.88.0.51', 0)).toBe(false);
  });

  it('outside the range is passed over: the file may be of another pool', () => {
    const pool = small();
    pool.bind(leased('10.88.0.99', 'a', 1000));
    expect(pool.bindingOf('a')).toBeUndefined();
  });

  it('remembers for a restart all but offers', () => {
    const pool = small();
    pool.bind({ ...leased('10.88.0.50', 'a', 1000), kind: 'offered' });
    pool.bind(leased('10.88.0.51', 'b', 1000));
    pool.bind({ address: '10.88.0.52', kind: 'declined', clientKey: undefined, expiresAtMs: 1000 });
    expect([...pool.lasting()].map(({ address }) => address).sort()).toEqual(['10.88.0.51', '10.88.0.52']);
  });
});

it('agrees with a pool that looks at every address', () => {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const action = fc.record({
    key: fc.constantFrom(...keys),
    kind: fc.constantFrom('leased' as const, 'offered' as const, 'released' as const, 'declined' as const),
    wanted: fc.constantFrom(undefined, '10.88.0.50', '10.88.0.51', '10.88.0.52', '10.88.0.1'),
    waitMs: fc.constantFrom(0, 40, 400),
  });
  const durationMs = { leased: 1000, offered: 60, released: 0, declined: 600 };
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const pool = small();
      const model = new Map<string, Binding>();
      let nowMs = 0;
      for (const { key, kind, wanted, waitMs } of actions) {
        nowMs += waitMs;
        const own = [...model.values()].find(({ clientKey }) => clientKey === key);
        const isFree = (address: string): boolean => (model.get(address)?.expiresAtMs ?? 0) <= nowMs;
        const free = ['10.88.0.50', '10.88.0.51', '10.88.0.52'].filter(isFree);
        const chosen = pool.choose(key, wanted, nowMs);
        const preferred = own?.address ?? free.find((address) => address === wanted);
        const allowed = free.length === 0 ? [undefined] : free;
        expect(preferred === undefined ? allowed : [preferred]).toContain(chosen);
        if (chosen === undefined) continue;
        const clientKey = kind === 'declined' ? undefined : key;
        const binding = { address: chosen, kind, clientKey, expiresAtMs: nowMs + durationMs[kind] };
        pool.bind(binding);
        if (own !== undefined) model.delete(own.address);
        model.set(chosen, binding);
      }
    }),
    { numRuns: 1000 },
  );
});

it('chooses and gives in a time that does not grow with the pool', () => {
  const ROUNDS = 3 * 16_384;
  /** What so many leases take, each new machine taking over the lease that ended first. */
  const durationMs = (size: number): number => {
    const last = `10.1.${(size >> 8) - 1}.255`;
    const pool = new AddressPool({ address: '10.0.0.1', prefixLength: 8, first: '10.1.0.0', last });
    const startedAt = performance.now();
    for (let index = 0; index < ROUNDS; index++) lease(pool, `client ${index}`, index, 1);
    const endedAt = performance.now();
    expect([...pool.lasting()]).toHaveLength(size);
    return endedAt - startedAt;
  };
  // The best of some, taken in turns: other work of the computer disturbs both alike.
  const runs = Array.from({ length: 4 }, () => ({ small: durationMs(512), large: durationMs(16_384) }));
  const small = Math.min(...runs.map((run) => run.small));
  const large = Math.min(...runs.map((run) => run.large));
  // 32 times the addresses: what looks at all of them takes 32 times as long for each.
  expect(large / small).toBeLessThan(12);
});
