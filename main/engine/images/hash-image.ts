import { createHash } from 'node:crypto';
import type { ByteSource } from '../iso/byte-source.ts';

export interface HashProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** Big enough that reading, not switching, takes the time; small enough that the event loop breathes (some 3 ms of hashing). */
const chunkBytes = 2 * 1024 * 1024;

/** SHA-256 (hex) of an image. The next chunk is read while one is hashed. Rejects with what reading rejects with, or the signal's reason. */
export async function hashImage(
  source: ByteSource,
  options: { onProgress?: ((progress: HashProgress) => void) | undefined; signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const { onProgress, signal } = options;
  const hash = createHash('sha256');
  const totalBytes = source.sizeBytes;
  const buffers = [new Uint8Array(chunkBytes), new Uint8Array(chunkBytes)] as const;
  let doneBytes = 0;
  let reading = source.read(buffers[0], 0);
  for (let turn = 0; doneBytes < totalBytes; turn++) {
    const length = await reading;
    signal?.throwIfAborted();
    if (length === 0) break;
    const chunk = buffers[turn % 2 === 0 ? 0 : 1].subarray(0, length);
    doneBytes += length;
    if (doneBytes < totalBytes) {
      reading = source.read(buffers[turn % 2 === 0 ? 1 : 0], doneBytes);
      // It is awaited in the next turn; an error until then is not unhandled.
      reading.catch(() => {});
    }
    hash.update(chunk);
    onProgress?.({ doneBytes, totalBytes });
  }
  return hash.digest('hex');
}
