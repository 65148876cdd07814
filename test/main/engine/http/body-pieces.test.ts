import { describe, expect, it } from 'vitest';
import { type Piece, piecesOf, ShortFileError } from '../../../../main/engine/http/body-pieces.ts';
import { BufferPool } from '../../../../main/engine/http/buffer-pool.ts';
import type { BodyPart } from '../../../../main/engine/http/response-plan.ts';

const content = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));

const body: readonly BodyPart[] = [
  { kind: 'bytes', bytes: Buffer.from('--head--') },
  { kind: 'file', range: { offsetBytes: 100, lengthBytes: 3000 } },
  { kind: 'bytes', bytes: Buffer.from('--tail--') },
];
const expected = Buffer.concat([Buffer.from('--head--'), content.subarray(100, 3100), Buffer.from('--tail--')]);

const read = (target: Uint8Array, position: number): Promise<number> => {
  const part = content.subarray(position, position + target.length);
  target.set(part);
  return Promise.resolve(part.length);
};

async function all(pieces: AsyncGenerator<Piece, undefined>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) {
    parts.push(Buffer.from(piece.bytes));
    piece.release();
  }
  return Buffer.concat(parts);
}

describe('the pieces of a body', () => {
  it('are lent by the file where it has them, each given back once', async () => {
    let lent = 0;
    let released = 0;
    const file = {
      read: () => Promise.reject(new Error('not asked to read')),
      lend: (position: number, most: number) => {
        lent += 1;
        const bytes = content.subarray(position, Math.min(position + most, Math.ceil((position + 1) / 700) * 700));
        return Promise.resolve({ bytes, release: () => void (released += 1) });
      },
    };
    expect((await all(piecesOf(body, file, new BufferPool(0)))).equals(expected)).toBe(true);
    expect(lent).toBe(5);
    expect(released).toBe(5);
  });

  it('are read where there is nothing to lend', async () => {
    for (const lend of [undefined, () => Promise.resolve(undefined)]) {
      const file = lend === undefined ? { read } : { read, lend };
      expect((await all(piecesOf(body, file, new BufferPool(0)))).equals(expected)).toBe(true);
    }
  });

  it('give their chunk back where reading fails', async () => {
    const buffers = new BufferPool(1024 * 1024);
    const wanted: readonly BodyPart[] = [{ kind: 'file', range: { offsetBytes: 0, lengthBytes: 400_000 } }];
    for (let turn = 0; turn < 5; turn += 1) {
      await expect(all(piecesOf(wanted, { read }, buffers))).rejects.toBeInstanceOf(ShortFileError);
    }
    // Two large chunks are all there are: both can still be had.
    expect([buffers.acquire(400_000).length, buffers.acquire(400_000).length]).toEqual([512 * 1024, 512 * 1024]);
  });
});
