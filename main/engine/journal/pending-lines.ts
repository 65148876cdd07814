import { formatGap } from './journal-line.ts';

/**
 * Lines on their way to a file, bounded: while the disk takes nothing the oldest give way, and how many did is written where they
 * would have stood. Pure state.
 */
export class PendingLines {
  readonly #mostBytes: number;
  #lines: Buffer[] = [];
  #bytes = 0;
  #lost = 0;
  /** The file ends in a piece of the first line, which is written anew: the piece must not become its beginning. */
  #isTorn = false;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0 && this.#lost === 0;
  }

  get lostCount(): number {
    return this.#lost;
  }

  add(line: string): void {
    const bytes = Buffer.from(line);
    this.#lines.push(bytes);
    this.#bytes += bytes.length;
    while (this.#bytes > this.#mostBytes && this.#lines.length > 0) {
      this.#bytes -= this.#lines.shift()?.length ?? 0;
      this.#lost += 1;
    }
  }

  /** What has to be written now. */
  toWrite(): Buffer {
    return Buffer.concat([this.#head(), ...this.#lines]);
  }

  /** The file took so many bytes of `toWrite()`. A line without its end counts as written: its end is written next. */
  taken(byteCount: number): void {
    if (byteCount === 0) return;
    let left = byteCount - this.#head().length;
    if (left < 0) {
      if (left === -1) this.#lost = 0;
      // Not where it took nothing but the line end that was missing.
      this.#isTorn = byteCount > 1 || !this.#isTorn;
      return;
    }
    this.#lost = 0;
    let whole = 0;
    for (const { length } of this.#lines) {
      if (left < length - 1) break;
      left -= length;
      this.#bytes -= length;
      whole += 1;
    }
    this.#lines.splice(0, whole);
    this.#isTorn = left !== 0;
  }

  #head(): Buffer {
    return Buffer.from(`${this.#isTorn ? '\n' : ''}${this.#lost === 0 ? '' : formatGap(this.#lost)}`);
  }
}
