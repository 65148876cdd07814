import { toStationError } from '../contract/errors.ts';
import type { EmitEvent } from '../contract/events.ts';
import type { ImageDescription } from '../contract/image.ts';
import { writeBootTree } from './images/boot-tree.ts';
import type { OpenedImage } from './iso/open-image.ts';

/**
 * Writes the boot tree of a session in the background. Machines are served out of the image until it is there, so a
 * tree that cannot be written (a full disk) is told and stops nothing.
 */
export function writeSessionTree(options: {
  opened: OpenedImage;
  image: ImageDescription;
  treeFolder: string;
  emit: EmitEvent;
}): AsyncDisposable {
  const { opened, image, treeFolder, emit } = options;
  const aborter = new AbortController();
  const written = writeBootTree(opened, image, treeFolder, { signal: aborter.signal }).catch((error: unknown) => {
    if (aborter.signal.aborted) return;
    const { code, title, advice } = toStationError(error);
    emit({ type: 'engine.trouble', code, title, advice });
  });
  return {
    async [Symbol.asyncDispose]() {
      aborter.abort();
      await written;
    },
  };
}
