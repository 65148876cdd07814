import type { Change } from '../../main/contract/changes.ts';

export type NumberedChange = { readonly seq: number } & Change;

/** What to do with a change that came in: show these, in this order, and whether something was missed. */
export interface Ordered {
  readonly ready: readonly Change[];
  readonly gap: boolean;
}

/**
 * Puts numbered changes behind their snapshot. While no snapshot is held, changes are kept for the one that is under way;
 * a number that is not the next one means that something was missed.
 */
export class ChangeOrder {
  #seq: number | undefined;
  #early: NumberedChange[] = [];

  change(change: NumberedChange): Ordered {
    if (this.#seq === undefined) {
      this.#early.push(change);
      return { ready: [], gap: false };
    }
    if (change.seq <= this.#seq) return { ready: [], gap: false };
    if (change.seq !== this.#seq + 1) {
      this.forget();
      this.#early.push(change);
      return { ready: [], gap: true };
    }
    this.#seq = change.seq;
    return { ready: [change], gap: false };
  }

  /** A snapshot that holds every change up to `seq`; the changes that came meanwhile follow it. */
  snapshot(seq: number): Ordered {
    const early = this.#early;
    this.#early = [];
    this.#seq = seq;
    const ready: Change[] = [];
    for (const change of early) {
      const ordered = this.change(change);
      ready.push(...ordered.ready);
      if (ordered.gap) return { ready, gap: true };
    }
    return { ready, gap: false };
  }

  /** From now on a snapshot is needed. */
  forget(): void {
    this.#seq = undefined;
    this.#early = [];
  }
}
