import { describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { ByteSource } from '../../../../main/engine/iso/byte-source.ts';
import { DirectoryCache } from '../../../../main/engine/iso/directory-cache.ts';
import { ImageDamage } from '../../../../main/engine/iso/image-damage.ts';
import { MetadataReader } from '../../../../main/engine/iso/metadata-reader.ts';
import { TreeDirectory } from '../../../../main/engine/iso/tree-directory.ts';

const BLOCK = 32 * 1024;

interface CountedSource extends ByteSource {
  readonly reads: number;
}

function counted(sizeBytes: number): CountedSource {
  const bytes = new Uint8Array(sizeBytes);
  for (let index = 0; index < sizeBytes; index += 1) bytes[index] = (index * 7 + (index >> 8)) & 0xff;
  const source = memorySource(bytes, 'counted.iso');
  let reads = 0;
  return {
    ...source,
    get reads() {
      return reads;
    },
    read(target, position) {
      reads += 1;
      return source.read(target, position);
    },
  };
}

describe('MetadataReader', () => {
  it.each([
    ['inside a block', 100, 200],
    ['a whole block', BLOCK, BLOCK],
    ['across two blocks', BLOCK - 10, 20],
    ['across several', BLOCK / 2, 3 * BLOCK],
    ['more than the cache takes', 17, 12 * BLOCK],
    ['the end', 20 * BLOCK - 5 - 100, 105],
    ['nothing', 50, 0],
  ])('reads %s', async (_, offset, length) => {
    const source = counted(20 * BLOCK);
    const expected = new Uint8Array(length);
    await source.read(expected, offset);
    const reader = new MetadataReader(source);
    await reader.read(0, 10);
    expect(Buffer.compare(await reader.read(offset, length), expected)).toBe(0);
  });

  it('reads a block once, also for those who ask at the same time', async () => {
    const source = counted(10 * BLOCK);
    const reader = new MetadataReader(source);
    await Promise.all([reader.read(0, 10), reader.read(100, 10), reader.read(2000, 2000)]);
    await reader.read(BLOCK - 1, 1);
    expect(source.reads).toBe(1);
  });

  it('keeps 64 blocks, those used last', async () => {
    const source = counted(70 * BLOCK);
    const reader = new MetadataReader(source);
    for (let block = 0; block < 64; block += 1) await reader.read(block * BLOCK, 1);
    await reader.read(0, 1);
    expect(source.reads).toBe(64);
    await reader.read(64 * BLOCK, 1);
    await reader.read(0, 1);
    expect(source.reads).toBe(65);
    await reader.read(BLOCK, 1);
    expect(source.reads).toBe(66);
  });

  it('does not remember a read that failed', async () => {
    const source = counted(2 * BLOCK);
    let fails = true;
    const reader = new MetadataReader({
      ...source,
      read: (target, position) => (fails ? Promise.reject(new Error('no')) : source.read(target, position)),
    });
    await expect(reader.read(0, 1)).rejects.toThrow('no');
    fails = false;
    expect(await reader.read(0, 1)).toHaveLength(1);
  });

  it('tells an image that was cut short from a record that lies', async () => {
    const reader = new MetadataReader(counted(BLOCK));
    reader.volumeBytes = 2 * BLOCK;
    await expect(reader.read(BLOCK, 1)).rejects.toThrow(StationError);
    await expect(reader.read(2 * BLOCK, 1)).rejects.toThrow(ImageDamage);
    expect(await reader.readUpTo(BLOCK - 3, 10)).toHaveLength(3);
    expect(await reader.readUpTo(5 * BLOCK, 10)).toHaveLength(0);
  });
});

describe('DirectoryCache', () => {
  const directoryOf = (count: number): TreeDirectory<number> =>
    new TreeDirectory(Array.from({ length: count }, (_, index) => ({ name: `file ${index}`, handle: index })));

  it('drops the directories used longest ago once there are many entries', async () => {
    const cache = new DirectoryCache<number>();
    const loaded: number[] = [];
    const get = (identity: number): Promise<TreeDirectory<number>> =>
      cache.get(identity, () => {
        loaded.push(identity);
        return Promise.resolve(directoryOf(6000));
      });
    for (const identity of [1, 2, 3, 1, 4]) await get(identity);
    expect(loaded).toEqual([1, 2, 3, 4]);
    await get(1);
    await get(2);
    expect(loaded).toEqual([1, 2, 3, 4, 2]);
  });

  it('keeps one that is larger than all it may keep, as it is in use', async () => {
    const cache = new DirectoryCache<number>();
    let loads = 0;
    const load = (): Promise<TreeDirectory<number>> => {
      loads += 1;
      return Promise.resolve(directoryOf(30_000));
    };
    await cache.get(1, load);
    await cache.get(1, load);
    expect(loads).toBe(1);
  });

  it('loads once for those who ask at the same time, and again after a failure', async () => {
    const cache = new DirectoryCache<number>();
    let loads = 0;
    const fail = (): Promise<TreeDirectory<number>> => {
      loads += 1;
      return Promise.reject(new Error('no'));
    };
    const results = await Promise.allSettled([cache.get(1, fail), cache.get(1, fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(loads).toBe(1);
    expect((await cache.get(1, () => Promise.resolve(directoryOf(3)))).children).toHaveLength(3);
  });
});
