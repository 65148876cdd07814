import type { TreeDirectory } from './tree-directory.ts';

/** All cached directories of an image together: some 10 MB, and always the one that was read last. */
const CACHED_ENTRIES = 20_000;

/** Directories that were read, least recently used first out, counted by entries as that is what they weigh. */
export class DirectoryCache<Handle> {
  readonly #directories = new Map<number, Promise<TreeDirectory<Handle>>>();
  readonly #entryCounts = new Map<number, number>();
  #entries = 0;

  /** The directory of this identity, read by `load` if it is not here; callers at the same time share one `load`. */
  get(identity: number, load: () => Promise<TreeDirectory<Handle>>): Promise<TreeDirectory<Handle>> {
    const cached = this.#directories.get(identity);
    const directory = cached ?? this.#loadInto(identity, load);
    this.#directories.delete(identity);
    this.#directories.set(identity, directory);
    return directory;
  }

  async #loadInto(identity: number, load: () => Promise<TreeDirectory<Handle>>): Promise<TreeDirectory<Handle>> {
    try {
      const directory = await load();
      this.#entryCounts.set(identity, directory.children.length);
      this.#entries += directory.children.length;
      this.#evictExcept(identity);
      return directory;
    } catch (thrown) {
      this.#directories.delete(identity);
      throw thrown;
    }
  }

  #evictExcept(identity: number): void {
    for (const candidate of this.#directories.keys()) {
      if (this.#entries <= CACHED_ENTRIES && this.#directories.size <= CACHED_ENTRIES) return;
      const count = this.#entryCounts.get(candidate);
      // One that is still being read has no count yet and stays.
      if (candidate === identity || count === undefined) continue;
      this.#directories.delete(candidate);
      this.#entryCounts.delete(candidate);
      this.#entries -= count;
    }
  }
}
