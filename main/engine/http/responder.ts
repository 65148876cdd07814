import type { ServerResponse } from 'node:http';
import type { ServedFile } from '../files/route.ts';
import { type Piece, piecesOf } from './body-pieces.ts';
import type { BufferPool } from './buffer-pool.ts';
import { fileBytesOf, type ResponsePlan } from './response-plan.ts';

export interface Reply {
  readonly plan: ResponsePlan;
  /** False for HEAD: the same headers and no body. */
  readonly withBody: boolean;
  readonly buffers: BufferPool;
  readonly file: Pick<ServedFile, 'read' | 'lend'>;
  /** Told of bytes of the file that left for the kernel. */
  readonly onSent: (bytes: number) => void;
}

/** `aborted`: the client closed the connection first, which firmware does on purpose. */
export type ReplyOutcome = 'complete' | 'aborted';

/** Sends an answer that has no file in it. */
export async function sendMessage(
  response: ServerResponse,
  plan: ResponsePlan,
  withBody: boolean,
): Promise<ReplyOutcome> {
  writeHead(response, plan);
  for (const part of withBody ? plan.body : []) if (part.kind === 'bytes') response.write(part.bytes);
  return await finish(response);
}

/**
 * Sends an answer, holding at most two pieces of the file at a time: one is read while the other is on its way out,
 * and nothing is read that the client has no room for.
 *
 * Rejects with the error of reading. Where the head was sent by then (`response.headersSent`) the connection is
 * destroyed, as it is all that tells the client that the promised length will not come.
 */
export async function sendReply(response: ServerResponse, reply: Reply): Promise<ReplyOutcome> {
  const { plan, withBody, buffers, file, onSent } = reply;
  if (!withBody || fileBytesOf(plan) === 0) return await sendMessage(response, plan, withBody);

  const pieces = piecesOf(plan.body, file, buffers);
  const held = new Set<Piece>();
  const next = async (): Promise<Piece | undefined> => {
    const { value } = await pieces.next();
    if (value !== undefined) held.add(value);
    return value;
  };
  let coming = next();
  let inFlight: Promise<boolean> | undefined;
  try {
    for (let piece = await coming; piece !== undefined; piece = await coming) {
      if ((await inFlight) === false) return 'aborted';
      const { bytes, isOfFile } = piece;
      const sent = piece;
      // Asked for before this write, as the system call of a write that the kernel has room for ends only when the
      // kernel has copied all of it.
      coming = next();
      // Only now: a source that cannot give its first bytes can still be answered with a status of its own.
      if (!response.headersSent) writeHead(response, plan);
      inFlight = write(response, bytes, () => {
        if (isOfFile) onSent(bytes.length);
      }).finally(() => {
        held.delete(sent);
        sent.release();
      });
    }
    return (await inFlight) === false ? 'aborted' : await finish(response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    throw error;
  } finally {
    // Nothing may be given back while a read fills it or the kernel still reads from it.
    await Promise.allSettled([coming, inFlight]);
    for (const piece of held) piece.release();
  }
}

export const writeHead = (response: ServerResponse, { status, headers }: ResponsePlan): void => {
  response.writeHead(status, headers.flat());
};

/** Resolves to true once the kernel has the bytes, to false where the connection closed before. */
function write(response: ServerResponse, bytes: Uint8Array, onWritten: () => void): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const closed = (): void => resolve(false);
    response.once('close', closed);
    response.write(bytes, (error) => {
      response.removeListener('close', closed);
      const written = !(error instanceof Error) && !response.destroyed;
      if (written) onWritten();
      resolve(written);
    });
  });
}

export function finish(response: ServerResponse): Promise<ReplyOutcome> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve('aborted');
      return;
    }
    response.once('finish', () => resolve('complete'));
    response.once('close', () => resolve('aborted'));
    response.end();
  });
}
