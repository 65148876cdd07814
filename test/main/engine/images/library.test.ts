import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checksumFor } from '../../../../main/engine/images/checksum-file.ts';
import { hashImage, type HashProgress } from '../../../../main/engine/images/hash-image.ts';
import { addImage, removeImage, resolveImage, stateOf, verifyImage } from '../../../../main/engine/images/library.ts';
import { libraryPath, readLibrary, writeLibrary } from '../../../../main/engine/images/library-file.ts';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import { type BuiltIso, buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';
import { kernelBytes } from './memory-image.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hash = 'a'.repeat(64);
const other = 'b'.repeat(64);

describe('checksumFor', () => {
  it.each([
    ['sha256sum', `${hash}  x.iso\n`, false, hash],
    ['sha256sum of a binary', `${hash} *x.iso\n`, false, hash],
    ['with a folder', `${hash}  ./isos/x.iso`, false, hash],
    ['in capitals', `${hash.toUpperCase()}  x.iso`, false, hash],
    ['BSD style', `SHA256 (x.iso) = ${hash}\n`, false, hash],
    ['among others', `${other}  y.iso\r\n${hash}  x.iso\r\n`, false, hash],
    ['not there', `${other}  y.iso\n`, false, undefined],
    ['alone, in a file named after the image', `${hash}\n`, true, hash],
    ['alone, of a former name', `${hash}  old-name.iso\n`, true, hash],
    ['alone, in a list', `${hash}\n`, false, undefined],
    ['of another kind', 'd41d8cd98f00b204e9800998ecf8427e  x.iso', true, undefined],
  ])('%s', (_title, text, isForOneFile, expected) => {
    expect(checksumFor(text, 'x.iso', isForOneFile)).toBe(expected);
  });
});

describe('hashImage', () => {
  it.each([0, 1, 2 * 1024 * 1024, 2 * 1024 * 1024 + 1, 5_000_000])('hashes %i bytes', async (size) => {
    const bytes = Buffer.alloc(size, 'fieldboot');
    const seen: HashProgress[] = [];
    const digest = await hashImage(memorySource(bytes), { onProgress: (progress) => seen.push(progress) });
    expect(digest).toBe(sha256(bytes));
    expect(seen.at(-1)?.doneBytes ?? 0).toBe(size);
  });

  it('stops when it is told to, and says what reading says', async () => {
    const source = memorySource(Buffer.alloc(9_000_000));
    const stop = new Error('stop');
    await expect(hashImage(source, { signal: AbortSignal.abort(stop) })).rejects.toBe(stop);
    const failing = {
      ...source,
      read: async (target: Uint8Array, position: number) =>
        position > 0 ? await Promise.reject(stop) : await source.read(target, position),
    };
    await expect(hashImage(failing)).rejects.toBe(stop);
  });
});

describe('library file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-library-'));
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  it('is empty before it is there, and survives a round trip', async () => {
    const data = join(folder, 'deep', 'data');
    expect(await readLibrary(data)).toEqual([]);
    const image = {
      id: 'x',
      path: '/x.iso',
      name: 'X',
      recipe: 'generic',
      sizeBytes: 1,
      modifiedAtMs: 1.5,
      sha256: hash,
      addedAtMs: 2,
    };
    await writeLibrary(data, [image]);
    expect(await readLibrary(data)).toEqual([image]);
    expect(await readdir(data)).toEqual(['library.json']);
  });

  it.each(['', '{', '[]', '{"version":2,"images":[]}', '{"version":1,"images":[{"id":1}]}'])(
    'says that %j is damaged',
    async (text) => {
      await writeFile(libraryPath(folder), text);
      await expect(readLibrary(folder)).rejects.toMatchObject({ code: 'E_LIBRARY_DAMAGED' });
      expect(await readFile(libraryPath(folder), 'utf8')).toBe(text);
    },
  );

  it('says why it cannot be written', async () => {
    await writeFile(join(folder, 'file'), 'x');
    await expect(writeLibrary(join(folder, 'file'), [])).rejects.toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE' });
  });
});

describe.skipIf(!canBuildIso())('library', () => {
  let built: BuiltIso;
  let folder: string;
  let data: string;
  let iso: string;
  beforeAll(async () => {
    built = await buildIso({
      label: 'SMALL',
      files: { 'isolinux.cfg': 'label a\nkernel k\n', k: kernelBytes({ machine: 'x64' }) },
    });
  });
  afterAll(async () => await built[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-library-'));
    data = join(folder, 'data');
    iso = join(folder, 'small.iso');
    await copyFile(built.path, iso);
  });
  afterEach(async () => await rm(folder, { recursive: true }));

  const add = async (path = iso): ReturnType<typeof addImage> => await addImage(path, data, { nowMs: 1000 });

  it('adds an image, once', async () => {
    const { image, published } = await add();
    expect(image).toMatchObject({ path: iso, recipe: 'generic', addedAtMs: 1000, sha256: sha256(await readFile(iso)) });
    expect(published).toBeUndefined();
    await add();
    expect(await readLibrary(data)).toEqual([image]);
    expect(await stateOf(image)).toBe('as-added');
  });

  it('compares with a checksum file beside it', async () => {
    await writeFile(join(folder, 'SHA256SUMS'), `${sha256(await readFile(iso))}  small.iso\n`);
    expect((await add()).published?.file).toBe(join(folder, 'SHA256SUMS'));
    await writeFile(`${iso}.sha256`, `${hash}  small.iso\n`);
    await expect(add()).rejects.toMatchObject({ code: 'E_CHECKSUM_MISMATCH', data: { expected: hash } });
  });

  it('keeps nothing of an image that it refuses', async () => {
    await writeFile(`${iso}.sha256`, hash);
    await expect(add()).rejects.toMatchObject({ code: 'E_CHECKSUM_MISMATCH' });
    await expect(add(join(folder, 'nope.iso'))).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
    expect(await readLibrary(data)).toEqual([]);
  });

  it('verifies', async () => {
    const { image } = await add();
    expect((await verifyImage(image.id, data)).image).toEqual(image);
    const bytes = await readFile(iso);
    bytes[bytes.length - 1] = 1;
    await writeFile(iso, bytes);
    expect(await stateOf(image)).toBe('changed');
    await expect(verifyImage(image.id, data)).rejects.toMatchObject({ code: 'E_CHECKSUM_MISMATCH', exitCode: 3 });
    await rm(iso);
    expect(await stateOf(image)).toBe('missing');
    await expect(verifyImage(image.id, data)).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
  });

  it('notices a file that only has another time', async () => {
    const { image } = await add();
    await utimes(iso, 1, 1);
    expect(await stateOf(image)).toBe('changed');
    await verifyImage(image.id, data);
  });

  it('removes an image and leaves its file', async () => {
    const { image } = await add();
    await removeImage(image.id.slice(0, 5), data);
    expect(await readLibrary(data)).toEqual([]);
    expect((await readFile(iso)).length).toBe(image.sizeBytes);
    await expect(removeImage(image.id, data)).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
  });

  it('finds what a person means: a path before an id, and only one beginning', async () => {
    const { image } = await add();
    expect(await resolveImage(iso, data)).toEqual({ path: iso });
    expect(await resolveImage(image.id, data)).toEqual({ path: iso });
    expect(await resolveImage('small', data)).toEqual({ path: iso });
    await writeLibrary(data, [image, { ...image, id: 'small-2' }]);
    for (const word of ['small', '', 'nope', join(folder, 'nope.iso')]) {
      await expect(resolveImage(word, data)).rejects.toMatchObject({ code: 'E_IMAGE_NOT_FOUND' });
    }
  });

  it('finds a file although the library is damaged', async () => {
    await mkdir(data);
    await writeFile(libraryPath(data), '{');
    expect(await resolveImage(iso, data)).toEqual({ path: iso });
    await expect(resolveImage('small', data)).rejects.toMatchObject({ code: 'E_LIBRARY_DAMAGED' });
  });
});
