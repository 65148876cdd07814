import type { CallName } from '../../main/contract/calls.ts';
import type { WireAnswer } from '../../main/contract/wire.ts';
import type { LineWords } from './messages.ts';
import { CallError } from './transport.ts';

/** How long a call may take. A dialog is open as long as the person likes; reading a disc image or a network takes its time. */
const timeoutsMs: Partial<Record<CallName, number | undefined>> = {
  'images.pick': undefined,
  'images.inspect': 120_000,
  'images.add': 120_000,
  'interfaces.probe': 60_000,
  'session.preflight': 60_000,
  'session.start': 120_000,
  'session.resume': 120_000,
  'session.stop': 60_000,
  'rehearsal.start': 60_000,
};
const usualTimeoutMs = 15_000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: CallError) => void;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

/** Calls that wait for their answers. Every one of them ends: answered, out of time, or cut off. */
export class PendingCalls {
  readonly #pending = new Map<number, Pending>();
  readonly #words: () => LineWords;
  #nextId = 1;

  constructor(words: () => LineWords) {
    this.#words = words;
  }

  /** `send` gets the id that the answer will carry. */
  start(name: CallName, send: (id: number) => void): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timeoutMs = name in timeoutsMs ? timeoutsMs[name] : usualTimeoutMs;
      const timer =
        timeoutMs === undefined
          ? undefined
          : setTimeout(() => this.#take(id)?.reject(new CallError(this.#words().timedOut)), timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      send(id);
    });
  }

  /** An answer to a call that has ended meanwhile is dropped. */
  answer(answer: WireAnswer): void {
    const pending = this.#take(answer.id);
    if (answer.ok) pending?.resolve(answer.value);
    else pending?.reject(new CallError(answer.error));
  }

  cutOff(): void {
    for (const id of this.#pending.keys()) this.#take(id)?.reject(new CallError(this.#words().cutOff));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }
}
