import type { ServedFile } from '../files/route.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { BodyPart } from './response-plan.ts';

/** Bytes that are ready to be sent. `release` gives them back, once. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly isOfFile: boolean;
  release(): void;
}

/**
 * The body piece by piece, each read when it is asked for: lent by the file where it has them in memory, else read into a chunk of the
 * pool. Rejects with the error of reading, or with a ShortFileError.
 */
export async function* piecesOf(
  body: readonly BodyPart[],
  file: Pick<ServedFile, 'read' | 'lend'>,
  buffers: BufferPool,
): AsyncGenerator<Piece, undefined> {
  for (const part of body) {
    if (part.kind === 'bytes') {
      yield { bytes: part.bytes, isOfFile: false, release: () => undefined };
      continue;
    }
    const endBytes = part.range.offsetBytes + part.range.lengthBytes;
    for (let positionBytes = part.range.offsetBytes; positionBytes < endBytes;) {
      const piece = await filePiece(file, buffers, positionBytes, endBytes - positionBytes);
      positionBytes += piece.bytes.length;
      yield piece;
    }
  }
  return undefined;
}

async function filePiece(
  file: Pick<ServedFile, 'read' | 'lend'>,
  buffers: BufferPool,
  positionBytes: number,
  wantedBytes: number,
): Promise<Piece> {
  const lent = await file.lend?.(positionBytes, wantedBytes);
  if (lent !== undefined && lent.bytes.length > 0) {
    return { bytes: lent.bytes, isOfFile: true, release: () => lent.release() };
  }
  lent?.release();
  const chunk = buffers.acquire(wantedBytes);
  const release = (): void => buffers.release(chunk);
  try {
    const bytes = chunk.subarray(0, wantedBytes);
    await readFully(file, bytes, positionBytes);
    return { bytes, isOfFile: true, release };
  } catch (error) {
    release();
    throw error;
  }
}

async function readFully(file: Pick<ServedFile, 'read'>, target: Uint8Array, positionBytes: number): Promise<void> {
  let filled = 0;
  while (filled < target.length) {
    const bytesRead = await file.read(target.subarray(filled), positionBytes + filled);
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
