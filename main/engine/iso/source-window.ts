import type { ByteSource } from './byte-source.ts';

/** A part of a source as a source of its own: a file system that lies inside an image. */
export function sourceWindow(source: ByteSource, offsetBytes: number, sizeBytes: number): ByteSource {
  const end = Math.max(0, Math.min(sizeBytes, source.sizeBytes - offsetBytes));
  return {
    path: source.path,
    sizeBytes: end,
    read(target, positionBytes) {
      const wanted = Math.max(0, Math.min(target.length, end - positionBytes));
      return wanted === 0 ? Promise.resolve(0) : source.read(target.subarray(0, wanted), offsetBytes + positionBytes);
    },
  };
}
