import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import { CACHE_BLOCK_BYTES } from '../../../../main/engine/iso/block-cache.ts';
import type { ByteSource } from '../../../../main/engine/iso/byte-source.ts';
import { cachedSource } from '../../../../main/engine/iso/cached-source.ts';

const BLOCK = CACHE_BLOCK_BYTES;
const content = Buffer.alloc(12 * BLOCK + 1000);
for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32LE(at, at);

interface Watched {
  readonly source: ByteSource;
  /** Where each read of the source started, in blocks. */
  readonly reads: number[];
  /** Answers the reads that wait, when `isHeld`. */
  readonly letGo: () => void;
  isHeld: boolean;
  failure: Error | undefined;
}

function watched(bytes: Buffer = content): Watched {
  const waiting: (() => void)[] = [];
  const state: Watched = {
    reads: [],
    isHeld: false,
    failure: undefined,
    letGo: () => {
      for (const go of waiting.splice(0)) go();
    },
    source: {
      path: 'watched.iso',
      sizeBytes: bytes.length,
      async read(target, positionBytes) {
        state.reads.push(positionBytes / BLOCK);
        if (state.isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
        if (state.failure !== undefined) throw state.failure;
        const part = bytes.subarray(positionBytes, positionBytes + target.length);
        target.set(part);
        return part.length;
      },
    },
  };
  return state;
}

async function readAt(source: ByteSource, position: number, length: number): Promise<Buffer> {
  const target = Buffer.alloc(length);
  return target.subarray(0, await source.read(target, position));
}

describe('a cached source', () => {
  it('gives the bytes of its source, wherever and by however many it is read', async () => {
    const read = fc.tuple(fc.nat(content.length + 100), fc.nat(3 * BLOCK), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(read, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (reads, blocks) => {
        const source = cachedSource(watched().source, blocks * BLOCK);
        const outcomes = reads.map(async ([position, length, isLent]) => {
          const expected = content.subarray(position, position + length);
          if (!isLent) return (await readAt(source, position, length)).equals(expected);
          const lent = await source.lend?.(position, length);
          if (lent === undefined) return true;
          // Others read on meanwhile: what is lent must stay as it is.
          await new Promise((resolve) => setImmediate(resolve));
          const isSame = expected.subarray(0, lent.bytes.length).equals(lent.bytes);
          lent.release();
          return isSame && lent.bytes.length > 0;
        });
        expect(await Promise.all(outcomes)).toEqual(reads.map(() => true));
      }),
      { numRuns: 60 },
    );
  });

  it('reads once what many want at the same time, and what was wanted lately', async () => {
    const { source, reads } = watched();
    const cached = cachedSource(source, 8 * BLOCK);
    const all = await Promise.all(Array.from({ length: 32 }, async () => await readAt(cached, 0, 2 * BLOCK)));
    expect(all.every((bytes) => bytes.equals(content.subarray(0, 2 * BLOCK)))).toBe(true);
    await readAt(cached, BLOCK, BLOCK);
    expect(reads.filter((block) => block < 2)).toEqual([0, 1]);
  });

  it('reads ahead of who reads on, and not of who jumps', async () => {
    const { source, reads } = watched();
    const cached = cachedSource(source, 8 * BLOCK);
    for (const block of [9, 3, 6]) await readAt(cached, block * BLOCK, BLOCK);
    expect(reads).toEqual([9, 3, 6]);
    await readAt(cached, 7 * BLOCK, BLOCK);
    expect(reads).toEqual([9, 3, 6, 7, 8]);
    await readAt(cached, 8 * BLOCK, BLOCK);
    // Block 9 is there already.
    expect(reads).toEqual([9, 3, 6, 7, 8]);
    await readAt(cached, 12 * BLOCK, 1000);
    expect(Math.max(...reads)).toBe(12);
  });

  it('does not keep what short reads fetch, as those of directories', async () => {
    const { source, reads } = watched();
    const cached = cachedSource(source, 8 * BLOCK);
    await readAt(cached, 0, 2048);
    await readAt(cached, 0, 2048);
    expect(reads).toEqual([0, 0]);
    expect(await cached.lend?.(0, 2048)).toBeUndefined();
    await readAt(cached, 0, BLOCK);
    await readAt(cached, 4096, 2048);
    expect(reads).toEqual([0, 0, 0]);
  });

  it('keeps no more than it may, and what was used longest ago goes first', async () => {
    const { source, reads } = watched();
    const cached = cachedSource(source, 2 * BLOCK);
    for (const block of [0, 4, 0, 8, 0, 4]) await readAt(cached, block * BLOCK, BLOCK / 4);
    expect(reads).toEqual([0, 4, 8, 4]);
  });

  it('works without a free block, past those that are lent', async () => {
    const { source } = watched();
    const cached = cachedSource(source, 2 * BLOCK);
    const lent = [await cached.lend?.(0, BLOCK), await cached.lend?.(4 * BLOCK, BLOCK)];
    expect(lent.every((one) => one !== undefined)).toBe(true);
    expect(await cached.lend?.(8 * BLOCK, BLOCK)).toBeUndefined();
    expect((await readAt(cached, 8 * BLOCK, BLOCK / 4)).equals(content.subarray(8 * BLOCK, 8.25 * BLOCK))).toBe(true);
    expect(lent[0]?.bytes).toEqual(content.subarray(0, BLOCK));
    for (const one of lent) one?.release();
    const again = await cached.lend?.(8 * BLOCK, BLOCK);
    expect(again?.bytes.length).toBe(BLOCK);
    again?.release();
  });

  it('tells all who wait of a failure, and reads again after it', async () => {
    const state = watched();
    const cached = cachedSource(state.source, 4 * BLOCK);
    state.failure = new StationError('E_IMAGE_CHANGED', { path: 'x', detail: 'gone' });
    const outcomes = await Promise.allSettled([
      readAt(cached, 0, BLOCK),
      readAt(cached, 0, BLOCK),
      cached.lend?.(0, BLOCK),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    state.failure = undefined;
    expect((await readAt(cached, 0, BLOCK)).equals(content.subarray(0, BLOCK))).toBe(true);
    // No block was lost by the failure: all of them can still be lent.
    const lent = await Promise.all([0, 3, 6, 9].map(async (block) => await cached.lend?.(block * BLOCK, BLOCK)));
    expect(lent.every((one) => one !== undefined)).toBe(true);
  });

  it('gives nothing from memory of a source that changed', async () => {
    const { source } = watched();
    let isChanged = false;
    const changing: ByteSource = {
      ...source,
      check: () => (isChanged ? Promise.reject(new Error('it changed')) : Promise.resolve()),
    };
    const cached = cachedSource(changing, 4 * BLOCK);
    await readAt(cached, 0, BLOCK);
    isChanged = true;
    await expect(cached.read(new Uint8Array(BLOCK), 0)).rejects.toThrow('it changed');
    await expect(cached.lend?.(0, BLOCK)).rejects.toThrow('it changed');
  });
});
