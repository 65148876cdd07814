import { type FileHandle, open, realpath } from 'node:fs/promises';
import { constants, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { FileKind } from '../../contract/events.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { Route, ServedFile } from '../files/route.ts';
import { imageEntityTag, kindsOfFiles, pathInImage } from './served-image.ts';

/**
 * Serves the files of a boot tree on disk. What leads out of its folder (links) or is no plain file is not there. Kernels and initrds whose
 * size is not the image's are declined, so that the route of the image itself serves them.
 */
export function treeRoute(treeFolder: string, image: ImageDescription): Route {
  const kinds = kindsOfFiles(image);
  const folder = new TreeFolder(treeFolder);
  const sizes = new Map(image.extracted.map(({ path, sizeBytes }) => [path, sizeBytes]));
  return {
    name: 'tree',
    async claim({ path }) {
      const opened = await folder.open(path);
      if (opened === undefined) return undefined;
      const { handle, facts } = opened;
      const { size, mtimeMs } = facts;
      const inside = pathInImage(path, image.id);
      const expected = inside === undefined ? undefined : sizes.get(inside);
      if (expected !== undefined && expected !== size) {
        await handle.close();
        return undefined;
      }
      return served(handle, {
        path,
        kind: inside === undefined ? kindByName(path) : (kinds.get(inside) ?? 'system'),
        sizeBytes: size,
        modifiedAtMs: mtimeMs,
        entityTag:
          inside === undefined
            ? `"${size.toString(16)}-${mtimeMs.toString(16)}"`
            : imageEntityTag(image.id, inside, size),
      });
    },
  };
}

interface OpenedFile {
  readonly handle: FileHandle;
  readonly facts: Stats;
}

class TreeFolder {
  readonly #path: string;
  /** Where the folder really is. The tree is written beside the session: unknown until it is there. */
  #root: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined where there is no such plain file below the folder, wherever links in it lead. */
  async open(path: string): Promise<OpenedFile | undefined> {
    if (path.includes('\\') || path.split('/').includes('..')) return undefined;
    let handle: FileHandle | undefined;
    try {
      this.#root ??= await realpath(this.#path);
      const target = await realpath(join(this.#root, path));
      if (!target.startsWith(this.#root + sep)) return undefined;
      // A link put there between the look and the opening is refused; O_NONBLOCK keeps pipes from waiting for a writer.
      handle = await open(target, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
      const facts = await handle.stat();
      if (facts.isFile()) return { handle, facts };
    } catch {
      // Whatever the reason: not here, the next route may have it.
    }
    await handle?.close();
    return undefined;
  }
}

const kindByName = (path: string): FileKind => (/\.(ipxe|cfg)$|(^|\/)pxelinux\.cfg\//.test(path) ? 'script' : 'other');

function served(
  handle: FileHandle,
  file: Omit<ServedFile, 'read' | 'close' | 'direct'> & { readonly path: string },
): ServedFile {
  const { path, ...facts } = file;
  return {
    ...facts,
    direct: {
      kind: 'descriptor',
      descriptor: handle.fd,
      extents: [{ offsetBytes: 0, lengthBytes: facts.sizeBytes }],
    },
    async read(target, positionBytes) {
      const wanted = Math.max(0, Math.min(target.length, facts.sizeBytes - positionBytes));
      let done = 0;
      while (done < wanted) {
        const { bytesRead } = await handle.read(target, done, wanted - done, positionBytes + done);
        if (bytesRead === 0) throw new StationError('E_IMAGE_CHANGED', { path, detail: 'it is shorter than it was' });
        done += bytesRead;
      }
      return done;
    },
    close: async () => await handle.close(),
  };
}
