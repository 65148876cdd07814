/** One file made of several, end to end, that can be read anywhere and keeps nothing in memory. */

export interface Readable {
  readonly sizeBytes: number;
  /** As `ServedFile.read`. */
  read(target: Uint8Array, positionBytes: number): Promise<number>;
}

export function joined(parts: readonly Readable[]): Readable {
  const starts: number[] = [];
  let sizeBytes = 0;
  for (const part of parts) {
    starts.push(sizeBytes);
    sizeBytes += part.sizeBytes;
  }
  return {
    sizeBytes,
    async read(target, positionBytes) {
      let done = 0;
      for (let index = partAt(starts, positionBytes); index < parts.length && done < target.length; index += 1) {
        const part = parts[index];
        const from = positionBytes + done - (starts[index] ?? 0);
        const wanted = Math.min(target.length - done, (part?.sizeBytes ?? 0) - from);
        if (part === undefined || wanted <= 0) continue;
        const length = await part.read(target.subarray(done, done + wanted), from);
        done += length;
        // A part that gave less than its size must not be papered over with the next one's bytes.
        if (length < wanted) break;
      }
      return done;
    },
  };
}

export function readableBytes(bytes: Uint8Array): Readable {
  return {
    sizeBytes: bytes.length,
    read(target, positionBytes) {
      const part = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(part);
      return Promise.resolve(part.length);
    },
  };
}

/** The last part that starts at or before a position. */
function partAt(starts: readonly number[], positionBytes: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= positionBytes) low = middle;
    else high = middle;
  }
  return low;
}
