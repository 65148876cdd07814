import type { BootClient, Firmware } from '../../contract/firmware.ts';
import type { RungFailure, RungReason } from '../../contract/loader.ts';
import type { Rung } from './loader-rungs.ts';

/**
 * Which loader a machine is offered: the first rung, and the next one once it is clear that this one does not run there. All that
 * can be seen is whether it was fetched whole, whether it spoke afterwards, and when the firmware asks again. Pure.
 */

export interface FailedRung {
  readonly file: string;
  readonly failure: RungFailure;
}

/** How far one machine is on its ladder. Plain data. */
export interface Climb {
  readonly firmware: Firmware;
  /** File of the rung that it was offered; undefined where none is left. */
  readonly file: string | undefined;
  readonly reason: RungReason;
  /** How the firmware asked when it was offered. */
  readonly askedAs: BootClient;
  /** When the rung's file was fetched whole. */
  readonly fetchedAtMs: number | undefined;
  /** The loader was heard after it was fetched. */
  readonly spoke: boolean;
  /** The loader asked what to boot: as a loader it works on this machine. */
  readonly worked: boolean;
  /** Boots in which it spoke and did not get as far as asking. */
  readonly loops: number;
  readonly failed: readonly FailedRung[];
}

export interface Ask {
  readonly firmware: Firmware;
  readonly bootClient: BootClient;
  readonly atMs: number;
}

/** Where a machine begins, and how that is known. */
export interface Start {
  readonly file: string;
  readonly reason: Extract<RungReason, 'worked-before' | 'worked-for-model'>;
}

/**
 * Firmware that may not start what it fetched goes on to its next way of booting, or tries the same one again: at once, save that
 * waiting for IPv6 may come between PXE and HTTP Boot. After a loader that hangs somebody has to press a button, and the machine has
 * to go through its power-on test.
 */
const SAME_WAY_AGAIN_WITHIN_MS = 8_000;
const OTHER_WAY_WITHIN_MS = 180_000;
/** A machine may be switched off while its loader runs: once is no proof. */
const MOST_LOOPS = 2;

/** The firmware asks for a boot file. The same object where nothing changes. */
export function climb(before: Climb | undefined, ask: Ask, rungs: readonly Rung[], start?: Start): Climb {
  if (before?.firmware !== ask.firmware) return begin(ask, rungs, start);
  if (before.file === undefined) return before;
  const failure = failureOf(before, ask);
  if (failure === undefined) {
    const isHere = rungs.some(({ file }) => file === before.file);
    // Its file went away, or the session boots something else now: not the machine's doing.
    return isHere ? again(before, ask) : begin(ask, rungs, start);
  }
  const failed = [...before.failed, { file: before.file, failure }];
  const next = nextRung(rungs, failed, failure);
  return { ...offered(ask, next?.file, failure), failed };
}

/** The loader's file was fetched whole. */
export const fetched = (before: Climb, atMs: number): Climb =>
  before.fetchedAtMs === undefined ? { ...before, fetchedAtMs: atMs } : before;

/** The loader was heard: a script, its own configuration, its own DHCP. */
export const spoke = (before: Climb): Climb => (before.spoke ? before : { ...before, spoke: true });

/** The loader asked what its machine is to boot. */
export const worked = (before: Climb): Climb =>
  before.worked ? before : { ...before, spoke: true, worked: true, loops: 0 };

/** Which rung it is on and of how many, both counted from 1. */
export function rungNumber(climbed: Climb, rungs: readonly Rung[]): { rung: number; rungs: number } {
  return { rung: rungs.findIndex(({ file }) => file === climbed.file) + 1, rungs: rungs.length };
}

const offered = (ask: Ask, file: string | undefined, reason: RungReason): Climb => ({
  firmware: ask.firmware,
  file,
  reason,
  askedAs: ask.bootClient,
  fetchedAtMs: undefined,
  spoke: false,
  worked: false,
  loops: 0,
  failed: [],
});

function begin(ask: Ask, rungs: readonly Rung[], start: Start | undefined): Climb {
  const known = start === undefined ? undefined : rungs.find(({ file }) => file === start.file);
  if (start !== undefined && known !== undefined) return offered(ask, known.file, start.reason);
  return offered(ask, rungs[0]?.file, 'first');
}

/** The same rung in another boot, or in another try of the same one. */
function again(before: Climb, ask: Ask): Climb {
  const isSame = before.fetchedAtMs === undefined && before.askedAs === ask.bootClient;
  if (isSame) return before;
  const looped = before.fetchedAtMs !== undefined && before.spoke && !before.worked;
  return {
    ...before,
    askedAs: ask.bootClient,
    fetchedAtMs: undefined,
    spoke: false,
    worked: false,
    loops: looped ? before.loops + 1 : before.loops,
  };
}

function failureOf(before: Climb, ask: Ask): RungFailure | undefined {
  // Not fetched as a whole: the network's or a person's doing.
  if (before.fetchedAtMs === undefined || before.worked) return undefined;
  if (before.spoke) return before.loops + 1 >= MOST_LOOPS ? 'looped' : undefined;
  const elapsedMs = ask.atMs - before.fetchedAtMs;
  const patience = before.askedAs === ask.bootClient ? SAME_WAY_AGAIN_WITHIN_MS : OTHER_WAY_WITHIN_MS;
  return elapsedMs < patience ? 'refused' : 'silent';
}

/**
 * After a refusal one that is signed, as the likely reason is Secure Boot, which refuses all others alike; and the machine may ask
 * only once more in this power-on.
 */
function nextRung(rungs: readonly Rung[], failed: readonly FailedRung[], failure: RungFailure): Rung | undefined {
  const left = rungs.filter(({ file }) => !failed.some((one) => one.file === file));
  const isSigned = failure === 'refused' ? left.find(({ signed }) => signed) : undefined;
  return isSigned ?? left[0];
}
