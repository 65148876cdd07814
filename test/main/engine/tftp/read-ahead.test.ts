import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServedFile } from '../../../../main/engine/files/route.ts';
import { ChunkPool } from '../../../../main/engine/tftp/chunk-pool.ts';
import { FileShortened, ReadAhead } from '../../../../main/engine/tftp/read-ahead.ts';

function memoryFile(bytes: Uint8Array, sizeBytes = bytes.length) {
  const reads: { positionBytes: number; length: number }[] = [];
  let closed = 0;
  const file: ServedFile = {
    kind: 'other',
    sizeBytes,
    entityTag: '"test"',
    read: async (target, positionBytes) => {
      reads.push({ positionBytes, length: target.length });
      await Promise.resolve();
      const piece = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(piece);
      return piece.length;
    },
    close: async () => {
      closed += 1;
      return Promise.resolve();
    },
  };
  return { file, reads, closedTimes: () => closed };
}

const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

async function readAll(reader: ReadAhead, pieceLength: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  while (!reader.atEnd && reader.failure === undefined) {
    const { available } = reader;
    if (available === undefined) {
      await settled();
      continue;
    }
    const piece = available.subarray(0, pieceLength);
    pieces.push(Buffer.from(piece));
    reader.use(piece.length);
  }
  return Buffer.concat(pieces);
}

describe('reading ahead', () => {
  it('gives the bytes of the file in order, whatever the pieces', async () => {
    const size = fc.integer({ min: 0, max: 300 });
    await fc.assert(
      fc.asyncProperty(size, fc.nat(40), fc.nat(50), async (sizeBytes, chunk, piece) => {
        const bytes = Buffer.from(Array.from({ length: sizeBytes }, (_, index) => index & 0xff));
        const { file } = memoryFile(bytes);
        const reader = new ReadAhead(file, { chunkBytes: chunk + 1, pool: new ChunkPool(1_000), onChange: () => {} });
        expect(await readAll(reader, piece + 1)).toEqual(bytes);
        await reader.close();
      }),
      { numRuns: 100 },
    );
  });

  it('reads nothing before it is asked, then one chunk and never more than one ahead', async () => {
    const { file, reads } = memoryFile(Buffer.alloc(100));
    const reader = new ReadAhead(file, { chunkBytes: 10, pool: new ChunkPool(1_000), onChange: () => {} });
    await settled();
    expect(reads).toHaveLength(0);
    expect(reader.available).toBeUndefined();
    await settled();
    expect(reader.available).toHaveLength(10);
    await settled();
    await settled();
    expect(reads.map(({ positionBytes }) => positionBytes)).toEqual([0, 10]);
    reader.use(10);
    await settled();
    expect(reads.map(({ positionBytes }) => positionBytes)).toEqual([0, 10, 20]);
    await reader.close();
  });

  it('says when bytes have come', async () => {
    const { file } = memoryFile(Buffer.alloc(5));
    let changes = 0;
    const reader = new ReadAhead(file, { chunkBytes: 10, pool: new ChunkPool(0), onChange: () => (changes += 1) });
    expect(reader.available).toBeUndefined();
    await settled();
    expect(changes).toBe(1);
    await reader.close();
  });

  it('fails where the file is shorter than it said', async () => {
    const { file } = memoryFile(Buffer.alloc(15), 20);
    const reader = new ReadAhead(file, { chunkBytes: 10, pool: new ChunkPool(0), onChange: () => {} });
    await readAll(reader, 10);
    expect(reader.failure).toBeInstanceOf(FileShortened);
    await reader.close();
  });

  it('closes the file once, after the read that is under way', async () => {
    const { file, closedTimes } = memoryFile(Buffer.alloc(50));
    const pool = new ChunkPool(1_000);
    let isReading = false;
    const slow: ServedFile = {
      ...file,
      read: async (target, positionBytes) => {
        isReading = true;
        await settled();
        await settled();
        isReading = false;
        return await file.read(target, positionBytes);
      },
      close: async () => {
        expect(isReading).toBe(false);
        await file.close();
      },
    };
    const reader = new ReadAhead(slow, { chunkBytes: 10, pool, onChange: () => expect.unreachable() });
    expect(reader.available).toBeUndefined();
    await reader.close();
    expect(closedTimes()).toBe(1);
  });
});

describe('chunk pool', () => {
  it('gives a buffer again, and keeps no more than it may', () => {
    const pool = new ChunkPool(150);
    const [first, second] = [pool.take(100), pool.take(100)];
    pool.give(first);
    pool.give(second);
    expect(pool.take(50)).toHaveLength(50);
    expect(pool.take(100)).toBe(first);
    expect(pool.take(100)).not.toBe(second);
  });
});
