import type { EngineEvent } from '../contract/events.ts';

/** Bytes of all transfers, second by second, out of the engine's events. Pure: the caller says when a second is over. */
export interface ThroughputMeter {
  take(event: EngineEvent): void;
  /** Bytes since the last call. */
  drainBytes(): number;
}

export function createThroughputMeter(): ThroughputMeter {
  const sentByTransfer = new Map<string, number>();
  let bytes = 0;
  const advance = (transferId: string, sentBytes: number): void => {
    bytes += Math.max(0, sentBytes - (sentByTransfer.get(transferId) ?? 0));
    sentByTransfer.set(transferId, sentBytes);
  };
  return {
    take(event) {
      if (event.type === 'transfer.progress') advance(event.transferId, event.sentBytes);
      if (event.type === 'transfer.ended') {
        advance(event.transferId, event.sentBytes);
        sentByTransfer.delete(event.transferId);
      }
    },
    drainBytes() {
      const drained = bytes;
      bytes = 0;
      return drained;
    },
  };
}
