import type { StationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';

/** Tells of a trouble once, and again only after it was over: a bench that asks every second is no news. */
export class TroubleReporter {
  readonly #emit: EmitEvent;
  /** Code of the error last told, by what it is about. */
  readonly #told = new Map<string, string>();

  constructor(emit: EmitEvent) {
    this.#emit = emit;
  }

  report(subject: string, error: StationError): void {
    if (this.#told.get(subject) === error.code) return;
    this.#told.set(subject, error.code);
    const { code, title, advice } = error;
    this.#emit({ type: 'engine.trouble', code, title, advice });
  }

  resolve(subject: string): void {
    this.#told.delete(subject);
  }
}
