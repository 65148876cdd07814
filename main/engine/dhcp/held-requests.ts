/** What is kept: a bench that is switched on together with the station. Firmware asks again for the rest. */
const MAXIMUM_HELD = 512;

/** Keeps work until it may be done, in its order; where that never comes, it is never done. */
export class HeldRequests implements Disposable {
  #held: (() => void)[] | undefined;
  #isOver = false;

  constructor(mayAnswer: Promise<void> | undefined) {
    if (mayAnswer === undefined) return;
    this.#held = [];
    mayAnswer.then(
      () => this.#release(),
      () => undefined,
    );
  }

  /** Does it at once, or when it may be done. */
  pass(work: () => void): void {
    if (this.#isOver) return;
    if (this.#held === undefined) work();
    else if (this.#held.length < MAXIMUM_HELD) this.#held.push(work);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#held = [];
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const work of held) this.pass(work);
  }
}
