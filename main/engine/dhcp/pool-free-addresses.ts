/**
 * The addresses nobody has, as numbers 0 … size-1: asking, taking and giving back each take constant time. A dense list
 * and the place of every number in it.
 */
export class FreeAddresses {
  readonly #list: Uint32Array;
  readonly #placeOf: Uint32Array;
  #count: number;

  constructor(size: number) {
    this.#list = Uint32Array.from({ length: size }, (_, index) => index);
    this.#placeOf = this.#list.slice();
    this.#count = size;
  }

  get count(): number {
    return this.#count;
  }

  has(index: number): boolean {
    return (this.#placeOf[index] ?? this.#count) < this.#count;
  }

  /** Some free one, the same for the same `seed` and state; undefined where there is none. */
  pick(seed: number): number | undefined {
    return this.#count === 0 ? undefined : this.#list[seed % this.#count];
  }

  take(index: number): void {
    if (this.has(index)) this.#swap(index, --this.#count);
  }

  giveBack(index: number): void {
    if (!this.has(index)) this.#swap(index, this.#count++);
  }

  /** Exchanges the places of `index` and of what is at `place`. */
  #swap(index: number, place: number): void {
    const other = this.#list[place];
    const oldPlace = this.#placeOf[index];
    if (other === undefined || oldPlace === undefined) return;
    this.#list[place] = index;
    this.#list[oldPlace] = other;
    this.#placeOf[index] = place;
    this.#placeOf[other] = oldPlace;
  }
}
