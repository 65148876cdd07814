import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksAhead, wireBlockNumber } from '../../../../main/engine/tftp/transfer-block-number.ts';

describe('wireBlockNumber', () => {
  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [65_535, 65_535, 65_535],
    [65_536, 0, 1],
    [65_537, 1, 2],
    [131_070, 65_534, 65_535],
    [131_071, 65_535, 1],
    [131_072, 0, 2],
  ])('block %i is %i, or %i where the client wants to go on at 1', (block, fromZero, fromOne) => {
    expect(wireBlockNumber(block, 0)).toBe(fromZero);
    expect(wireBlockNumber(block, 1)).toBe(fromOne);
  });
});

describe('blocksAhead', () => {
  it('finds a block ahead by its wire number, wherever the numbers start again', () => {
    const block = fc.integer({ min: 0, max: 10_000_000 });
    const ahead = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(block, ahead, fc.constantFrom(0 as const, 1 as const), (block, ahead, rolloverTo) => {
        expect(blocksAhead(block, wireBlockNumber(block + ahead, rolloverTo), rolloverTo)).toBe(ahead);
      }),
      { numRuns: 1_000 },
    );
  });

  it('puts what lies behind far away', () => {
    const behind = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: 1_000_000 }), behind, (block, behind) => {
        expect(blocksAhead(block, wireBlockNumber(block - behind, 0), 0)).toBeGreaterThan(60_000);
        expect(blocksAhead(block, wireBlockNumber(block - behind, 1), 1)).toBeGreaterThan(60_000);
      }),
    );
  });
});
