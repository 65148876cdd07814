import type { CallArg, CallName, CallValue } from '../../main/contract/calls.ts';
import { type WireMessage, messageSchema } from '../../main/contract/wire.ts';
import { ChangeOrder, type NumberedChange, type Ordered } from './change-order.ts';
import type { LineWords } from './messages.ts';
import { PendingCalls } from './pending-calls.ts';
import { CallError, type Channel, type Connection, type StationListener, type Transport } from './transport.ts';

const firstRetryMs = 250;
const longestRetryMs = 4000;
/** A station that opens the line and says nothing is no station. */
const helloWithinMs = 5000;

/**
 * The station's protocol over any channel: hello, a snapshot, numbered changes, calls with ids. Comes back by itself after
 * a cut (0.25 s, doubling to 4 s) and then holds the station's true state.
 */
export class StationLine implements Transport {
  readonly #channel: Channel;
  readonly #words: () => LineWords;
  readonly #calls: PendingCalls;
  readonly #order = new ChangeOrder();
  #listener: StationListener | undefined;
  #line: { send(message: string): void; close(): void } | undefined;
  #greeted = false;
  #retryMs = firstRetryMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** `words` in the language of the moment: what the line itself has to say. */
  constructor(channel: Channel, words: () => LineWords) {
    this.#channel = channel;
    this.#words = words;
    this.#calls = new PendingCalls(words);
  }

  listen(listener: StationListener): void {
    this.#listener = listener;
    this.#tell({ state: 'connecting' });
    this.#open();
  }

  async call<Name extends CallName>(name: Name, arg: CallArg<Name>): Promise<CallValue<Name>> {
    const line = this.#line;
    if (line === undefined || !this.#greeted) throw new CallError(this.#words().notConnected);
    const value = await this.#calls.start(name, (id) => line.send(JSON.stringify({ id, call: name, arg })));
    return value as CallValue<Name>;
  }

  retry(): void {
    if (this.#line !== undefined || this.#closed) return;
    clearTimeout(this.#timer);
    this.#open();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#line?.close();
    this.#calls.cutOff();
  }

  #open(): void {
    // A channel may still say something after another one took its place.
    let current = true;
    const line = this.#channel.open({
      onMessage: (text) => {
        if (current) this.#receive(text);
      },
      onClose: (why) => {
        if (current) this.#lost(why);
        current = false;
      },
    });
    this.#line = line;
    this.#timer = setTimeout(() => line.close(), helloWithinMs);
  }

  #lost(why: 'lost' | 'refused'): void {
    clearTimeout(this.#timer);
    this.#line = undefined;
    this.#greeted = false;
    this.#order.forget();
    this.#calls.cutOff();
    if (this.#closed) return;
    if (why === 'refused') {
      this.#closed = true;
      this.#tell({ state: 'refused', reason: 'token' });
      return;
    }
    this.#tell({ state: 'lost' });
    this.#timer = setTimeout(() => this.#open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #receive(text: string): void {
    const message = parse(text);
    if (message === undefined) return;
    if ('hello' in message) {
      clearTimeout(this.#timer);
      // A hello in the middle is a station that was started anew behind the same channel.
      if (this.#greeted) this.#calls.cutOff();
      this.#greeted = true;
      this.#order.forget();
      void this.#askForSnapshot();
    } else if ('seq' in message) {
      this.#apply(this.#order.change(message));
    } else {
      this.#calls.answer(message);
    }
  }

  async #askForSnapshot(): Promise<void> {
    const line = this.#line;
    try {
      const { seq, state } = await this.call('state.snapshot', {});
      this.#retryMs = firstRetryMs;
      this.#listener?.onSnapshot(state);
      this.#tell({ state: 'open' });
      this.#apply(this.#order.snapshot(seq));
    } catch {
      // Cut off or silent: the channel is worth nothing, and a new one begins with a new snapshot.
      line?.close();
    }
  }

  #apply({ ready, gap }: Ordered): void {
    for (const change of ready) this.#listener?.onChange(change);
    if (gap) void this.#askForSnapshot();
  }

  #tell(connection: Connection): void {
    this.#listener?.onConnection(connection);
  }
}

/** Undefined where it is no message of this version: it is dropped, and a gap in the numbers shows if it mattered. */
function parse(text: string): Exclude<WireMessage, NumberedChange> | NumberedChange | undefined {
  try {
    const result = messageSchema.safeParse(JSON.parse(text));
    // The values of changes are the station's own; their shape is the contract's.
    return result.success ? (result.data as WireMessage) : undefined;
  } catch {
    return undefined;
  }
}
