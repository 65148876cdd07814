import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { ImageSignature } from '../../contract/state.ts';
import { openImageFile } from '../iso/open-image.ts';
import type { PublishedChecksum } from './checksum-file.ts';
import { hashImage, type HashProgress } from './hash-image.ts';
import { identify } from './identify.ts';
import { type LibraryImage, readLibrary, writeLibrary } from './library-file.ts';
import { netbootPlaces } from './netboot/netboot-places.ts';
import { openBootableImage } from './netboot/open-bootable-image.ts';
import { type PublishedFacts, publishedFacts } from './signature.ts';
import { explainDamage, withDownloadHint } from './unfinished-download.ts';
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
  readonly signature: ImageSignature | undefined;
  /** The path of the same image, which was in the library before and stays there. */
  readonly alreadyAt: string | undefined;
}

/**
 * Recognises an image, hashes it and keeps it. An image that is there already is taken in anew; under another path it is told, and not
 * added twice. Rejects with the errors of opening and recognising, with E_CHECKSUM_MISMATCH where a checksum file beside it says another
 * SHA-256, and with E_SIGNATURE_BAD.
 */
export async function addImage(
  path: string,
  dataFolder: string,
  options: HashOptions & { readonly nowMs: number },
): Promise<AddedImage> {
  const absolute = resolve(path);
  await using opened = await openToAdd(absolute, dataFolder);
  const description = await withDownloadHint(absolute, await identify(opened));
  const sha256 = await hashImage(opened.source, options);
  const { checksum: published, signature } = await publishedFacts(absolute, options.signal);
  refuseBadSignature(signature);
  if (published !== undefined && published.sha256 !== sha256) {
    throw new StationError('E_CHECKSUM_MISMATCH', {
      path: absolute,
      expected: published.sha256,
      actual: sha256,
      source: published.file,
    });
  }
  const fresh = { ...(await libraryImage(absolute, description, options.nowMs)), sha256 };
  const twin = await findTwin(dataFolder, fresh);
  const image = twin === undefined ? fresh : { ...twin, sha256 };
  await changeLibrary(dataFolder, (images) => [...images.filter(({ id }) => id !== image.id), image]);
  return { image, description, published, signature, alreadyAt: twin?.path };
}

/**
 * Recognises an image and keeps it without reading it whole; `hashLibraryImage` does that later. What was known of the same file stays
 * known. Rejects with the errors of opening and recognising.
 */
export async function keepImage(
  path: string,
  dataFolder: string,
  nowMs: number,
): Promise<{ image: LibraryImage; description: ImageDescription; alreadyAt: string | undefined }> {
  const absolute = resolve(path);
  await using opened = await openToAdd(absolute, dataFolder);
  const description = await withDownloadHint(absolute, await identify(opened));
  const fresh = await libraryImage(absolute, description, nowMs);
  const twin = await findTwin(dataFolder, fresh);
  if (twin !== undefined)
    return { image: twin, description: { ...description, path: twin.path }, alreadyAt: twin.path };
  let image = fresh;
  await changeLibrary(dataFolder, (images) => {
    const before = images.find(({ id }) => id === fresh.id);
    const isSame = before?.sizeBytes === fresh.sizeBytes && before.modifiedAtMs === fresh.modifiedAtMs;
    image = before !== undefined && isSame ? { ...before, path: absolute } : fresh;
    return [...images.filter(({ id }) => id !== fresh.id), image];
  });
  return { image, description, alreadyAt: undefined };
}

async function openToAdd(path: string, dataFolder: string): ReturnType<typeof openBootableImage> {
  try {
    return await openBootableImage(path, () => netbootPlaces(dataFolder));
  } catch (thrown) {
    throw await explainDamage(path, thrown);
  }
}

/** The same image of the library under another path, as long as that file is there and as it was. */
async function findTwin(dataFolder: string, fresh: LibraryImage): Promise<LibraryImage | undefined> {
  const before = (await readLibrary(dataFolder)).find(({ id }) => id === fresh.id);
  if (before === undefined || before.path === fresh.path || before.sizeBytes !== fresh.sizeBytes) return undefined;
  // The id is made from a part of the content: what was hashed tells more.
  if (before.sha256 !== undefined && fresh.sha256 !== undefined && before.sha256 !== fresh.sha256) return undefined;
  return (await stateOf(before)) === 'as-added' ? before : undefined;
}

function refuseBadSignature(signature: ImageSignature | undefined): void {
  if (signature?.state === 'bad') throw new StationError('E_SIGNATURE_BAD', { file: signature.file, of: signature.of });
}

/** Reads an image of the library whole and keeps its SHA-256. Comparing is the caller's. Rejects with the errors of opening. */
export async function hashLibraryImage(
  id: string,
  dataFolder: string,
  options: HashOptions = {},
): Promise<{ sha256: string; published: PublishedFacts }> {
  const { path } = chooseById(await readLibrary(dataFolder), id);
  await using opened = await openImageFile(path);
  const sha256 = await hashImage(opened.source, options);
  await changeLibrary(dataFolder, (images) => images.map((one) => (one.id === id ? { ...one, sha256 } : one)));
  return { sha256, published: await publishedFacts(path, options.signal) };
}

/** Keeps what reading an image whole has shown, for the next start. */
export async function keepVerification(
  id: string,
  found: Pick<LibraryImage, 'checksum' | 'signature'>,
  dataFolder: string,
): Promise<void> {
  await changeLibrary(dataFolder, (images) => images.map((one) => (one.id === id ? { ...one, ...found } : one)));
}

/** Rejects with E_IMAGE_NOT_FOUND. */
export async function renameImage(id: string, name: string, dataFolder: string): Promise<void> {
  await changeLibrary(dataFolder, (images) => {
    const renamed = chooseById(images, id);
    return images.map((one) => (one === renamed ? { ...one, name } : one));
  });
}

async function libraryImage(path: string, description: ImageDescription, nowMs: number): Promise<LibraryImage> {
  const { size, mtimeMs } = await stat(path);
  const { id, name, recipe, version } = description;
  return {
    id,
    path,
    name,
    recipe,
    ...(version === undefined ? {} : { version }),
    sizeBytes: size,
    modifiedAtMs: mtimeMs,
    addedAtMs: nowMs,
  };
}

let changing: Promise<unknown> = Promise.resolve();

/** Read, change, write: one change after the other, or two of them would lose one. */
function changeLibrary(
  dataFolder: string,
  change: (images: readonly LibraryImage[]) => readonly LibraryImage[],
): Promise<void> {
  const changed = changing.then(async () => writeLibrary(dataFolder, change(await readLibrary(dataFolder))));
  changing = changed.catch(() => undefined);
  return changed;
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
  const removed = chooseById(await readLibrary(dataFolder), id);
  await changeLibrary(dataFolder, (images) => images.filter((image) => image.id !== removed.id));
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
): Promise<{ image: LibraryImage; published: PublishedChecksum | undefined; signature: ImageSignature | undefined }> {
  const image = chooseById(await readLibrary(dataFolder), id);
  await using opened = await openImageFile(image.path);
  const sha256 = await hashImage(opened.source, options);
  const { checksum: published, signature } = await publishedFacts(image.path, options.signal);
  refuseBadSignature(signature);
  const expected = [
    ...(image.sha256 === undefined ? [] : [{ sha256: image.sha256, file: 'the library' }]),
    ...(published === undefined ? [] : [published]),
  ];
  const wrong = expected.find((one) => one.sha256 !== sha256);
  if (wrong !== undefined) {
    throw new StationError('E_CHECKSUM_MISMATCH', {
      path: image.path,
      expected: wrong.sha256,
      actual: sha256,
      source: wrong.file,
    });
  }
  return { image: { ...image, sha256 }, published, signature };
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
