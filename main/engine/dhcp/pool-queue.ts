/**
 * A first-in-first-out queue whose members can leave from anywhere, all in constant time. A Set is not that: the places
 * of those who left stay behind at its head until it is rebuilt, and every look at the eldest walks past them.
 */
export class Queue<Value> implements Iterable<Value> {
  #first: Place<Value> | undefined;
  #last: Place<Value> | undefined;

  get eldest(): Value | undefined {
    return this.#first?.value;
  }

  push(value: Value): Place<Value> {
    const place: Place<Value> = { value, before: this.#last, behind: undefined };
    if (this.#last === undefined) this.#first = place;
    else this.#last.behind = place;
    this.#last = place;
    return place;
  }

  /** `place` has to be of this queue, and to leave it once. */
  remove({ before, behind }: Place<Value>): void {
    if (before === undefined) this.#first = behind;
    else before.behind = behind;
    if (behind === undefined) this.#last = before;
    else behind.before = before;
  }

  *[Symbol.iterator](): Iterator<Value> {
    for (let place = this.#first; place !== undefined; place = place.behind) yield place.value;
  }
}

export interface Place<Value> {
  readonly value: Value;
  before: Place<Value> | undefined;
  behind: Place<Value> | undefined;
}
