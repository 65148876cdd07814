import { describe, expect, it } from 'vitest';
import type { NegotiatedTransfer } from '../../../../main/engine/tftp/options.ts';
import { Transfer, type TransferStep } from '../../../../main/engine/tftp/transfer.ts';

const plain: NegotiatedTransfer = {
  acknowledged: [],
  blockSizeBytes: 512,
  windowSize: 1,
  timeoutMs: undefined,
  rolloverTo: 0,
  askedSize: false,
};
const withOptions = (options: Partial<NegotiatedTransfer> = {}): NegotiatedTransfer => ({
  ...plain,
  acknowledged: [['blksize', '1468']],
  ...options,
});

/** A transfer whose source has everything ready, driven by hand. Sent blocks are written `3` or `3-6`, the OACK `OACK`. */
function drive(negotiated: NegotiatedTransfer, lastBlock: number) {
  let nowMs = 0;
  const transfer = new Transfer(negotiated, nowMs);
  let last: TransferStep | undefined;
  let retransmits = 0;

  const said = (...steps: readonly TransferStep[]): string => {
    const words = steps.flatMap((step) => {
      last = step;
      retransmits += step.retransmits;
      if (step.end !== undefined) return [step.end.outcome];
      if (step.sendOptionAcknowledgement) return ['OACK'];
      if (step.blockCount === 0) return [];
      const through = step.firstBlock + step.blockCount - 1;
      return [through === step.firstBlock ? `${through}` : `${step.firstBlock}-${through}`];
    });
    return words.join(' ');
  };
  const withData = (step: TransferStep): string =>
    said(step, ...(transfer.wantsData ? [transfer.dataAvailable(lastBlock, lastBlock, nowMs)] : []));

  return {
    transfer,
    start: () => withData(transfer.start(nowMs)),
    ack: (wireNumber: number, afterMs = 1) => {
      nowMs += afterMs;
      return withData(transfer.acknowledged(wireNumber, nowMs));
    },
    again: (afterMs = 1) => {
      nowMs += afterMs;
      return said(transfer.requestRepeated(nowMs));
    },
    error: (code: number, message = '') => said(transfer.peerError(code, message)),
    /** Lets time pass up to the next deadline and fires the timer. */
    timeout: () => {
      nowMs = transfer.deadlineMs;
      return said(transfer.timerFired(nowMs));
    },
    untilDeadline: () => transfer.deadlineMs - nowMs,
    end: () => last?.end,
    retransmits: () => retransmits,
  };
}

describe('one block at a time', () => {
  it('sends block 1 at once where no option was asked for', () => {
    const t = drive(plain, 2);
    expect(t.start()).toBe('1');
    expect(t.ack(1)).toBe('2');
    expect(t.ack(2)).toBe('complete');
    expect(t.end()).toEqual({ outcome: 'complete' });
  });

  it('waits for the acknowledgement of its options, and asks for no data before', () => {
    const t = drive(withOptions(), 1);
    expect(t.start()).toBe('OACK');
    expect(t.transfer.wantsData).toBe(false);
    expect(t.ack(1)).toBe('');
    expect(t.ack(0)).toBe('1');
    expect(t.ack(1)).toBe('complete');
  });

  it('never answers a doubled acknowledgement', () => {
    const t = drive(withOptions(), 4);
    t.start();
    const answers = [0, 0, 1, 1, 0, 2, 2, 1, 3, 3].map((block) => t.ack(block));
    expect(answers).toEqual(['1', '', '2', '', '', '3', '', '', '4', '']);
    expect(t.retransmits()).toBe(0);
  });

  it('ignores acknowledgements of blocks that were not sent', () => {
    const t = drive(plain, 9);
    t.start();
    expect([2, 3, 60_000, 65_535].map((block) => t.ack(block))).toEqual(['', '', '', '']);
    expect(t.ack(1)).toBe('2');
  });

  it('sends a block again when its time has passed, later each time', () => {
    const t = drive(plain, 9);
    t.start();
    t.ack(1, 100);
    const waited: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      waited.push(t.untilDeadline());
      expect(t.timeout()).toBe('2');
    }
    expect(waited).toEqual([300, 600, 1_200]);
    expect(t.retransmits()).toBe(3);
    expect(t.ack(2)).toBe('3');
    // What was sent four times tells no round trip; the backoff is over.
    expect(t.untilDeadline()).toBe(300);
  });

  it('does nothing when the timer fires before its time', () => {
    const t = drive(plain, 9);
    t.start();
    expect(t.transfer.timerFired(999).blockCount).toBe(0);
    expect(t.transfer.timerFired(1_000).blockCount).toBe(1);
  });

  it('keeps the negotiated timeout', () => {
    const t = drive(withOptions({ timeoutMs: 5_000 }), 9);
    t.start();
    t.ack(0);
    expect(t.untilDeadline()).toBe(5_000);
    t.timeout();
    expect(t.untilDeadline()).toBe(5_000);
  });

  it.each([0, 1] as const)('goes on after block 65535 with %i', (rolloverTo) => {
    const t = drive(withOptions({ rolloverTo }), 65_540);
    t.start();
    t.ack(0);
    for (let block = 1; block < 65_535; block += 1) t.ack(block);
    expect(t.ack(65_535)).toBe('65536');
    expect(t.ack(rolloverTo)).toBe('65537');
    expect(t.ack(rolloverTo + 1)).toBe('65538');
  });
});

describe('windows (RFC 7440)', () => {
  function window4(lastBlock = 20) {
    const t = drive(withOptions({ windowSize: 4 }), lastBlock);
    t.start();
    // A round trip of 50 ms: 150 ms until the timer, 75 ms of grace.
    expect(t.ack(0, 50)).toBe('1-4');
    expect(t.untilDeadline()).toBe(150);
    return t;
  }

  it('sends a window in one go and the next one when it is acknowledged', () => {
    const t = window4(10);
    expect(t.ack(4)).toBe('5-8');
    expect(t.ack(8)).toBe('9-10');
    expect(t.ack(10)).toBe('complete');
    expect(t.retransmits()).toBe(0);
  });

  it('rolls back to the block after a gap', () => {
    const t = window4();
    t.ack(4);
    expect(t.ack(5)).toBe('6-9');
    expect(t.retransmits()).toBe(3);
    expect(t.ack(9)).toBe('10-13');
  });

  it('rolls back across the wire number 65535', () => {
    const t = drive(withOptions({ windowSize: 32 }), 70_000);
    t.start();
    t.ack(0);
    for (let block = 32; block <= 65_536; block += 32) t.ack(block % 65_536);
    expect(t.ack(10)).toBe('65547-65578');
    expect(t.ack(65_530)).toBe('');
    expect(t.ack(42)).toBe('65579-65610');
  });

  it('sends the window again once when all of it was lost', () => {
    const t = window4();
    expect(t.timeout()).toBe('1-4');
    expect(t.ack(4)).toBe('5-8');
  });

  it('sends the window again soon where its first block was lost, once per period of the timer', () => {
    const t = window4();
    expect([t.ack(0), t.ack(0), t.ack(0)]).toEqual(['', '', '']);
    expect(t.untilDeadline()).toBeLessThanOrEqual(75);
    expect(t.timeout()).toBe('1-4');
    expect(t.ack(0)).toBe('');
    expect(t.untilDeadline()).toBeGreaterThan(75);
    expect(t.timeout()).toBe('1-4');
    expect(t.ack(0)).toBe('');
    expect(t.untilDeadline()).toBeLessThanOrEqual(75);
  });

  it('sends nothing twice to a client that acknowledges everything twice', () => {
    const t = window4(12);
    const answers = [0, 4, 4, 8, 8].map((block) => t.ack(block, 0.1));
    expect(answers).toEqual(['', '5-8', '', '9-12', '']);
    expect(t.ack(12)).toBe('complete');
    expect(t.retransmits()).toBe(0);
  });

  it('fills the window up instead of rolling back where the client may speak of a double', () => {
    const t = window4();
    expect(t.ack(2)).toBe('3-6');
    // EDK2 and U-Boot acknowledge 4 when 3 and 4 come the second time; 5 and 6 are still on their way.
    expect(t.ack(4)).toBe('7-8');
    expect(t.ack(8)).toBe('9-12');
    expect(t.retransmits()).toBe(2);
  });

  it('sends again soon what was lost of a window that had been rolled back', () => {
    const t = window4();
    t.ack(2);
    expect(t.ack(4)).toBe('7-8');
    expect(t.untilDeadline()).toBeLessThanOrEqual(75);
    expect(t.timeout()).toBe('5-8');
  });

  it('ignores what was acknowledged long ago', () => {
    const t = window4();
    t.ack(4);
    t.ack(8);
    const { deadlineMs } = t.transfer;
    expect([3, 4, 5, 7].map((block) => t.ack(block))).toEqual(['', '', '', '']);
    expect(t.transfer.deadlineMs).toBe(deadlineMs);
  });
});

describe('a source that is slower than the network', () => {
  it('sends what there is, and the rest of the window when it comes', () => {
    const transfer = new Transfer(withOptions({ windowSize: 4 }), 0);
    transfer.start(0);
    expect(transfer.acknowledged(0, 1).blockCount).toBe(0);
    expect(transfer.dataAvailable(2, undefined, 2)).toMatchObject({ firstBlock: 1, blockCount: 2 });
    expect(transfer.dataAvailable(3, undefined, 3)).toMatchObject({ firstBlock: 3, blockCount: 1 });
    expect(transfer.dataAvailable(9, undefined, 4)).toMatchObject({ firstBlock: 4, blockCount: 1 });
    expect(transfer.acknowledged(4, 5)).toMatchObject({ firstBlock: 5, blockCount: 4 });
  });

  it('does not blame the client, and gives up after 30 s', () => {
    const transfer = new Transfer(withOptions(), 0);
    transfer.start(0);
    transfer.acknowledged(0, 1);
    expect(transfer.timerFired(29_000).end).toBeUndefined();
    expect(transfer.timerFired(transfer.deadlineMs).end).toMatchObject({
      outcome: 'failed',
      answer: { code: 0, message: 'the file could not be read' },
    });
    expect(transfer.deadlineMs).toBe(Infinity);
  });

  it('fails with a reason, tells the client, and then does nothing more', () => {
    const t = drive(plain, 9);
    t.start();
    const step = t.transfer.fail('failed', 'the image changed', 'the file could not be read');
    expect(step.end).toEqual({
      outcome: 'failed',
      reason: 'the image changed',
      answer: { code: 0, message: 'the file could not be read' },
    });
    expect([t.ack(1), t.again(), t.error(0)]).toEqual(['', '', '']);
    expect(t.transfer.wantsData).toBe(false);
  });
});

describe('requests that come again', () => {
  it('get the option acknowledgement again', () => {
    const t = drive(withOptions(), 3);
    t.start();
    expect([t.again(), t.again()]).toEqual(['OACK', 'OACK']);
    expect(t.ack(0)).toBe('1');
  });

  it('get block 1 again where there are no options', () => {
    const t = drive(plain, 3);
    t.start();
    expect(t.again()).toBe('1');
    expect(t.ack(1)).toBe('2');
  });

  it('are late once something was acknowledged', () => {
    const t = drive(withOptions(), 3);
    t.start();
    t.ack(0);
    expect(t.again(500)).toBe('');
    expect(t.ack(1)).toBe('2');
  });

  it('end the transfer of a machine that was reset, without a word to it', () => {
    const t = drive(withOptions(), 3);
    t.start();
    t.ack(0);
    expect(t.again(3_000)).toBe('aborted');
    expect(t.end()).toEqual({ outcome: 'aborted', reason: 'the client began again', startsAgain: true });
  });
});

describe('how it ends', () => {
  it('gives up a client that never answers after three retries', () => {
    const t = drive(withOptions(), 9);
    t.start();
    expect([t.timeout(), t.timeout(), t.timeout(), t.timeout()]).toEqual(['OACK', 'OACK', 'OACK', 'aborted']);
    expect(t.end()).toEqual({ outcome: 'aborted', reason: 'the client never answered' });
  });

  it('sends the sender of a forged request four small blocks at most', () => {
    const t = drive(plain, 9);
    expect([t.start(), t.timeout(), t.timeout(), t.timeout(), t.timeout()]).toEqual(['1', '1', '1', '1', 'aborted']);
  });

  it('resends soon what a doubled acknowledgement asks for, even while the source is slow', () => {
    const transfer = new Transfer(withOptions({ windowSize: 4 }), 0);
    transfer.start(0);
    transfer.acknowledged(0, 1);
    transfer.dataAvailable(2, undefined, 2);
    transfer.acknowledged(0, 3);
    expect(transfer.timerFired(transfer.deadlineMs)).toMatchObject({ firstBlock: 1, blockCount: 2, retransmits: 2 });
  });

  it('gives up a client that stops answering after 30 s, and tells it', () => {
    const t = drive(withOptions({ windowSize: 4 }), 90);
    t.start();
    t.ack(0, 50);
    t.ack(4, 50);
    let tries = 0;
    let spentMs = 0;
    for (;;) {
      spentMs += t.untilDeadline();
      if (t.timeout() !== '5-8') break;
      tries += 1;
    }
    expect(t.end()).toMatchObject({ outcome: 'aborted', reason: 'the client stopped answering', answer: { code: 0 } });
    expect(spentMs).toBeGreaterThanOrEqual(30_000);
    expect(spentMs).toBeLessThan(40_000);
    expect(tries).toBeLessThan(12);
  });

  it.each([
    ['a single block', plain, 1, [] as number[]],
    ['the last block', withOptions(), 3, [0, 1, 2]],
    ['the last window', withOptions({ windowSize: 4 }), 6, [0, 4]],
  ])('counts a file as complete where only the acknowledgement of %s is missing', (_, negotiated, lastBlock, acks) => {
    const t = drive(negotiated, lastBlock);
    t.start();
    for (const block of acks) t.ack(block);
    const answers = [t.timeout(), t.timeout(), t.timeout(), t.timeout()];
    expect(answers.at(-1)).toBe('complete');
    expect(new Set(answers.slice(0, 3)).size).toBe(1);
    expect(t.end()).toMatchObject({ reason: 'the last acknowledgement never came' });
  });

  it.each([
    ['EDK2 right after the OACK', { askedSize: true }, [], 8, 'probe'],
    ['iPXE right after the OACK', { askedSize: true }, [], 0, 'probe'],
    ['after the first blocks', { askedSize: true }, [0, 1, 2], 0, 'probe'],
    ['in the second window', { askedSize: true, windowSize: 8 }, [0, 8], 8, 'probe'],
    ['far into the file', { askedSize: true }, [0, 1, 2, 3, 4, 5], 0, 'aborted'],
    ['without having asked for the size', {}, [], 8, 'aborted'],
    ['with a real error', { askedSize: true }, [], 3, 'aborted'],
  ] as const)('takes an error %s for what it is', (_, options, acks, code, outcome) => {
    const t = drive(withOptions(options), 100);
    t.start();
    for (const block of acks) t.ack(block);
    expect(t.error(code, 'User aborted')).toBe(outcome);
    expect(t.end()?.reason).toBe(`the client said: error ${code} "User aborted"`);
    expect(t.end()?.answer).toBeUndefined();
  });
});
