import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ImageFile } from '../iso/image-fs.ts';
import { ByteQueue } from './byte-queue.ts';

/**
 * The paths in an initial RAM disk: newc archives one after the other, plain or packed with gzip or Zstandard. Undefined where it is
 * packed in another way (xz, LZ4, LZMA), is damaged or empty, or unpacks to absurdly much: then nothing is known of it.
 */
export async function initrdNames(file: Pick<ImageFile, 'sizeBytes' | 'read'>): Promise<Set<string> | undefined> {
  const names = new Set<string>();
  const packed = new ByteQueue(chunksOf(file));
  try {
    while (await skipZeros(packed)) {
      const magic = await packed.peek(6);
      const text = Buffer.from(magic).toString('latin1');
      if (text === '070701' || text === '070702') await readArchive(packed, names);
      else {
        const unpacker = unpackerOf(magic);
        if (unpacker === undefined) return undefined;
        // What follows a packed archive is packed with it, or is nothing: packers read to the end.
        const rest = packed.rest().on('error', (error) => unpacker.destroy(error));
        const plain = new ByteQueue(rest.pipe(unpacker));
        try {
          while (await skipZeros(plain)) await readArchive(plain, names);
          return known(names);
        } finally {
          rest.destroy();
          unpacker.destroy();
        }
      }
    }
    return known(names);
  } catch {
    return undefined;
  }
}

const known = (names: Set<string>): Set<string> | undefined => (names.size === 0 ? undefined : names);

const chunkBytes = 256 * 1024;
const maxUnpackedBytes = 1024 ** 3;
const maxNames = 200_000;
const maxNameBytes = 4096;

async function* chunksOf(file: Pick<ImageFile, 'sizeBytes' | 'read'>): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.sizeBytes;) {
    const chunk = new Uint8Array(Math.min(chunkBytes, file.sizeBytes - at));
    const length = await file.read(chunk, at);
    if (length === 0) return;
    at += length;
    yield chunk.subarray(0, length);
  }
}

function unpackerOf(magic: Uint8Array): Transform | undefined {
  const [first, second, third, fourth] = magic;
  if (first === 0x1f && second === 0x8b) return createGunzip();
  const isZstandard = first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd;
  return isZstandard ? createZstdDecompress() : undefined;
}

/** Archives are padded with zeros. False at the end. */
async function skipZeros(queue: ByteQueue): Promise<boolean> {
  for (;;) {
    const [next] = await queue.peek(1);
    if (next === undefined) return false;
    if (next !== 0) return true;
    await queue.skip(1);
  }
}

/** newc: 6 characters of magic, 13 numbers of 8 hexadecimal digits, the name, the contents; both padded to multiples of four. */
async function readArchive(queue: ByteQueue, names: Set<string>): Promise<void> {
  for (;;) {
    const header = Buffer.from(await queue.take(110)).toString('latin1');
    const field = (index: number): number => Number.parseInt(header.slice(6 + index * 8, 14 + index * 8), 16);
    const sizeBytes = field(6);
    const nameBytes = field(11);
    if (!/^07070[12]/.test(header) || !(sizeBytes >= 0) || !(nameBytes > 0 && nameBytes <= maxNameBytes)) {
      throw new Error('no newc archive');
    }
    const name = Buffer.from(await queue.take(nameBytes)).toString('utf8', 0, nameBytes - 1);
    await queue.skip((4 - ((110 + nameBytes) % 4)) % 4);
    if (name === 'TRAILER!!!') return;
    names.add(name.replace(/^\.?\//, ''));
    await queue.skip(sizeBytes + ((4 - (sizeBytes % 4)) % 4));
    if (names.size > maxNames || queue.takenBytes > maxUnpackedBytes) throw new Error('absurdly large');
  }
}
