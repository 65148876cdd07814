import type { TransferOutcome } from '../files/transfer-meter.ts';
import type { NegotiatedTransfer } from './options.ts';
import { errorCodes, type TftpErrorCode } from './packet.ts';
import { blocksAhead } from './transfer-block-number.ts';
import { RetransmissionTiming } from './transfer-timing.ts';

/**
 * Sending one file to one client (RFC 1350, RFC 7440): decides what is sent when. It knows block numbers and the time
 * it is told, nothing of sockets, bytes or clocks. Blocks are counted from 1 without end; 0 is the OACK.
 */

/** What is to be done now. At most one of the sendings. */
export interface TransferStep {
  readonly sendOptionAcknowledgement: boolean;
  /** Send these blocks in one go; a count of 0 sends none. */
  readonly firstBlock: number;
  readonly blockCount: number;
  /** How many of the packets have been sent before. */
  readonly retransmits: number;
  readonly end?: TransferEnd;
}

export interface TransferEnd {
  readonly outcome: TransferOutcome;
  readonly reason?: string;
  /** What the client is told, where it does not know yet. */
  readonly answer?: { readonly code: TftpErrorCode; readonly message: string };
  /** The client asked for the same from the start: a new transfer is due. */
  readonly startsAgain?: true;
}

// Enough for a client that is busy writing to its disk; each try waits twice as long as the one before.
const IDLE_LIMIT_MS = 30_000;
const TRIES_OF_A_NEGOTIATED_TIMEOUT = 5;

// A request is all we know of its sender until it acknowledges something, and it may carry another's address.
const RETRIES_BEFORE_FIRST_ACKNOWLEDGEMENT = 3;

// Loaders jump into the image that they received and never acknowledge its last block.
const RETRIES_OF_LAST_WINDOW = 3;

// How far a client that only wanted the size may get before its ERROR arrives.
const PROBE_WINDOWS = 2;
const PROBE_BLOCKS = 4;

// A doubled request on its way through a switch is later than this never.
const LATE_REQUEST_MS = 1_000;

const nothing: TransferStep = { sendOptionAcknowledgement: false, firstBlock: 0, blockCount: 0, retransmits: 0 };

export class Transfer {
  readonly #negotiated: NegotiatedTransfer;
  readonly #timing: RetransmissionTiming;
  readonly #idleLimitMs: number;
  /** The OACK is out and not acknowledged yet. */
  #offering: boolean;
  #ended = false;
  #acknowledgedThrough = 0;
  #sentThrough = 0;
  #availableThrough = 0;
  #lastBlock = Infinity;
  #heard = false;
  #retries = 0;
  /** Something of the present window was sent twice, so its acknowledgement may be either's. */
  #repeated = false;
  /** An early resend after a doubled acknowledgement: wished for, and used up until the timer's next period. */
  #earlyResend: 'possible' | 'wished' | 'spent' = 'possible';
  #sentAtMs: number;
  #progressAtMs: number;
  #deadlineMs = Infinity;

  constructor(negotiated: NegotiatedTransfer, nowMs: number) {
    this.#negotiated = negotiated;
    this.#timing = new RetransmissionTiming(negotiated.timeoutMs);
    this.#idleLimitMs = Math.max(IDLE_LIMIT_MS, (negotiated.timeoutMs ?? 0) * TRIES_OF_A_NEGOTIATED_TIMEOUT);
    this.#offering = negotiated.acknowledged.length > 0;
    this.#sentAtMs = nowMs;
    this.#progressAtMs = nowMs;
    this.#armTimer(nowMs);
  }

  /** When `timerFired` wants to be called; it may move in either direction with every input. */
  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  get acknowledgedThrough(): number {
    return this.#acknowledgedThrough;
  }

  /** Blocks are wanted as soon as the client is known to want any: a probe reads nothing. */
  get wantsData(): boolean {
    return !this.#ended && !this.#offering;
  }

  start(nowMs: number): TransferStep {
    if (!this.#offering) return nothing;
    this.#sent(nowMs);
    return { ...nothing, sendOptionAcknowledgement: true };
  }

  /** Blocks up to `throughBlock` can be sent now; `lastBlock` is known at the latest when it is one of them. */
  dataAvailable(throughBlock: number, lastBlock: number | undefined, nowMs: number): TransferStep {
    this.#availableThrough = throughBlock;
    this.#lastBlock = lastBlock ?? Infinity;
    return this.#sendNew(nowMs);
  }

  acknowledged(wireNumber: number, nowMs: number): TransferStep {
    if (this.#ended) return nothing;
    if (this.#offering) {
      if (wireNumber !== 0) return nothing;
      this.#measure(nowMs);
      this.#offering = false;
      this.#repeated = false;
      this.#progressed(nowMs, 0);
      return this.#sendNew(nowMs);
    }
    const ahead = blocksAhead(this.#acknowledgedThrough, wireNumber, this.#negotiated.rolloverTo);
    if (ahead === 0) return this.#acknowledgedAgain(nowMs);
    const outstanding = this.#sentThrough - this.#acknowledgedThrough;
    // Late or invented: behind us, or of a block that was never sent.
    if (ahead > outstanding) return nothing;
    this.#measure(nowMs);
    if (ahead === outstanding) this.#repeated = false;
    this.#progressed(nowMs, ahead);
    if (this.#acknowledgedThrough === this.#lastBlock) return this.#end({ outcome: 'complete' });
    return ahead === outstanding ? this.#sendNew(nowMs) : this.#gapReported(nowMs);
  }

  /**
   * The same request came again from the same port: our first answer was lost, or this one is late, or the machine was
   * reset and has a boot ROM that always uses one port. The last is an end; the caller begins a new transfer.
   */
  requestRepeated(nowMs: number): TransferStep {
    if (this.#ended) return nothing;
    if (this.#heard)
      return nowMs - this.#progressAtMs < LATE_REQUEST_MS ? nothing : this.#beganAgain({ startsAgain: true });
    this.#repeated = true;
    if (this.#offering) {
      this.#sent(nowMs);
      return { ...nothing, sendOptionAcknowledgement: true, retransmits: 1 };
    }
    return this.#resendOutstanding(nowMs);
  }

  /** The client sent an ERROR packet: the transfer is over, whatever it says. */
  peerError(code: number, message: string): TransferStep {
    if (this.#ended) return nothing;
    const probeBlocks = Math.max(PROBE_BLOCKS, PROBE_WINDOWS * this.#negotiated.windowSize);
    const saysNothingWentWrong = code === errorCodes.notDefined || code === errorCodes.optionNegotiation;
    const isProbe = this.#negotiated.askedSize && saysNothingWentWrong && this.#acknowledgedThrough <= probeBlocks;
    const reason = `the client said: error ${code}${message === '' ? '' : ` "${message}"`}`;
    return this.#end({ outcome: isProbe ? 'probe' : 'aborted', reason });
  }

  /** The client began something else at the port of this transfer: it is not told, it would take it for the answer. */
  superseded(): TransferStep {
    return this.#ended ? nothing : this.#beganAgain({});
  }

  /** Ends the transfer from our side and tells the client. */
  fail(outcome: 'aborted' | 'failed', reason: string, message: string): TransferStep {
    if (this.#ended) return nothing;
    return this.#end({ outcome, reason, answer: { code: errorCodes.notDefined, message } });
  }

  timerFired(nowMs: number): TransferStep {
    if (this.#ended || nowMs < this.#deadlineMs) return nothing;
    if (this.#earlyResend === 'wished') {
      this.#earlyResend = 'spent';
      return this.#resendOutstanding(nowMs);
    }
    if (this.#isStarved) return this.fail('failed', 'the file could not be read in time', 'the file could not be read');
    this.#retries += 1;
    const given = this.#givenUp(nowMs);
    if (given !== undefined) return this.#end(given);
    this.#timing.timedOut();
    this.#repeated = true;
    this.#earlyResend = 'possible';
    if (!this.#offering) return this.#resendOutstanding(nowMs);
    this.#sent(nowMs);
    return { ...nothing, sendOptionAcknowledgement: true, retransmits: 1 };
  }

  #givenUp(nowMs: number): TransferEnd | undefined {
    if (this.#sentThrough === this.#lastBlock && this.#retries > RETRIES_OF_LAST_WINDOW) {
      return { outcome: 'complete', reason: 'the last acknowledgement never came' };
    }
    if (!this.#heard && this.#retries > RETRIES_BEFORE_FIRST_ACKNOWLEDGEMENT) {
      return { outcome: 'aborted', reason: 'the client never answered' };
    }
    if (nowMs - this.#progressAtMs < this.#idleLimitMs) return undefined;
    const message = 'no acknowledgement came';
    return { outcome: 'aborted', reason: 'the client stopped answering', answer: { code: 0, message } };
  }

  /**
   * The acknowledgement of what is acknowledged already. One block at a time it is ignored: answering it would send
   * every later block twice (RFC 1123, 4.2.3.1). In a window it may say that the first block of it was lost, or be a
   * mere double that passed on the way.
   */
  #acknowledgedAgain(nowMs: number): TransferStep {
    const outstanding = this.#sentThrough - this.#acknowledgedThrough;
    if (this.#negotiated.windowSize > 1 && outstanding > 0) this.#wishEarlyResend(nowMs);
    return nothing;
  }

  /**
   * Less than all that was sent: the client threw away what came after a gap, and its next window starts there, so ours
   * rolls back (RFC 7440, 4). Where packets are on their way twice, this may as well be its answer to one that it had
   * already: EDK2 and U-Boot acknowledge those too, and rolling back for it would put the next packets on their way
   * twice, for ever. Then its window is filled up with new blocks first, and it has a moment to say more.
   */
  #gapReported(nowMs: number): TransferStep {
    if (this.#repeated) {
      const step = this.#sendNew(nowMs);
      this.#wishEarlyResend(nowMs);
      return step;
    }
    const retransmits = this.#sentThrough - this.#acknowledgedThrough;
    this.#repeated = true;
    this.#sentThrough = this.#acknowledgedThrough;
    return { ...this.#sendNew(nowMs), retransmits };
  }

  /** Takes a round trip from an acknowledgement, where it tells one. */
  #measure(nowMs: number): void {
    if (this.#isStarved) return;
    if (!this.#repeated) this.#timing.measured(nowMs - this.#sentAtMs);
    // On a link so bad that nearly every window is rolled back this is all there is; it is rather too long than short.
    else if (this.#retries === 0) this.#timing.guessed(nowMs - this.#progressAtMs);
  }

  /** Sends the window again soon, unless something better comes before; once per period of the timer. */
  #wishEarlyResend(nowMs: number): void {
    if (this.#earlyResend !== 'possible') return;
    this.#earlyResend = 'wished';
    this.#deadlineMs = Math.min(this.#deadlineMs, nowMs + this.#timing.graceMs);
  }

  #progressed(nowMs: number, blocks: number): void {
    this.#acknowledgedThrough += blocks;
    this.#heard = true;
    this.#retries = 0;
    this.#earlyResend = 'possible';
    this.#progressAtMs = nowMs;
    this.#timing.progressed();
    this.#armTimer(nowMs);
  }

  #sendNew(nowMs: number): TransferStep {
    if (!this.wantsData) return nothing;
    const windowEnd = Math.min(this.#acknowledgedThrough + this.#negotiated.windowSize, this.#availableThrough);
    if (windowEnd <= this.#sentThrough) return nothing;
    const firstBlock = this.#sentThrough + 1;
    this.#sentThrough = windowEnd;
    this.#sent(nowMs);
    return { ...nothing, firstBlock, blockCount: windowEnd - firstBlock + 1 };
  }

  #resendOutstanding(nowMs: number): TransferStep {
    const firstBlock = this.#acknowledgedThrough + 1;
    const blockCount = this.#sentThrough - this.#acknowledgedThrough;
    if (blockCount === 0) return nothing;
    this.#repeated = true;
    this.#sent(nowMs);
    return { ...nothing, firstBlock, blockCount, retransmits: blockCount };
  }

  /** A part of the client's window has still to be read: it has no reason to say anything. */
  get #isStarved(): boolean {
    const windowEnd = Math.min(this.#acknowledgedThrough + this.#negotiated.windowSize, this.#lastBlock);
    return !this.#offering && this.#sentThrough < windowEnd;
  }

  #sent(nowMs: number): void {
    this.#sentAtMs = nowMs;
    this.#armTimer(nowMs);
  }

  /** The timer watches the client, or the source where that is what the client waits for. */
  #armTimer(nowMs: number): void {
    this.#deadlineMs = nowMs + (this.#isStarved ? IDLE_LIMIT_MS : this.#timing.intervalMs);
  }

  #beganAgain(more: Pick<TransferEnd, 'startsAgain'>): TransferStep {
    return this.#end({ outcome: 'aborted', reason: 'the client began again', ...more });
  }

  #end(end: TransferEnd): TransferStep {
    this.#ended = true;
    this.#deadlineMs = Infinity;
    return { ...nothing, end };
  }
}
