import type { ServerResponse } from 'node:http';
import type { BufferPool } from './buffer-pool.ts';
import { type BodyPart, fileBytesOf, type ResponsePlan } from './response-plan.ts';

export interface Reply {
  readonly plan: ResponsePlan;
  /** False for HEAD: the same headers and no body. */
  readonly withBody: boolean;
  readonly buffers: BufferPool;
  /** Fills `target` from `positionBytes` on; see ServedFile.read. */
  readonly read: (target: Uint8Array, positionBytes: number) => Promise<number>;
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
 * Sends an answer, holding at most two chunks of the file at a time: one is read while the other is on its way out,
 * and nothing is read that the client has no room for.
 *
 * Rejects with the error of `read`. Where the head was sent by then (`response.headersSent`) the connection is
 * destroyed, as it is all that tells the client that the promised length will not come.
 */
export async function sendReply(response: ServerResponse, reply: Reply): Promise<ReplyOutcome> {
  const { plan, withBody, buffers, read, onSent } = reply;
  const fileBytes = fileBytesOf(plan);
  if (!withBody || fileBytes === 0) return await sendMessage(response, plan, withBody);

  const chunk = buffers.acquire(fileBytes);
  const chunks = [chunk];
  if (plan.body.length > 1 || fileBytes > chunk.length) chunks.push(buffers.acquire(fileBytes));
  const fill = async ({ bytes, positionBytes }: Step): Promise<void> => {
    if (positionBytes !== undefined) await readFully(read, bytes, positionBytes);
  };
  const steps = stepsOf(plan.body, chunks);
  let step = steps.next().value;
  let filling = step === undefined ? undefined : fill(step);
  let inFlight: Promise<boolean> | undefined;
  try {
    while (step !== undefined) {
      await filling;
      if ((await inFlight) === false) return 'aborted';
      // The chunk of the write that just ended is free. Its next bytes are asked for before this write, as the system
      // call of a write that the kernel has room for ends only when the kernel has copied all of it.
      const following: Step | undefined = steps.next().value;
      filling = following === undefined ? undefined : fill(following);
      // Only now: a source that cannot give its first bytes can still be answered with a status of its own.
      if (!response.headersSent) writeHead(response, plan);
      const { bytes, positionBytes } = step;
      inFlight = write(response, bytes, () => {
        if (positionBytes !== undefined) onSent(bytes.length);
      });
      step = following;
    }
    return (await inFlight) === false ? 'aborted' : await finish(response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    throw error;
  } finally {
    // A chunk may not be lent again while a read fills it or the kernel still reads from it.
    await Promise.allSettled([filling, inFlight]);
    for (const chunk of chunks) buffers.release(chunk);
  }
}

interface Step {
  readonly bytes: Uint8Array;
  /** Where in the file `bytes` is to be filled from; undefined where it is full already. */
  readonly positionBytes?: number;
}

/** The body cut into writes, the chunks taken in turn. */
function* stepsOf(body: readonly BodyPart[], chunks: readonly Buffer[]): Generator<Step, undefined> {
  let turn = 0;
  for (const part of body) {
    if (part.kind === 'bytes') {
      yield { bytes: part.bytes };
      continue;
    }
    const endBytes = part.range.offsetBytes + part.range.lengthBytes;
    let positionBytes = part.range.offsetBytes;
    while (positionBytes < endBytes) {
      const chunk = chunks[turn++ % chunks.length];
      if (chunk === undefined) return undefined;
      const bytes = chunk.subarray(0, endBytes - positionBytes);
      yield { bytes, positionBytes };
      positionBytes += bytes.length;
    }
  }
  return undefined;
}

async function readFully(read: Reply['read'], target: Uint8Array, positionBytes: number): Promise<void> {
  let filled = 0;
  while (filled < target.length) {
    const bytesRead = await read(target.subarray(filled), positionBytes + filled);
    if (bytesRead <= 0) throw new ShortFileError(positionBytes + filled);
    filled += bytesRead;
  }
}

/** A file that ended before the size it was claimed with. */
export class ShortFileError extends Error {
  constructor(endedAtBytes: number) {
    super(`it ended at byte ${endedAtBytes}, before the size it had when it was opened`);
    this.name = 'ShortFileError';
  }
}

const writeHead = (response: ServerResponse, { status, headers }: ResponsePlan): void => {
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

function finish(response: ServerResponse): Promise<ReplyOutcome> {
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
