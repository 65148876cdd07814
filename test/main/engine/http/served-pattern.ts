import type { Route, ServedFile } from '../../../../main/engine/files/route.ts';

/** A file of any size whose every byte tells its place: a byte sent from the wrong place is seen. */

const PERIOD = 65_521;
const period = Buffer.from(
  Uint8Array.from({ length: PERIOD * 2 }, (_, index) => ((index % PERIOD) * 2_654_435_761) >>> 24),
);

export function fillPattern(target: Uint8Array, positionBytes: number): void {
  for (let filled = 0; filled < target.length;) {
    const from = (positionBytes + filled) % PERIOD;
    const length = Math.min(PERIOD, target.length - filled);
    target.set(period.subarray(from, from + length), filled);
    filled += length;
  }
}

export function patternBytes(positionBytes: number, lengthBytes: number): Buffer {
  const bytes = Buffer.alloc(lengthBytes);
  fillPattern(bytes, positionBytes);
  return bytes;
}

export interface PatternFile extends ServedFile {
  /** Bytes read from it so far: what a server that reads ahead of its client would raise. */
  readBytes: number;
  closed: number;
}

export function patternFile(sizeBytes: number, overrides: Partial<ServedFile> = {}): PatternFile {
  const file: PatternFile = {
    kind: 'other',
    sizeBytes,
    entityTag: `"pattern-${sizeBytes}"`,
    modifiedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    readBytes: 0,
    closed: 0,
    read: (target, positionBytes) => {
      const length = Math.max(0, Math.min(target.length, sizeBytes - positionBytes));
      fillPattern(target.subarray(0, length), positionBytes);
      file.readBytes += length;
      return Promise.resolve(length);
    },
    close: () => {
      file.closed += 1;
      return Promise.resolve();
    },
    ...overrides,
  };
  return file;
}

/** Claims the paths of a table. */
export const tableRoute = (files: Readonly<Record<string, () => ServedFile>>): Route => ({
  name: 'table',
  claim: ({ path }) => Promise.resolve(Object.hasOwn(files, path) ? files[path]?.() : undefined),
});
