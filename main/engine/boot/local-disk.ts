import type { BootClient, Firmware } from '../../contract/firmware.ts';
import type { LocalDiskMethod } from '../../contract/hardware-notes.ts';

/**
 * How a machine that is done is sent to its own disk. A BIOS goes on with its boot order when it is offered no boot file; other firmware
 * asks for long or for ever, and needs a loader that ends, or that starts the disk itself. Pure.
 */

const methods: readonly LocalDiskMethod[] = ['no-boot-file', 'loader-exit', 'loader-starts-disk'];
// EDK2 asks for a boot file for a minute by PXE and another one by HTTP before it goes on; a loader that ends costs it seconds.
const methodsOfUefi: readonly LocalDiskMethod[] = ['loader-exit', 'no-boot-file', 'loader-starts-disk'];
const methodsOn = (firmware: Firmware): readonly LocalDiskMethod[] =>
  firmware.startsWith('uefi-') ? methodsOfUefi : methods;

export type LocalDiskReason = 'first' | 'worked-before' | 'worked-for-model' | 'came-back';

/** The last time that a machine was sent to its disk. Plain data. */
export interface LocalDiskTry {
  readonly firmware: Firmware;
  readonly method: LocalDiskMethod;
  readonly reason: LocalDiskReason;
  readonly askedAs: BootClient;
  readonly transactionId: number | undefined;
  readonly sinceMs: number;
  /** Times that its firmware came back without that a system was seen. */
  readonly returns: number;
}

export interface LocalDiskAsk {
  readonly firmware: Firmware;
  readonly bootClient: BootClient;
  readonly transactionId?: number | undefined;
  readonly atMs: number;
}

export interface LocalDiskStart {
  readonly method: LocalDiskMethod;
  readonly reason: Extract<LocalDiskReason, 'worked-before' | 'worked-for-model'>;
}

/** Somebody may switch it off and on once more; a machine that runs for longer has found its disk. */
const MOST_RETURNS = 2;
const RETURNS_WITHIN_MS = 300_000;

/** The firmware of a machine that is done asks. The same object where nothing changes. */
export function sendToDisk(before: LocalDiskTry | undefined, ask: LocalDiskAsk, start?: LocalDiskStart): LocalDiskTry {
  const ways = methodsOn(ask.firmware);
  if (before?.firmware !== ask.firmware) {
    const [first = 'no-boot-file'] = ways;
    return { ...tried(ask), method: start?.method ?? first, reason: start?.reason ?? 'first' };
  }
  // Another try of the same request, or the firmware's next way of booting: not a new power-on.
  if (before.transactionId === ask.transactionId || before.askedAs !== ask.bootClient) return before;
  if (ask.atMs - before.sinceMs > RETURNS_WITHIN_MS) return { ...before, ...tried(ask) };
  const returns = before.returns + 1;
  const next = ways[ways.indexOf(before.method) + 1];
  if (returns < MOST_RETURNS || next === undefined) return { ...before, ...tried(ask), returns };
  return { ...tried(ask), method: next, reason: 'came-back' };
}

const tried = (ask: LocalDiskAsk): Pick<LocalDiskTry, Exclude<keyof LocalDiskTry, 'method' | 'reason'>> => ({
  firmware: ask.firmware,
  askedAs: ask.bootClient,
  transactionId: ask.transactionId,
  sinceMs: ask.atMs,
  returns: 0,
});
