import type { FileKind } from '../../contract/events.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { Route, ServedFile } from '../files/route.ts';
import type { ByteSource } from '../iso/byte-source.ts';
import { openFileOf } from '../iso/extent-file.ts';
import type { ImageFile } from '../iso/image-fs.ts';
import type { OpenedImage } from '../iso/open-image.ts';
import { BoundedMemory } from './bounded-memory.ts';
import { imageEntityTag, kindsOfFiles, pathInImage } from './served-image.ts';

const rememberedPaths = 2048;

/**
 * Serves `<imageId>/<path>` straight out of the image, and `<imageId>.iso` as the whole of it. Reads reject with E_IMAGE_CHANGED where
 * the image file was replaced.
 */
export function isoRoute({ fs, source }: Pick<OpenedImage, 'fs' | 'source'>, image: ImageDescription): Route {
  const kinds = kindsOfFiles(image);
  const files = new BoundedMemory<Promise<ImageFile | undefined>>(rememberedPaths);
  const lookUp = async (path: string): Promise<ImageFile | undefined> => {
    try {
      return await files.get(path, () => fs.open(path));
    } catch (error) {
      // The image may be back for the next request.
      files.forget(path);
      throw error;
    }
  };
  return {
    name: 'iso',
    async claim({ path }) {
      if (path === `${image.id}.iso`) return served(wholeImage(source), '', 'image', image.id);
      const inside = pathInImage(path, image.id);
      const file = inside === undefined ? undefined : await lookUp(inside);
      if (inside === undefined || file === undefined) return undefined;
      return served(file, inside, kinds.get(inside) ?? 'system', image.id);
    },
  };
}

type Readable = Pick<ImageFile, 'sizeBytes' | 'read' | 'lend' | 'extents' | 'within'> & {
  readonly modifiedAtMs?: number | undefined;
};

/** The image as a file of itself. */
const wholeImage = (source: ByteSource): Readable => ({
  sizeBytes: source.sizeBytes,
  extents: [{ offsetBytes: 0, lengthBytes: source.sizeBytes }],
  within: openFileOf(source),
  read: async (target, positionBytes) => await source.read(target, positionBytes),
  lend: async (positionBytes, maxBytes) => await source.lend?.(positionBytes, maxBytes),
});

function served(file: Readable, path: string, kind: FileKind, imageId: string): ServedFile {
  return {
    kind,
    sizeBytes: file.sizeBytes,
    entityTag: imageEntityTag(imageId, path, file.sizeBytes),
    modifiedAtMs: file.modifiedAtMs,
    read: async (target, positionBytes) => await file.read(target, positionBytes),
    lend: async (positionBytes, maxBytes) => await file.lend?.(positionBytes, maxBytes),
    direct: file.within === undefined ? undefined : { kind: 'descriptor', ...file.within, extents: file.extents },
    // The image stays open as long as its session.
    close: async () => {},
  };
}
