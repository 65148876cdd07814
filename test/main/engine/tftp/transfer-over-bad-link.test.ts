import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NegotiatedTransfer } from '../../../../main/engine/tftp/options.ts';
import { goodLink, simulate, usualReceiver, type SimulatedReceiver } from './simulated-link.ts';

const negotiated = (windowSize: number, rolloverTo: 0 | 1 = 0, timeoutMs?: number): NegotiatedTransfer => ({
  acknowledged: [['windowsize', String(windowSize)]],
  blockSizeBytes: 1_468,
  windowSize,
  timeoutMs,
  rolloverTo,
  askedSize: false,
});
const plain: NegotiatedTransfer = { ...negotiated(1), acknowledged: [] };

describe('a transfer over a good link', () => {
  it.each([1, 2, 4, 16, 64])('sends every block once, windowsize %i', (windowSize) => {
    const run = simulate({
      negotiated: negotiated(windowSize),
      lastBlock: 1_000,
      faults: goodLink,
      receiver: usualReceiver,
      seed: 1,
    });
    expect(run).toMatchObject({ end: { outcome: 'complete' }, isWhole: true, dataPackets: 1_000, retransmits: 0 });
  });

  it.each([1, 4, 64])('sends every block once to a client that says everything twice, windowsize %i', (windowSize) => {
    const receiver: SimulatedReceiver = { ...usualReceiver, acknowledgementCopies: 2 };
    const run = simulate({
      negotiated: negotiated(windowSize),
      lastBlock: 1_000,
      faults: goodLink,
      receiver,
      seed: 1,
    });
    expect(run).toMatchObject({ end: { outcome: 'complete' }, isWhole: true, dataPackets: 1_000, retransmits: 0 });
  });

  it.each([
    [1, 0, 70_000],
    [1, 1, 70_000],
    [64, 0, 200_000],
    [64, 1, 200_000],
  ] as const)('counts on past 65535, windowsize %i, rollover to %i', (windowSize, rolloverTo, lastBlock) => {
    const shape = negotiated(windowSize, rolloverTo);
    const run = simulate({ negotiated: shape, lastBlock, faults: goodLink, receiver: usualReceiver, seed: 1 });
    expect(run).toMatchObject({ end: { outcome: 'complete' }, isWhole: true, dataPackets: lastBlock });
  });

  it('sends every block once where the source is slow', () => {
    const run = simulate({
      negotiated: negotiated(16),
      lastBlock: 300,
      faults: goodLink,
      receiver: usualReceiver,
      seed: 1,
      readAhead: { blocks: 5, everyMs: 20 },
    });
    expect(run).toMatchObject({ end: { outcome: 'complete' }, isWhole: true, dataPackets: 300 });
  });
});

describe('a transfer over a bad link', () => {
  const bad = { lossPercent: 5, duplicatePercent: 2, reorderPercent: 2 };

  // A window is sent whole, so a gap in it costs what came after the gap: at 7 % of faults about 7 of 16 blocks and 50
  // of 64. The limits are that and a quarter more. A storm of answers to doubles would be ten times as much.
  it.each([
    { windowSize: 1, most: 1.15, seconds: 20 },
    { windowSize: 4, most: 1.5, seconds: 10 },
    { windowSize: 16, most: 2.3, seconds: 6 },
    { windowSize: 64, most: 6, seconds: 6 },
  ])('with 5 % loss, 2 % doubled and 2 % late ends whole and soon: $windowSize', ({ windowSize, most, seconds }) => {
    const lastBlock = 5_000;
    for (const outOfOrder of ['acknowledge', 'acknowledge-once'] as const) {
      const receiver: SimulatedReceiver = { ...usualReceiver, outOfOrder };
      const run = simulate({ negotiated: negotiated(windowSize), lastBlock, faults: bad, receiver, seed: 7 });
      expect(run).toMatchObject({ end: { outcome: 'complete' }, isWhole: true, receivedBlocks: lastBlock });
      expect(run.dataPackets).toBeLessThan(most * lastBlock);
      expect(run.durationMs).toBeLessThan(seconds * 1_000);
    }
  });

  it('counts what it sends again', () => {
    const run = simulate({
      negotiated: negotiated(8),
      lastBlock: 500,
      faults: bad,
      receiver: usualReceiver,
      seed: 3,
    });
    expect(run.dataPackets - run.retransmits).toBeLessThanOrEqual(500);
    expect(run.retransmits).toBeGreaterThan(0);
  });

  const percent = fc.integer({ min: 0, max: 10 });
  const faults = fc.record({ lossPercent: percent, duplicatePercent: percent, reorderPercent: percent });
  const receiver = fc.record<SimulatedReceiver>({
    outOfOrder: fc.constantFrom('acknowledge', 'acknowledge-once', 'ignore'),
    timeoutMs: fc.constantFrom(undefined, 100, 1_000, 5_000),
    leavesEarly: fc.boolean(),
    acknowledgementCopies: fc.integer({ min: 1, max: 3 }),
  });
  const shape = fc.oneof(
    fc.constant(plain),
    fc
      .tuple(
        fc.constantFrom(1, 2, 3, 4, 16, 64),
        fc.constantFrom(0 as const, 1 as const),
        fc.constantFrom(undefined, 1_000),
      )
      .map(([windowSize, rolloverTo, timeoutMs]) => negotiated(windowSize, rolloverTo, timeoutMs)),
  );

  it('never delivers a wrong block, always ends, and completes for a client that is there', () => {
    fc.assert(
      fc.property(
        shape,
        faults,
        receiver,
        fc.integer({ min: 1, max: 400 }),
        fc.integer(),
        (negotiated, faults, receiver, lastBlock, seed) => {
          const run = simulate({ negotiated, lastBlock, faults, receiver, seed });
          expect(run.isWhole).toBe(true);
          // The few tries for a client that has not been heard of may all be lost; it would ask again.
          const neverHeard = run.receivedBlocks === 0 && run.end?.outcome === 'aborted';
          expect(run).toMatchObject(
            neverHeard
              ? { end: { reason: 'the client never answered' } }
              : { end: { outcome: 'complete' }, receivedBlocks: lastBlock },
          );
        },
      ),
      { numRuns: 400, seed: 20_260_101 },
    );
  });
});
