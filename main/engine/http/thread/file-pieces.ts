import type { Extent } from '../../iso/image-fs.ts';

/** Where a range of a file lies, when the file lies in these extents. Nothing beyond the end of the file. */
export function piecesOfRange(extents: readonly Extent[], offsetBytes: number, lengthBytes: number): Extent[] {
  const pieces: Extent[] = [];
  let extentStart = 0;
  const end = offsetBytes + lengthBytes;
  for (const extent of extents) {
    const from = Math.max(offsetBytes, extentStart);
    const to = Math.min(end, extentStart + extent.lengthBytes);
    if (to > from) pieces.push({ offsetBytes: extent.offsetBytes + from - extentStart, lengthBytes: to - from });
    extentStart += extent.lengthBytes;
  }
  return pieces;
}
