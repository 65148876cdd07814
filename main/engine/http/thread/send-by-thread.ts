import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { StationError } from '../../../contract/errors.ts';
import type { DirectBytes } from '../../files/route.ts';
import { ShortFileError } from '../body-pieces.ts';
import { finish, type ReplyOutcome, writeHead } from '../responder.ts';
import type { ResponsePlan } from '../response-plan.ts';
import type { BodyBeingSent, BodyThread, OpenedConnection } from './body-thread.ts';
import { piecesOfRange } from './file-pieces.ts';

/** Less is sent by the time that a thread has heard of it. */
const SMALLEST_BODY_BYTES = 256 * 1024;
/** How often it is asked whether the source is still what it was. */
const CHECK_INTERVAL_MS = 1_000;

export interface ThreadedReply {
  readonly plan: ResponsePlan;
  readonly bytes: Extract<DirectBytes, { kind: 'descriptor' }>;
  readonly path: string;
  readonly onSent: (bytes: number) => void;
}

/** The connection, where an answer is one the thread can send: a large range of a file whose place is known. */
export function connectionForThread(
  thread: BodyThread | undefined,
  plan: ResponsePlan,
  direct: DirectBytes | undefined,
  socket: Socket | null,
): OpenedConnection | undefined {
  const [part] = plan.body;
  if (thread?.isAlive !== true || direct?.kind !== 'descriptor' || plan.body.length !== 1) return undefined;
  if (part?.kind !== 'file' || part.range.lengthBytes < SMALLEST_BODY_BYTES) return undefined;
  const descriptor = descriptorOf(socket);
  return descriptor === undefined ? undefined : thread.open(descriptor);
}

/**
 * Sends head and body. Rejects where the file became shorter or cannot be read, or as `bytes.checkUnchanged` does; the connection is
 * destroyed then.
 */
export async function sendByThread(
  response: ServerResponse,
  connection: OpenedConnection,
  reply: ThreadedReply,
): Promise<ReplyOutcome> {
  const { plan, bytes, path, onSent } = reply;
  const { socket } = response;
  const [part] = plan.body;
  if (socket === null || part?.kind !== 'file') {
    connection.release();
    return 'aborted';
  }
  try {
    // Before the head: a source that is gone can still be answered with a status of its own.
    await bytes.checkUnchanged?.();
  } catch (error) {
    connection.release();
    throw error;
  }
  writeHead(response, plan);
  response.flushHeaders();
  if (!(await isFlushed(socket))) {
    connection.release();
    return 'aborted';
  }
  const { range } = part;
  const pieces = piecesOfRange(bytes.extents, range.offsetBytes, range.lengthBytes);
  const body = connection.send({ descriptor: bytes.descriptor, pieces, onSent });
  const cancel = (): void => body.cancel();
  response.once('close', cancel);
  // Node sees none of the bytes: the thread watches for stalls.
  const stallTimeoutMs = socket.timeout ?? 0;
  socket.setTimeout(0);
  try {
    const outcome = await endOf(body, bytes.checkUnchanged);
    if (outcome === 'complete' && !response.destroyed) {
      socket.setTimeout(stallTimeoutMs);
      return await finish(response);
    }
    if (outcome === 'shortened') throw new ShortFileError(range.offsetBytes);
    if (outcome === 'unreadable') {
      throw new StationError('E_IMAGE_NOT_READABLE', { path, reason: 'the disk that it is on reports an error' });
    }
    response.destroy();
    return 'aborted';
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    response.removeListener('close', cancel);
  }
}

/** Its outcome; rejects as the check does, after the thread has let go of it. */
async function endOf(body: BodyBeingSent, check: (() => Promise<void>) | undefined): Promise<string> {
  let failure: unknown;
  const timer = setInterval(() => {
    check?.().catch((error: unknown) => {
      failure ??= error;
      body.cancel();
    });
  }, CHECK_INTERVAL_MS).unref();
  const outcome = await body.ended;
  clearInterval(timer);
  if (failure !== undefined) throw failure;
  return outcome;
}

/** True once the kernel has all that was written; false where the connection closed before. */
function isFlushed(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const closed = (): void => resolve(false);
    socket.once('close', closed);
    socket.write(nothing, (error) => {
      socket.removeListener('close', closed);
      resolve(!(error instanceof Error) && !socket.destroyed);
    });
  });
}

const nothing = Buffer.alloc(0);

/** Node has no other way to it. Undefined where the connection is closed. */
function descriptorOf(socket: Socket | null): number | undefined {
  const handle = (socket as unknown as { readonly _handle?: { readonly fd?: number } } | null)?._handle;
  return handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined;
}
