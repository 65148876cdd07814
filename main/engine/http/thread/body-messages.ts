import type { Extent } from '../../iso/image-fs.ts';

/** What the HTTP server and its body thread say to each other. */

export interface ThreadBody {
  readonly id: number;
  /** A descriptor of the client's connection for the thread alone; closed by whoever made it, after the end. */
  readonly socket: number;
  /** An open file, and the pieces of it that are sent, end to end. */
  readonly descriptor: number;
  readonly pieces: readonly Extent[];
}

export type MessageToBodyThread =
  | { readonly type: 'send'; readonly body: ThreadBody }
  /** Nothing more is sent; the end is told all the same. */
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'stop' };

/** `closed`: the client went away. `stalled`: it took nothing for long. `shortened`: the file is shorter than it was. */
export type BodyOutcome = 'complete' | 'cancelled' | 'closed' | 'stalled' | 'shortened' | 'unreadable';

export type MessageFromBodyThread =
  | { readonly type: 'progress'; readonly bodies: readonly { readonly id: number; readonly sentBytes: number }[] }
  | { readonly type: 'ended'; readonly id: number; readonly sentBytes: number; readonly outcome: BodyOutcome };

export interface BodyThreadStart {
  /** Without a byte that the client took. */
  readonly stallTimeoutMs: number;
}
