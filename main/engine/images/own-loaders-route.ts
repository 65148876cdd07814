import type { OwnLoaders } from '../../contract/image.ts';
import { imageLoaders } from '../boot/loader-rungs.ts';
import type { Route } from '../files/route.ts';
import type { OpenedImage } from '../iso/open-image.ts';
import { imageEntityTag } from './served-image.ts';

/**
 * Serves the image's own shim and GRUB by the names of their rung, beside each other as a shim wants them. Reads reject with what
 * reading the image rejects with.
 */
export function ownLoadersRoute({ fs }: Pick<OpenedImage, 'fs'>, own: OwnLoaders, imageId: string): Route {
  const rung = imageLoaders[own.firmware];
  const inside = new Map([
    [rung?.shim, own.shim],
    [rung?.grub, own.grub],
  ]);
  return {
    name: 'loader',
    async claim({ path }) {
      const source = inside.get(path);
      const file = source === undefined ? undefined : await fs.open(source);
      if (source === undefined || file === undefined) return undefined;
      return {
        kind: 'loader',
        sizeBytes: file.sizeBytes,
        entityTag: imageEntityTag(imageId, source, file.sizeBytes),
        contentType: 'application/octet-stream',
        read: async (target, positionBytes) => await file.read(target, positionBytes),
        close: () => Promise.resolve(),
      };
    },
  };
}

/** Names that firmware and shim ask for. */
export function ownLoaderNames(own: OwnLoaders | undefined): string[] {
  const rung = own === undefined ? undefined : imageLoaders[own.firmware];
  return rung === undefined ? [] : [rung.shim, rung.grub];
}
