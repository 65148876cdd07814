import type { LentBytes } from '../iso/byte-source.ts';
import type { FileKind, TransferProtocol } from '../../contract/events.ts';

/**
 * Files are routes: a path is offered to an ordered list of routes, each claims it or declines. TFTP and HTTP share
 * the list.
 */

/** What a client asked for. `path` is normalised: `/`-separated, relative, no `.`/`..`/empty segments, no NUL. */
export interface FileRequest {
  readonly path: string;
  /** Query of the URL; empty for TFTP. */
  readonly query: URLSearchParams;
  readonly protocol: TransferProtocol;
  readonly peerAddress: string;
}

/** A claimed file: it says its size and reads any byte range. It may be read by several ranges at once. */
export interface ServedFile {
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** Strong entity tag with its quotes; the same bytes have the same tag. */
  readonly entityTag: string;
  readonly modifiedAtMs?: number | undefined;
  /** Without it the HTTP server derives the type from the path. */
  readonly contentType?: string | undefined;
  /**
   * Fills `target` from `positionBytes` on and resolves to the number of bytes read, which is less than
   * `target.length` only at the end of the file. Rejects with a StationError where the source went away or changed.
   */
  read(target: Uint8Array, positionBytes: number): Promise<number>;
  /** Where the bytes lie, for who reads them without `read`; absent where only `read` can tell. Valid until `close`. */
  readonly direct?: DirectBytes | undefined;
  /** Some bytes from `positionBytes` on, lent where they are in memory anyhow (see `ByteSource.lend`); `read` always works. */
  lend?(positionBytes: number, maxBytes: number): Promise<LentBytes | undefined>;
  /** Called exactly once, when the server is done with it. */
  close(): Promise<void>;
}

/** Bytes in memory, or in an open file as pieces end to end. */
export type DirectBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'descriptor';
      readonly descriptor: number;
      readonly extents: readonly { readonly offsetBytes: number; readonly lengthBytes: number }[];
      /** Rejects with a StationError where the source went away or changed; who reads for long asks now and then. */
      readonly checkUnchanged?: (() => Promise<void>) | undefined;
    };

export interface Route {
  /** For logs: 'script', 'loader', 'tree', 'iso'. */
  readonly name: string;
  /** The file where the path is this route's, undefined to let the next route try. */
  claim(request: FileRequest): Promise<ServedFile | undefined>;
}

/** The first claim in order. */
export async function claimFirst(routes: readonly Route[], request: FileRequest): Promise<ServedFile | undefined> {
  for (const route of routes) {
    const file = await route.claim(request);
    if (file !== undefined) return file;
  }
  return undefined;
}
