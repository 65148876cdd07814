import { BlockCache, CACHE_BLOCK_BYTES } from './block-cache.ts';
import type { ByteSource } from './byte-source.ts';

/** 160 blocks: two for each of 80 machines that read at the same time. */
const CACHE_BYTES = 40 * 1024 * 1024;
/** Shorter reads (directories, heads of files) are not worth a block. */
const SMALLEST_CACHED_READ_BYTES = 32 * 1024;
/** Blocks that are remembered as read lately, to tell who reads on from who jumps. */
const REMEMBERED_BLOCKS = 1024;

/**
 * A source whose readers share one cache of bounded size, with the next block read ahead of who reads on: machines that install the same
 * system at about the same time cost one read of the disk. Reads reject as the source's do, cached or not.
 */
export function cachedSource(source: ByteSource, cacheBytes = CACHE_BYTES): ByteSource {
  const cache = new BlockCache(source, cacheBytes);
  const recent = new Set<number>();

  const noteUse = (index: number): void => {
    if (recent.has(index - 1)) cache.readAhead(index + 1);
    recent.delete(index);
    recent.add(index);
    const [oldest] = recent;
    if (recent.size > REMEMBERED_BLOCKS && oldest !== undefined) recent.delete(oldest);
  };

  const readPart = async (target: Uint8Array, positionBytes: number): Promise<number> => {
    const index = Math.floor(positionBytes / CACHE_BLOCK_BYTES);
    const block = cache.acquire(index);
    noteUse(index);
    if (block === undefined) return await source.read(target, positionBytes);
    try {
      const offset = positionBytes - index * CACHE_BLOCK_BYTES;
      const part = block.bytes.subarray(offset, Math.min(await block.loaded, offset + target.length));
      target.set(part);
      return part.length;
    } finally {
      cache.release(block);
    }
  };

  return {
    path: source.path,
    sizeBytes: source.sizeBytes,
    descriptor: source.descriptor,
    async lend(positionBytes, maxBytes) {
      const index = Math.floor(positionBytes / CACHE_BLOCK_BYTES);
      const isSmall = maxBytes < SMALLEST_CACHED_READ_BYTES && !cache.has(index);
      if (isSmall || positionBytes >= source.sizeBytes) return undefined;
      await source.check?.();
      const block = cache.acquire(index);
      noteUse(index);
      if (block === undefined) return undefined;
      try {
        const offset = positionBytes - index * CACHE_BLOCK_BYTES;
        const bytes = block.bytes.subarray(offset, Math.min(await block.loaded, offset + maxBytes));
        return { bytes, release: () => cache.release(block) };
      } catch (thrown) {
        cache.release(block);
        throw thrown;
      }
    },
    async check() {
      await source.check?.();
    },
    async read(target, positionBytes) {
      const wanted = Math.max(0, Math.min(target.length, source.sizeBytes - positionBytes));
      const isSmall = wanted < SMALLEST_CACHED_READ_BYTES && !cache.has(Math.floor(positionBytes / CACHE_BLOCK_BYTES));
      if (isSmall || wanted > cacheBytes / 2) return await source.read(target, positionBytes);
      await source.check?.();
      const parts: Promise<number>[] = [];
      for (let done = 0; done < wanted;) {
        const inBlock = CACHE_BLOCK_BYTES - ((positionBytes + done) % CACHE_BLOCK_BYTES);
        const length = Math.min(inBlock, wanted - done);
        parts.push(readPart(target.subarray(done, done + length), positionBytes + done));
        done += length;
      }
      // All of them: none may still write into the target after this has failed.
      const lengths = await Promise.allSettled(parts);
      let total = 0;
      for (const outcome of lengths) {
        if (outcome.status === 'rejected') throw outcome.reason;
        total += outcome.value;
      }
      return total;
    },
  };
}
