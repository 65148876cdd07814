/** When something that crashed is started again. Pure. */

export type AfterCrash =
  | { readonly restart: true; readonly delayMs: number; readonly crashesAtMs: readonly number[] }
  /** It crashes whatever one does: starting it for ever helps nobody. */
  | { readonly restart: false };

const WITHIN_MS = 60_000;
const MOST_CRASHES = 5;
const FIRST_DELAY_MS = 500;

/** `crashesAtMs` are those before this one, as the last answer gave them. */
export function afterCrash(crashesAtMs: readonly number[], nowMs: number): AfterCrash {
  const recent = [...crashesAtMs.filter((at) => nowMs - at < WITHIN_MS), nowMs];
  if (recent.length >= MOST_CRASHES) return { restart: false };
  return { restart: true, delayMs: FIRST_DELAY_MS * 2 ** (recent.length - 1), crashesAtMs: recent };
}
