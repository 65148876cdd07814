import type { ImageDescription } from '../contract/image.ts';
import { StationError, toStationError } from '../contract/errors.ts';
import type { LibraryImage, Task } from '../contract/state.ts';
import { describeImage } from '../engine/images/describe-image.ts';
import {
  hashLibraryImage,
  keepImage,
  keepVerification,
  removeImage,
  renameImage,
  stateOf,
} from '../engine/images/library.ts';
import { isInstalledByNetboot, isNetbootImage } from '../engine/images/netboot/netboot-places.ts';
import { type LibraryImage as StoredImage, readLibrary } from '../engine/images/library-file.ts';
import type { StateHolder } from './state-holder.ts';

/** The library as the user interface sees it: images with what they are, and hashing in the background. */
export interface LibraryService extends AsyncDisposable {
  inspect(path: string): Promise<ImageDescription>;
  /** `alreadyAt`: the same image was there under another path, and stays. */
  add(path: string): Promise<{ imageId: string; alreadyAt?: string }>;
  rename(imageId: string, name: string): Promise<void>;
  remove(imageId: string): Promise<void>;
  /** Starts hashing; the outcome is a change of the image. */
  verify(imageId: string, expectedSha256: string | undefined): void;
  cancelVerify(imageId: string): void;
}

const TASK_INTERVAL_MS = 250;

export async function createLibraryService(options: {
  holder: StateHolder;
  dataFolder: string;
  now: () => number;
}): Promise<LibraryService> {
  const { holder, dataFolder, now } = options;
  const hashing = new Map<string, { aborter: AbortController; done: Promise<void> }>();

  const put = (image: LibraryImage): void => {
    const others = holder.state.images.filter(({ id }) => id !== image.id);
    const value = [...others, image].sort((a, b) => b.addedAtMs - a.addedAtMs);
    holder.change({ event: 'images.changed', value });
  };
  const update = (imageId: string, patch: Partial<LibraryImage>): void => {
    const image = holder.state.images.find(({ id }) => id === imageId);
    if (image !== undefined) put({ ...image, ...patch });
  };
  const putTask = (imageId: string, task: Task | undefined): void => {
    const others = holder.state.tasks.filter((one) => one.imageId !== imageId);
    holder.change({ event: 'tasks.changed', value: task === undefined ? others : [...others, task] });
  };

  /** Looks at an image's file: is it there, is it the one that was added, and what is it. */
  const check = async (stored: StoredImage): Promise<void> => {
    const state = await stateOf(stored);
    if (state === 'missing') return update(stored.id, { state: 'missing' });
    try {
      const description = await describeImage(stored.path, dataFolder);
      const same = state === 'as-added' && description.id === stored.id;
      update(stored.id, { state: same ? 'ready' : 'changed', ...(same ? { description } : {}) });
    } catch (error) {
      update(stored.id, { state: 'unreadable', problem: problemOf(error) });
    }
  };

  /** Discs that install by a netboot image, when one came or went. */
  const checkDiscs = async (): Promise<void> => {
    const images = await readLibrary(dataFolder);
    await Promise.all(images.filter(({ recipe }) => isInstalledByNetboot(recipe)).map(check));
  };

  const hash = async (imageId: string, expectedSha256: string | undefined, signal: AbortSignal): Promise<void> => {
    const startedAtMs = now();
    let toldAtMs = 0;
    try {
      const { sha256, published } = await hashLibraryImage(imageId, dataFolder, {
        signal,
        onProgress: ({ doneBytes, totalBytes }) => {
          if (now() - toldAtMs < TASK_INTERVAL_MS) return;
          toldAtMs = now();
          const bytesPerSecond = Math.round((doneBytes / Math.max(1, toldAtMs - startedAtMs)) * 1000);
          putTask(imageId, { id: `hash-${imageId}`, kind: 'hash', imageId, doneBytes, totalBytes, bytesPerSecond });
        },
      });
      const { checksum, signature } = published;
      const compared =
        expectedSha256 !== undefined
          ? { source: 'the value you pasted', matches: normalised(expectedSha256) === sha256 }
          : checksum && { source: checksum.file, matches: checksum.sha256 === sha256 };
      const found = {
        ...(compared === undefined ? {} : { checksum: compared }),
        ...(signature === undefined ? {} : { signature }),
      };
      await keepVerification(imageId, found, dataFolder);
      update(imageId, { sha256, ...found });
    } catch (error) {
      if (!signal.aborted) update(imageId, { state: 'unreadable', problem: problemOf(error) });
    } finally {
      // A newer run may have taken its place.
      if (hashing.get(imageId)?.aborter.signal === signal) {
        hashing.delete(imageId);
        putTask(imageId, undefined);
      }
    }
  };
  const startHashing = (imageId: string, expectedSha256?: string): void => {
    hashing.get(imageId)?.aborter.abort();
    const aborter = new AbortController();
    hashing.set(imageId, { aborter, done: hash(imageId, expectedSha256, aborter.signal) });
  };

  const stored = await readLibrary(dataFolder);
  holder.change({
    event: 'images.changed',
    value: stored.map((image) => ({ ...shown(image), state: 'checking' as const })),
  });
  const checked = Promise.all(stored.map(check));

  return {
    inspect: async (path) => await describeImage(path, dataFolder),
    async add(path) {
      const { image, description, alreadyAt } = await keepImage(path, dataFolder, now());
      // What was found out of it before stays known.
      const before = holder.state.images.find(({ id }) => id === image.id);
      put({ ...(alreadyAt === undefined ? {} : before), ...shown(image), state: 'ready', description });
      if (image.sha256 === undefined) startHashing(image.id);
      if (isNetbootImage(image.recipe)) await checkDiscs();
      return { imageId: image.id, ...(alreadyAt === undefined ? {} : { alreadyAt }) };
    },
    async rename(imageId, name) {
      await renameImage(imageId, name, dataFolder);
      update(imageId, { name });
    },
    async remove(imageId) {
      if (holder.state.session?.draft.imageId === imageId && holder.state.session.state === 'running') {
        throw new StationError('E_SESSION_RUNNING', { imageName: holder.state.session.imageName });
      }
      hashing.get(imageId)?.aborter.abort();
      const { recipe } = await removeImage(imageId, dataFolder);
      holder.change({ event: 'images.changed', value: holder.state.images.filter(({ id }) => id !== imageId) });
      if (isNetbootImage(recipe)) await checkDiscs();
    },
    verify: startHashing,
    cancelVerify: (imageId) => hashing.get(imageId)?.aborter.abort(),
    async [Symbol.asyncDispose]() {
      const running = [...hashing.values()];
      for (const { aborter } of running) aborter.abort();
      await Promise.all([checked, ...running.map(({ done }) => done)]);
    },
  };
}

const shown = (stored: StoredImage): Omit<LibraryImage, 'state'> => {
  const { id, path, name, sizeBytes, addedAtMs, sha256, checksum, signature } = stored;
  return {
    id,
    path,
    name,
    sizeBytes,
    addedAtMs,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(signature === undefined ? {} : { signature }),
  };
};

const normalised = (text: string): string => text.trim().toLowerCase().split(/\s+/)[0] ?? '';

function problemOf(error: unknown): { code: string; title: string; advice: string } {
  const { code, title, advice } = toStationError(error);
  return { code, title, advice };
}
