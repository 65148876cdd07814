import type { ImageFile, ImageFs } from './image-fs.ts';
import { pathSegments } from './image-path.ts';

/** A file system inside the image and the folder that leads to it. */
export interface Mount {
  readonly folder: string;
  readonly fs: ImageFs;
  /** Where it starts in the image. */
  readonly offsetBytes: number;
}

/**
 * A file system with others below folders of its root. What the image itself has at such a path goes before it, and the root does not list
 * the folders: what is listed is what other programs see in the image.
 */
export function withMounts(fs: ImageFs, mounts: readonly Mount[]): ImageFs {
  if (mounts.length === 0) return fs;
  const mountOf = (path: string): { mount: Mount; inside: string } | undefined => {
    const [first = '', ...rest] = pathSegments(path);
    const mount = mounts.find(({ folder }) => folder === first.toLowerCase());
    // Climbing out of the mounted one and back in is no path that anybody needs.
    return mount === undefined || rest.includes('..') ? undefined : { mount, inside: rest.join('/') };
  };
  return {
    format: fs.format,
    volumeLabel: fs.volumeLabel,
    mounts,
    async list(path) {
      const own = await fs.list(path);
      const found = own === undefined ? mountOf(path) : undefined;
      return found === undefined ? own : await found.mount.fs.list(found.inside);
    },
    async stat(path) {
      const own = await fs.stat(path);
      const found = own === undefined ? mountOf(path) : undefined;
      if (found === undefined) return own;
      const entry = await found.mount.fs.stat(found.inside);
      return found.inside === '' && entry !== undefined ? { ...entry, name: found.mount.folder } : entry;
    },
    async open(path) {
      const own = await fs.open(path);
      const found = own === undefined ? mountOf(path) : undefined;
      return found === undefined ? own : await openInside(found.mount, found.inside);
    },
  };
}

async function openInside({ folder, fs, offsetBytes }: Mount, inside: string): Promise<ImageFile | undefined> {
  const file = await fs.open(inside);
  if (file === undefined) return undefined;
  return {
    path: `${folder}/${file.path}`,
    sizeBytes: file.sizeBytes,
    modifiedAtMs: file.modifiedAtMs,
    extents: file.extents.map((extent) => ({ ...extent, offsetBytes: extent.offsetBytes + offsetBytes })),
    read: async (target, positionBytes) => await file.read(target, positionBytes),
    lend: async (positionBytes, maxBytes) => await file.lend?.(positionBytes, maxBytes),
  };
}
