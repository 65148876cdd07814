import { expect, it } from 'vitest';
import { BufferPool, LARGE_CHUNK_BYTES, SMALL_CHUNK_BYTES } from '../../../../main/engine/http/buffer-pool.ts';

it('lends small chunks for small files and large ones for large files', () => {
  const pool = new BufferPool(10 * LARGE_CHUNK_BYTES);
  expect(pool.acquire(1).length).toBe(SMALL_CHUNK_BYTES);
  expect(pool.acquire(SMALL_CHUNK_BYTES).length).toBe(SMALL_CHUNK_BYTES);
  expect(pool.acquire(SMALL_CHUNK_BYTES + 1).length).toBe(LARGE_CHUNK_BYTES);
  expect(pool.acquire(1e12).length).toBe(LARGE_CHUNK_BYTES);
});

it('uses a chunk again, and never lends one twice', () => {
  const pool = new BufferPool(10 * LARGE_CHUNK_BYTES);
  const [first, second] = [pool.acquire(1e9), pool.acquire(1e9)];
  expect(first).not.toBe(second);
  pool.release(first);
  expect(pool.acquire(1e9)).toBe(first);
});

it('makes do with small chunks once the budget is lent', () => {
  const pool = new BufferPool(2 * LARGE_CHUNK_BYTES);
  const lent = [pool.acquire(1e9), pool.acquire(1e9)];
  expect(lent.map((chunk) => chunk.length)).toEqual([LARGE_CHUNK_BYTES, LARGE_CHUNK_BYTES]);
  expect(pool.acquire(1e9).length).toBe(SMALL_CHUNK_BYTES);
  for (const chunk of lent) pool.release(chunk);
  expect(pool.acquire(1e9).length).toBe(LARGE_CHUNK_BYTES);
});
