import type { TransferEnd } from './transfer.ts';

/** A transfer that is under way, whoever sends its packets. */
export interface Sending {
  /** Resolves when the transfer is over and everything of it is closed. */
  readonly ended: Promise<TransferEnd>;
  /** Why the file could not be read; undefined where it could. */
  readonly failure: unknown;
  start(): void;
  /** The client asked for the same again. */
  requestRepeated(): void;
  /** The client asked for something else from the same port. */
  supersede(): void;
  /** Ends it and tells the client. */
  abort(reason: string, message: string): void;
}
