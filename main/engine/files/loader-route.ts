import type { Loaders } from './loaders.ts';
import type { Route, ServedFile } from './route.ts';

/**
 * Serves the loaders at the root, by the names that firmware and loaders ask for: shim looks for `grubx64.efi` beside
 * itself, PXELINUX for `ldlinux.c32`.
 */
export function loaderRoute(loaders: Loaders): Route {
  return {
    name: 'loader',
    claim({ path }) {
      const loader = loaders.byFile.get(path);
      if (loader === undefined) return Promise.resolve(undefined);
      const { bytes, sha256 } = loader;
      const file: ServedFile = {
        kind: 'loader',
        sizeBytes: bytes.length,
        entityTag: `"${sha256}"`,
        contentType: 'application/octet-stream',
        direct: { kind: 'bytes', bytes },
        read(target, positionBytes) {
          const part = bytes.subarray(positionBytes, positionBytes + target.length);
          target.set(part);
          return Promise.resolve(part.length);
        },
        close: () => Promise.resolve(),
      };
      return Promise.resolve(file);
    },
  };
}
