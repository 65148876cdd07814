import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockSizeForMtu, negotiate, type OptionLimits } from '../../../../main/engine/tftp/options.ts';
import type { RequestedOptions } from '../../../../main/engine/tftp/packet.ts';

const limits: OptionLimits = { maxBlockSizeBytes: 1_468, maxWindowSize: 64, maxWindowBytes: 128 * 1_024 };
const file = { sizeBytes: 5_000_000_000, mode: 'octet' } as const;

/** "blksize=1468 tsize=0" as option pairs. */
const pairs = (text: string): RequestedOptions =>
  text.split(' ').flatMap((word): [string, string][] => {
    const [name = '', value = ''] = word.split('=');
    return name === '' ? [] : [[name, value]];
  });

describe('negotiate', () => {
  it.each([
    // Asked for by real clients.
    ['tsize=0 blksize=1468 windowsize=4', 'tsize=5000000000 blksize=1468 windowsize=4'],
    ['blksize=1468 windowsize=4', 'blksize=1468 windowsize=4'],
    ['blksize=1432 tsize=0', 'blksize=1432 tsize=5000000000'],
    ['timeout=5 blksize=1468', 'timeout=5 blksize=1468'],
    ['tsize=0', 'tsize=5000000000'],
    ['', ''],
    // Never more than asked for, never in another case, never twice.
    ['blksize=512', 'blksize=512'],
    ['blksize=8', 'blksize=8'],
    ['blksize=1469', 'blksize=1468'],
    ['blksize=65464', 'blksize=1468'],
    ['windowsize=1', 'windowsize=1'],
    ['windowsize=65535', 'windowsize=64'],
    ['BLKSIZE=1024 TSize=0', 'blksize=1024 tsize=5000000000'],
    ['blksize=1024 blksize=512 BlkSize=8', 'blksize=1024'],
    ['timeout=1', 'timeout=1'],
    ['timeout=255', 'timeout=255'],
    ['rollover=0', 'rollover=0'],
    ['rollover=1', 'rollover=1'],
    // What was sent with tsize means nothing in a read request.
    ['tsize=17', 'tsize=5000000000'],
    // Illegal values are as if never asked for.
    ['blksize=7', ''],
    ['blksize=0', ''],
    ['blksize=65465', ''],
    ['blksize=-8', ''],
    ['blksize=+512', ''],
    ['blksize=0x200', ''],
    ['blksize=512.0', ''],
    ['blksize=1e3', ''],
    ['blksize=', ''],
    ['blksize=99999999999999999999', ''],
    ['windowsize=0', ''],
    ['windowsize=65536', ''],
    ['windowsize=four', ''],
    ['timeout=0', ''],
    ['timeout=256', ''],
    ['rollover=2', ''],
    ['blksize=7 tsize=0', 'tsize=5000000000'],
    // Not known here.
    ['multicast= utimeout=500000 x=y', ''],
    ['multicast= blksize=1024', 'blksize=1024'],
    ['__proto__=1 constructor=2', ''],
  ])('%j is answered by %j', (asked, answered) => {
    expect(negotiate(pairs(asked), file, limits).acknowledged).toEqual(pairs(answered));
  });

  it('is RFC 1350 without options', () => {
    expect(negotiate([], file, limits)).toEqual({
      acknowledged: [],
      blockSizeBytes: 512,
      windowSize: 1,
      timeoutMs: undefined,
      rolloverTo: 0,
      askedSize: false,
    });
  });

  it('uses what it acknowledges', () => {
    const asked = pairs('windowsize=16 blksize=1024 timeout=3 rollover=1 tsize=0');
    expect(negotiate(asked, file, limits)).toMatchObject({
      blockSizeBytes: 1_024,
      windowSize: 16,
      timeoutMs: 3_000,
      rolloverTo: 1,
      askedSize: true,
    });
  });

  it('tells the size of an empty file', () => {
    expect(negotiate(pairs('tsize=0'), { ...file, sizeBytes: 0 }, limits).acknowledged).toEqual([['tsize', '0']]);
  });

  it('keeps a window of large blocks within the bytes that a client can take at once, in any order of options', () => {
    const jumbo = { ...limits, maxBlockSizeBytes: 8_968 };
    expect(negotiate(pairs('windowsize=64 blksize=8192'), file, jumbo)).toMatchObject({ windowSize: 16 });
    expect(negotiate(pairs('blksize=8192 windowsize=64'), file, jumbo)).toMatchObject({ windowSize: 16 });
    const loopback = { ...limits, maxBlockSizeBytes: 65_464 };
    expect(negotiate(pairs('blksize=65464 windowsize=64'), file, loopback)).toMatchObject({ windowSize: 2 });
    expect(negotiate(pairs('blksize=65464 windowsize=64'), file, { ...loopback, maxWindowBytes: 1 })).toMatchObject({
      windowSize: 1,
    });
  });

  it('promises neither size nor window for netascii', () => {
    const asked = pairs('tsize=0 windowsize=8 blksize=1024');
    expect(negotiate(asked, { ...file, mode: 'netascii' }, limits)).toMatchObject({
      acknowledged: [['blksize', '1024']],
      windowSize: 1,
      askedSize: false,
    });
  });

  it('answers a subset of what was asked for, in lower case, never greater, whatever is asked', () => {
    const name = fc.constantFrom('blksize', 'BlkSize', 'tsize', 'timeout', 'windowsize', 'rollover', 'multicast', '');
    const value = fc.oneof(fc.integer({ min: -10, max: 70_000 }).map(String), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 12 }), (asked) => {
        const { acknowledged, blockSizeBytes, windowSize } = negotiate(asked, file, limits);
        const names = acknowledged.map(([answered]) => answered);
        expect(new Set(names).size).toBe(names.length);
        for (const [answered, number] of acknowledged) {
          const first = asked.find(([name]) => name.toLowerCase() === answered);
          expect(first).toBeDefined();
          expect(number).toMatch(/^\d+$/);
          expect(answered === 'tsize' || Number(number) <= Number(first?.[1])).toBe(true);
        }
        expect(blockSizeBytes).toBeGreaterThanOrEqual(8);
        expect(blockSizeBytes).toBeLessThanOrEqual(limits.maxBlockSizeBytes);
        expect(windowSize).toBeGreaterThanOrEqual(1);
        expect(windowSize).toBeLessThanOrEqual(64);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('blockSizeForMtu', () => {
  it.each([
    [1_500, 1_468],
    [9_000, 8_968],
    [65_536, 65_464],
    [576, 544],
    [300, 512],
  ])('an MTU of %i carries blocks of %i', (mtuBytes, blockSizeBytes) => {
    expect(blockSizeForMtu(mtuBytes)).toBe(blockSizeBytes);
  });
});
