import type { TreeChild } from './image-tree.ts';
import { isUsableName } from './name-text.ts';

/** A directory that was read: its children in order, found by name. */
export class TreeDirectory<Handle> {
  /** With usable names only, and each name once: of several versions of a file the first record is the newest. */
  readonly children: readonly TreeChild<Handle>[];
  readonly #byName: ReadonlyMap<string, TreeChild<Handle>>;
  /** Made at the first look-up that needs it; undefined as a value where two names differ only by case. */
  #byFoldedName: Map<string, TreeChild<Handle> | undefined> | undefined;

  constructor(children: readonly TreeChild<Handle>[]) {
    const byName = new Map<string, TreeChild<Handle>>();
    for (const child of children) {
      if (isUsableName(child.name) && !byName.has(child.name)) byName.set(child.name, child);
    }
    this.children = [...byName.values()];
    this.#byName = byName;
  }

  /** Exact case first, then a match without case if there is only one. */
  find(name: string): TreeChild<Handle> | undefined {
    return this.#byName.get(name) ?? this.#foldedNames().get(fold(name));
  }

  #foldedNames(): ReadonlyMap<string, TreeChild<Handle> | undefined> {
    if (this.#byFoldedName === undefined) {
      this.#byFoldedName = new Map();
      for (const child of this.children) {
        const folded = fold(child.name);
        this.#byFoldedName.set(folded, this.#byFoldedName.has(folded) ? undefined : child);
      }
    }
    return this.#byFoldedName;
  }
}

const fold = (name: string): string => name.toLowerCase();
