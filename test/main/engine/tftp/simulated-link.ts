import type { NegotiatedTransfer } from '../../../../main/engine/tftp/options.ts';
import { wireBlockNumber } from '../../../../main/engine/tftp/transfer-block-number.ts';
import { Transfer, type TransferEnd, type TransferStep } from '../../../../main/engine/tftp/transfer.ts';

/** A transfer over a bad link to a receiver that follows RFC 1350 and RFC 7440, in virtual time: no sockets, no waiting. */

export interface LinkFaults {
  readonly lossPercent: number;
  readonly duplicatePercent: number;
  readonly reorderPercent: number;
}

export interface SimulatedReceiver {
  /** What it does with each packet that is not the next one: says again what it has, once per gap, or nothing. */
  readonly outOfOrder: 'acknowledge' | 'acknowledge-once' | 'ignore';
  /** Sends its last acknowledgement again after so long without anything new; undefined leaves it to the server. */
  readonly timeoutMs: number | undefined;
  /** Says nothing about the last block, as a loader that jumps into its image. */
  readonly leavesEarly: boolean;
  /** Sends every acknowledgement so many times. */
  readonly acknowledgementCopies: number;
}

export interface SimulatedRun {
  readonly end: TransferEnd | undefined;
  readonly receivedBlocks: number;
  /** Every block came in order, with the wire number it has to have. */
  readonly isWhole: boolean;
  readonly dataPackets: number;
  readonly retransmits: number;
  readonly durationMs: number;
}

export const goodLink: LinkFaults = { lossPercent: 0, duplicatePercent: 0, reorderPercent: 0 };

export const usualReceiver: SimulatedReceiver = {
  outOfOrder: 'acknowledge-once',
  timeoutMs: 1_000,
  leavesEarly: false,
  acknowledgementCopies: 1,
};

const ONE_WAY_MS = 0.15;
const PACKET_MS = 0.012;
const OVERTAKEN_MS = 1;
const MAX_EVENTS = 5_000_000;

/** Mulberry32: chance that is the same at every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function simulate(options: {
  readonly negotiated: NegotiatedTransfer;
  readonly lastBlock: number;
  readonly faults: LinkFaults;
  readonly receiver: SimulatedReceiver;
  readonly seed: number;
  /** Blocks that the source has ready at a time, so many milliseconds apart. */
  readonly readAhead?: { readonly blocks: number; readonly everyMs: number };
}): SimulatedRun {
  const { negotiated, lastBlock, faults, receiver } = options;
  const next = chance(options.seed);
  const hits = (percent: number): boolean => percent > 0 && next() * 100 < percent;
  const queue: { atMs: number; order: number; run: () => void }[] = [];
  let nowMs = 0;
  let order = 0;
  const at = (atMs: number, run: () => void): void => {
    // Binary search keeps the queue sorted: runs have hundreds of thousands of packets.
    let low = 0;
    let high = queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((queue[middle]?.atMs ?? 0) > atMs) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, { atMs, order: order++, run });
  };
  const deliver = (delayMs: number, run: () => void): void => {
    if (hits(faults.lossPercent)) return;
    const copies = hits(faults.duplicatePercent) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      at(nowMs + delayMs + ONE_WAY_MS + (hits(faults.reorderPercent) ? OVERTAKEN_MS : 0), run);
    }
  };

  const transfer = new Transfer(negotiated, nowMs);
  let end: TransferEnd | undefined;
  let dataPackets = 0;
  let retransmits = 0;
  let availableThrough = 0;
  let timerAtMs = Infinity;

  const carryOut = (step: TransferStep): void => {
    end ??= step.end;
    retransmits += step.retransmits;
    if (step.sendOptionAcknowledgement) deliver(0, () => receive(0, 0));
    for (let index = 0; index < step.blockCount; index += 1) {
      const block = step.firstBlock + index;
      dataPackets += 1;
      const wireNumber = wireBlockNumber(block, negotiated.rolloverTo);
      deliver(index * PACKET_MS, () => receive(block, wireNumber));
    }
    const { deadlineMs } = transfer;
    if (deadlineMs >= timerAtMs || deadlineMs === Infinity) return;
    timerAtMs = deadlineMs;
    at(deadlineMs, () => {
      if (timerAtMs !== nowMs) return;
      timerAtMs = Infinity;
      carryOut(transfer.timerFired(nowMs));
    });
  };
  let readableAtMs = 0;
  const provide = (): void => {
    if (!transfer.wantsData) return;
    const { blocks, everyMs } = options.readAhead ?? { blocks: Infinity, everyMs: 0 };
    const wanted = Math.min(transfer.acknowledgedThrough + 2 * negotiated.windowSize, lastBlock);
    if (nowMs >= readableAtMs && availableThrough < wanted) {
      availableThrough = Math.min(wanted, availableThrough + blocks);
      readableAtMs = nowMs + everyMs;
      if (everyMs > 0) at(readableAtMs, provide);
    }
    carryOut(transfer.dataAvailable(availableThrough, availableThrough === lastBlock ? lastBlock : undefined, nowMs));
  };

  let received = 0;
  let inWindow = 0;
  let saidGapAt = -1;
  let isWhole = true;
  let isOffered = negotiated.acknowledged.length === 0;
  let quietTimer = 0;
  const acknowledge = (): void => {
    inWindow = 0;
    if (received === lastBlock && receiver.leavesEarly) return;
    const wireNumber = wireBlockNumber(received, negotiated.rolloverTo);
    for (let copy = 0; copy < receiver.acknowledgementCopies; copy += 1) {
      deliver(copy * PACKET_MS, () => {
        carryOut(transfer.acknowledged(wireNumber, nowMs));
        provide();
      });
    }
    const mine = ++quietTimer;
    if (receiver.timeoutMs === undefined || received === lastBlock) return;
    at(nowMs + receiver.timeoutMs, () => {
      if (mine === quietTimer && end === undefined) acknowledge();
    });
  };
  const receive = (block: number, wireNumber: number): void => {
    if (block === 0) {
      isOffered = true;
      if (received === 0) acknowledge();
      return;
    }
    if (!isOffered) isWhole = false;
    if (wireNumber !== wireBlockNumber(received + 1, negotiated.rolloverTo) || received === lastBlock) {
      // One block at a time everybody acknowledges a repeated block again, or a lost acknowledgement would end it all.
      const isRepeated = block <= received;
      if (isRepeated && (negotiated.windowSize === 1 || block === received)) acknowledge();
      else if (receiver.outOfOrder === 'acknowledge') acknowledge();
      else if (receiver.outOfOrder === 'acknowledge-once' && saidGapAt !== received) {
        saidGapAt = received;
        acknowledge();
      }
      return;
    }
    if (block !== received + 1) isWhole = false;
    received += 1;
    inWindow += 1;
    if (inWindow === negotiated.windowSize || received === lastBlock) acknowledge();
  };

  carryOut(transfer.start(nowMs));
  provide();
  const isOver = (): boolean => end !== undefined;
  for (let count = 0; !isOver() && count < MAX_EVENTS; count += 1) {
    const event = queue.pop();
    if (event === undefined) break;
    nowMs = event.atMs;
    event.run();
  }
  return { end, receivedBlocks: received, isWhole, dataPackets, retransmits, durationMs: nowMs };
}
