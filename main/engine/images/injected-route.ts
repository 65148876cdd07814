import { type BootVariant, type Entry, type ImageDescription, WHOLE_IMAGE } from '../../contract/image.ts';
import { StationError } from '../../contract/errors.ts';
import type { OverlayFile, OverlaySource } from '../files/initrd-overlay.ts';
import { overlayRoute } from '../files/overlay-route.ts';
import type { Route } from '../files/route.ts';
import type { OpenedImage } from '../iso/open-image.ts';
import { imageEntityTag, pathInImage } from './served-image.ts';

/**
 * Serves the last initial RAM disk of an entry with the files that its variants inject. The disk itself comes from `originals`. Claiming
 * rejects with E_FILE_NOT_IN_IMAGE, E_OVERLAY_IMPOSSIBLE and what reading the image rejects with.
 */
export function injectedRoute(
  opened: Pick<OpenedImage, 'fs' | 'source'>,
  image: ImageDescription,
  entry: Entry,
  originals: readonly Route[],
): Route {
  const byInitrd = new Map<string, NonNullable<BootVariant['injected']>>();
  for (const { initrds, injected = [] } of entry.variants) {
    const last = initrds.at(-1);
    if (last !== undefined && injected.length > 0 && !byInitrd.has(last)) byInitrd.set(last, injected);
  }
  return overlayRoute(originals, async ({ path }) => {
    const injected = byInitrd.get(pathInImage(path, image.id) ?? '');
    if (injected === undefined) return undefined;
    return await Promise.all(
      injected.map(async ({ from, to }): Promise<OverlayFile> => ({
        path: to,
        content: await sourceOf(opened, image, from),
      })),
    );
  });
}

async function sourceOf(
  { fs, source }: Pick<OpenedImage, 'fs' | 'source'>,
  image: ImageDescription,
  from: string,
): Promise<OverlaySource> {
  const inside = from === WHOLE_IMAGE ? '' : from;
  const file = inside === '' ? source : await fs.open(inside);
  if (file === undefined) throw new StationError('E_FILE_NOT_IN_IMAGE', { path: image.path, file: from });
  return {
    sizeBytes: file.sizeBytes,
    tag: imageEntityTag(image.id, inside, file.sizeBytes),
    read: async (target, positionBytes) => await file.read(target, positionBytes),
  };
}
