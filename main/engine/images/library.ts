import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';
import { openImageFile } from '../iso/open-image.ts';
import { type PublishedChecksum, publishedChecksum } from './checksum-file.ts';
import { hashImage, type HashProgress } from './hash-image.ts';
import { identify } from './identify.ts';
import { type LibraryImage, readLibrary, writeLibrary } from './library-file.ts';
import { codeOf } from './write-error.ts';

/** The images that the station knows. They stay where they are; the library only refers to them. */

export interface HashOptions {
  readonly onProgress?: ((progress: HashProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface AddedImage {
  readonly image: LibraryImage;
  readonly description: ImageDescription;
  /** The checksum file beside the image that agrees with it; undefined where there is none. */
  readonly published: PublishedChecksum | undefined;
}

/**
 * Recognises an image, hashes it and keeps it. An image that is there already is taken in anew. Rejects with the errors of opening and
 * recognising, and with E_CHECKSUM_MISMATCH where a checksum file beside it says another SHA-256.
 */
export async function addImage(
  path: string,
  dataFolder: string,
  options: HashOptions & { readonly nowMs: number },
): Promise<AddedImage> {
  const absolute = resolve(path);
  await using opened = await openImageFile(absolute);
  const description = await identify(opened);
  const { mtimeMs } = await stat(absolute);
  const sha256 = await hashImage(opened.source, options);
  const published = await publishedChecksum(absolute);
  if (published !== undefined && published.sha256 !== sha256) {
    throw new StationError('E_CHECKSUM_MISMATCH', {
      path: absolute,
      expected: published.sha256,
      actual: sha256,
      source: published.file,
    });
  }
  const image: LibraryImage = {
    id: description.id,
    path: absolute,
    name: description.name,
    recipe: description.recipe,
    ...(description.version === undefined ? {} : { version: description.version }),
    sizeBytes: opened.sizeBytes,
    modifiedAtMs: mtimeMs,
    sha256,
    addedAtMs: options.nowMs,
  };
  const others = (await readLibrary(dataFolder)).filter(({ id }) => id !== image.id);
  await writeLibrary(dataFolder, [...others, image]);
  return { image, description, published };
}

export type ImageState = 'as-added' | 'changed' | 'missing';

/** Whether the file of an image is the one that was added, by size and time; reading it whole is `verifyImage`'s work. */
export async function stateOf({ path, sizeBytes, modifiedAtMs }: LibraryImage): Promise<ImageState> {
  try {
    const now = await stat(path);
    return now.size === sizeBytes && now.mtimeMs === modifiedAtMs ? 'as-added' : 'changed';
  } catch {
    return 'missing';
  }
}

/** Takes an image out of the library. Its file is not touched. Rejects with E_IMAGE_NOT_FOUND. */
export async function removeImage(id: string, dataFolder: string): Promise<LibraryImage> {
  const images = await readLibrary(dataFolder);
  const removed = chooseById(images, id);
  await writeLibrary(
    dataFolder,
    images.filter((image) => image !== removed),
  );
  return removed;
}

/**
 * Reads an image whole and compares it with what was added, and with a checksum file beside it. Rejects with E_CHECKSUM_MISMATCH,
 * or the errors of opening.
 */
export async function verifyImage(
  id: string,
  dataFolder: string,
  options: HashOptions = {},
): Promise<{ image: LibraryImage; published: PublishedChecksum | undefined }> {
  const image = chooseById(await readLibrary(dataFolder), id);
  await using opened = await openImageFile(image.path);
  const sha256 = await hashImage(opened.source, options);
  const published = await publishedChecksum(image.path);
  const expected = [{ sha256: image.sha256, file: 'the library' }, ...(published === undefined ? [] : [published])];
  const wrong = expected.find((one) => one.sha256 !== sha256);
  if (wrong !== undefined) {
    throw new StationError('E_CHECKSUM_MISMATCH', {
      path: image.path,
      expected: wrong.sha256,
      actual: sha256,
      source: wrong.file,
    });
  }
  return { image, published };
}

/**
 * What a person means by an image: a file where there is one of that name, else an id of the library (or the beginning of only one).
 * Rejects with E_IMAGE_NOT_FOUND.
 */
export async function resolveImage(idOrPath: string, dataFolder: string): Promise<{ path: string }> {
  if (await exists(idOrPath)) return { path: resolve(idOrPath) };
  // A damaged library matters only to who asked for something in it.
  if (/[/\\]/.test(idOrPath)) throw new StationError('E_IMAGE_NOT_FOUND', { path: idOrPath });
  return { path: chooseById(await readLibrary(dataFolder), idOrPath).path };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    // A file that may not be looked at is there; opening it tells why it cannot be used.
    return !['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(thrown) ?? '');
  }
}

function chooseById(images: readonly LibraryImage[], id: string): LibraryImage {
  const exact = images.find((image) => image.id === id);
  const beginning = id === '' ? [] : images.filter((image) => image.id.startsWith(id));
  const chosen = exact ?? (beginning.length === 1 ? beginning[0] : undefined);
  if (chosen === undefined) throw new StationError('E_IMAGE_NOT_FOUND', { path: id });
  return chosen;
}
