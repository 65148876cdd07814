import type { FileKind } from '../../contract/events.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { Evidence, Stage } from './stage.ts';

/** One machine as the events tell it. Plain data: it is journaled, sent to screens and rebuilt by replay. */
export interface Client {
  /** The MAC of its first adapter, and more where that adapter is of several machines. The same over a replay. */
  readonly id: string;
  /** Of the adapter that it uses now. */
  readonly mac: string;
  /** Of all its adapters that were seen. */
  readonly macs: readonly string[];
  readonly address?: string | undefined;
  readonly firmware: Firmware;
  readonly hostName?: string | undefined;
  readonly uuid?: string | undefined;
  readonly serial?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  readonly asset?: string | undefined;
  /** As its loader reported it; undefined where it does not know. */
  readonly memoryMiB?: number | undefined;
  readonly processor?: string | undefined;
  readonly networkChip?: string | undefined;
  /** The loader that its firmware is offered. */
  readonly loader?: string | undefined;
  /** Counts power-ons seen since the session began. */
  readonly boots: number;
  /** Counts the times that it had all it needed to start what it was given. */
  readonly starts: number;
  /** `starts` as they were when a person let it boot: an approval is good for one. */
  readonly armedAtStarts?: number | undefined;
  readonly stage: Stage;
  readonly evidence: Evidence;
  readonly stageSinceMs: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** The transfer that moves the current stage; stays when it is over, so that 100 % can be shown. */
  readonly transfer?: ClientTransfer | undefined;
  /** What it was given to boot, and which of its kernel and initrds it has not yet. */
  readonly boot?: ClientBoot | undefined;
  /** What its screen shows while it waits for a person to approve it. */
  readonly waitingCode?: string | undefined;
  /** True once a boot from this station got as far as a running system, in this boot of the machine or an earlier one. */
  readonly finished?: boolean | undefined;
  /** True from when a person lets it boot once more until it does. */
  readonly bootsAgain?: boolean | undefined;
  /** Why it will not get far with what the session boots, where that is known before it tries. */
  readonly misfit?: string | undefined;
  /** The machine's state in one sentence. */
  readonly sentence: string;
  /** Set when something went wrong that the machine has not got over yet. */
  readonly problem?: string | undefined;
}

export interface ClientTransfer {
  readonly transferId: string;
  readonly kind: FileKind;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly bytesPerSecond: number;
  readonly ended: boolean;
}

export interface ClientBoot {
  readonly entryTitle: string;
  readonly awaitedFiles: readonly string[];
  readonly fetchesSystemFiles: boolean;
}

/** Whether it had its boot from this station, and nobody wants it to have another. */
export const hasFinished = ({ finished, bootsAgain }: Client): boolean => finished === true && bootsAgain !== true;

/** Whether it started what it was last approved for: another start needs another approval. */
export const hasUsedApproval = ({ starts, armedAtStarts = 0 }: Client): boolean => starts > armedAtStarts;

/** Percent of the current stage's file; undefined where the stage has no measure. Never invented. */
export function percent(client: Client): number | undefined {
  const { transfer } = client;
  if (transfer === undefined) return undefined;
  if (transfer.sizeBytes === 0) return transfer.ended ? 100 : 0;
  return Math.min(100, Math.floor((transfer.sentBytes / transfer.sizeBytes) * 100));
}
