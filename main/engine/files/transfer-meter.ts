import type { EmitEvent, FileKind, TransferProtocol } from '../../contract/events.ts';
import { averageRate, rateOf, withSample, type ProgressSample } from './transfer-progress.ts';

/** Progress is told this often at most, for every transfer. */
export const PROGRESS_INTERVAL_MS = 250;

export interface TransferDescription {
  readonly protocol: TransferProtocol;
  readonly peerAddress: string;
  readonly path: string;
  readonly kind: FileKind;
  /** Bytes this transfer will carry: the file's size, or the range's. */
  readonly sizeBytes: number;
}

export type TransferOutcome = 'complete' | 'probe' | 'aborted' | 'failed';

/** One transfer being measured. */
export interface MeteredTransfer {
  readonly transferId: string;
  readonly sentBytes: number;
  /** Bytes of the file that went out (TFTP: that were acknowledged), each counted once. */
  addSent(bytes: number): void;
  addRetransmits(count: number): void;
  /** Only the first call counts. */
  end(outcome: TransferOutcome, reason?: string): void;
}

export interface TransferMeter {
  start(description: TransferDescription): MeteredTransfer;
  /** Transfers started and not yet ended. */
  readonly activeCount: number;
}

export interface TransferMeterOptions {
  readonly emit: EmitEvent;
  /** Milliseconds, only differences matter. */
  readonly now: () => number;
  /** Ids of the events' `transferId`: unique among all meters that emit to the same place. */
  readonly newTransferId: () => string;
}

interface Measurement {
  readonly transferId: string;
  readonly startedAtMs: number;
  sentBytes: number;
  retransmits: number;
  samples: readonly ProgressSample[];
  /** What the last progress event said, so that a stalled transfer is told once and not four times a second. */
  told: string;
}

/**
 * Measures transfers and tells `transfer.started`, `.progress` and `.ended`. One timer serves all of them; it runs
 * only while there are any and does not keep the process alive.
 */
export function createTransferMeter({ emit, now, newTransferId }: TransferMeterOptions): TransferMeter {
  const active = new Set<Measurement>();
  let timer: NodeJS.Timeout | undefined;

  const tellProgress = (): void => {
    const atMs = now();
    for (const measurement of active) {
      const { transferId, sentBytes, retransmits } = measurement;
      measurement.samples = withSample(measurement.samples, { atMs, sentBytes });
      const bytesPerSecond = rateOf(measurement.samples);
      const told = `${sentBytes} ${retransmits} ${bytesPerSecond}`;
      if (told === measurement.told) continue;
      measurement.told = told;
      emit({ type: 'transfer.progress', transferId, sentBytes, bytesPerSecond, retransmits });
    }
  };

  const enter = (measurement: Measurement): void => {
    active.add(measurement);
    timer ??= setInterval(tellProgress, PROGRESS_INTERVAL_MS).unref();
  };

  const leave = (measurement: Measurement): void => {
    active.delete(measurement);
    if (active.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const start = (description: TransferDescription): MeteredTransfer => {
    const startedAtMs = now();
    const measurement: Measurement = {
      transferId: newTransferId(),
      startedAtMs,
      sentBytes: 0,
      retransmits: 0,
      samples: [{ atMs: startedAtMs, sentBytes: 0 }],
      told: '0 0 0',
    };
    const { transferId } = measurement;
    enter(measurement);
    emit({ type: 'transfer.started', transferId, ...description });
    return {
      transferId,
      get sentBytes() {
        return measurement.sentBytes;
      },
      addSent: (bytes) => {
        measurement.sentBytes += bytes;
      },
      addRetransmits: (count) => {
        measurement.retransmits += count;
      },
      end: (outcome, reason) => {
        if (!active.has(measurement)) return;
        leave(measurement);
        const { sentBytes, retransmits } = measurement;
        const durationMs = Math.max(0, now() - startedAtMs);
        const bytesPerSecond = averageRate(sentBytes, durationMs);
        const facts = { transferId, outcome, sentBytes, durationMs, bytesPerSecond, retransmits };
        emit({ type: 'transfer.ended', ...facts, ...(reason === undefined ? {} : { reason }) });
      },
    };
  };

  return {
    start,
    get activeCount() {
      return active.size;
    },
  };
}
