import type { Extent } from '../../iso/image-fs.ts';
import type { NegotiatedTransfer } from '../options.ts';
import type { TransferEnd } from '../transfer.ts';

/** What the server and its transfer thread say to each other. */

/** Where the bytes of a file are: in memory, or in an open file, end to end. */
export type ThreadSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'descriptor'; readonly descriptor: number; readonly extents: readonly Extent[] };

export interface ThreadTransfer {
  readonly id: number;
  /** Which of the thread's sockets sends it. */
  readonly socketIndex: number;
  /** IPv4 address as a number, and port. */
  readonly peerAddress: number;
  readonly peerPort: number;
  readonly negotiated: NegotiatedTransfer;
  readonly sizeBytes: number;
  readonly source: ThreadSource;
}

export type MessageToThread =
  | { readonly type: 'begin'; readonly transfer: ThreadTransfer }
  /** The client asked for the same again. */
  | { readonly type: 'repeated'; readonly id: number }
  /** The client asked for something else from the same port. */
  | { readonly type: 'superseded'; readonly id: number }
  | {
      readonly type: 'fail';
      readonly id: number;
      readonly outcome: 'aborted' | 'failed';
      readonly reason: string;
      readonly message: string;
    }
  | { readonly type: 'stop' };

/** How far a transfer is: what was acknowledged, and how many packets were sent again so far. */
export interface ThreadProgress {
  readonly id: number;
  readonly sentBytes: number;
  readonly retransmits: number;
}

export type SourceFailure = 'shortened' | 'unreadable';

export type MessageFromThread =
  | { readonly type: 'progress'; readonly transfers: readonly ThreadProgress[] }
  | ({
      readonly type: 'ended';
      readonly end: TransferEnd;
      /** The source has fewer bytes than it said, or cannot be read. */
      readonly failure: SourceFailure | undefined;
      /** How often it heard that the client asked for the same again. */
      readonly repeats: number;
    } & ThreadProgress)
  /** So many packets came from somebody who has no transfer. */
  | { readonly type: 'strangers'; readonly count: number };

/** What a thread is started with. */
export interface ThreadStart {
  /** UDP sockets bound to addresses of the interface. */
  readonly sockets: readonly number[];
  /** How fast time passes for its timers: 1, and less in tests on busy machines. */
  readonly clockRate: number;
}
