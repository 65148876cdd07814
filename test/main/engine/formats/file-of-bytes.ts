import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { ByteSource } from '../../../../main/engine/iso/byte-source.ts';

/** A file in memory that counts what is read, so that a test can say how little of it that was. */
export function fileOfBytes(bytes: Uint8Array): ByteSource & { readonly readBytes: () => number } {
  const source = memorySource(bytes);
  let total = 0;
  return {
    ...source,
    read(target, positionBytes) {
      if (!Number.isSafeInteger(positionBytes) || positionBytes < 0) throw new Error(`read at ${positionBytes}`);
      total += target.length;
      return source.read(target, positionBytes);
    },
    readBytes: () => total,
  };
}
