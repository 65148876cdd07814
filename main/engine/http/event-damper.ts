/**
 * Lets the same thing be told only now and then: a client that asks for a vanished file in a loop must not fill the
 * journal. Bounded; time comes in as an argument.
 */
export class EventDamper {
  readonly #toldAtMs = new Map<string, number>();
  readonly #intervalMs: number;
  readonly #maxKeys: number;

  constructor(intervalMs = 10_000, maxKeys = 256) {
    this.#intervalMs = intervalMs;
    this.#maxKeys = maxKeys;
  }

  /** Whether what `key` stands for may be told at this moment. */
  allows(key: string, atMs: number): boolean {
    const last = this.#toldAtMs.get(key);
    if (last !== undefined && atMs - last < this.#intervalMs) return false;
    this.#toldAtMs.delete(key);
    this.#toldAtMs.set(key, atMs);
    // Oldest first, as a Map keeps the order of insertion.
    const [oldest] = this.#toldAtMs.keys();
    if (this.#toldAtMs.size > this.#maxKeys && oldest !== undefined) this.#toldAtMs.delete(oldest);
    return true;
  }
}
