import type { CallArg, CallName, CallValue } from '../../main/contract/calls.ts';
import type { Change } from '../../main/contract/changes.ts';
import type { StationState } from '../../main/contract/state.ts';

/**
 * Whether the station can be heard. `lost` tries again by itself; `refused` is final: the station does not accept this
 * screen's token, or speaks another version.
 */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  | { readonly state: 'lost' }
  | { readonly state: 'refused'; readonly reason: 'token' | 'version' };

export interface StationListener {
  readonly onConnection: (connection: Connection) => void;
  /** The whole state: first of all, and after anything was missed. */
  readonly onSnapshot: (state: StationState) => void;
  readonly onChange: (change: Change) => void;
}

/** A screen's line to its station, whichever way the bytes go. */
export interface Transport {
  /** Resolves to the station's answer; rejects with a `CallError`. */
  call<Name extends CallName>(name: Name, arg: CallArg<Name>): Promise<CallValue<Name>>;
  listen(listener: StationListener): void;
  /** Tries at once where it would wait. */
  retry(): void;
  close(): void;
}

/** What carries messages: a WebSocket or the desktop shell's bridge. One at a time is open. */
export interface Channel {
  /** Opens, and tells what happens to it; `onClose` once, also where it never opened. */
  open(events: ChannelEvents): { send(message: string): void; close(): void };
}

export interface ChannelEvents {
  readonly onMessage: (message: string) => void;
  /** `refused`: there is no use in trying again. */
  readonly onClose: (why: 'lost' | 'refused') => void;
}

/** What a call failed with, in the two voices of the station's errors. */
export class CallError extends Error {
  readonly code: string;
  readonly title: string;
  readonly advice: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(report: { code: string; title: string; advice: string; data?: Readonly<Record<string, unknown>> }) {
    super(report.title);
    this.name = 'CallError';
    this.code = report.code;
    this.title = report.title;
    this.advice = report.advice;
    this.data = report.data ?? {};
  }
}
