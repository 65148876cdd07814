import { type OpenOptions, openImageFile, type OpenedImage } from '../../iso/open-image.ts';
import { withFolder } from './files-over-fs.ts';
import { discInstallerKernel } from './kernel-release.ts';
import { findNetbootPair, type NetbootPlaces } from './netboot-pair.ts';
import { netbootPlaces } from './netboot-places.ts';

/** Folder that a netboot installer appears in, beside the image's own files: `.netboot/<kernel release>/linux`. */
const FOLDER = '.netboot';

/**
 * Opens an image to be booted over a network. An installer disc that can only install from a disc gets the files of Debian's netboot
 * installer with the same kernel, where this computer has them. Rejects as `openImageFile` does.
 */
export async function openBootableImage(
  path: string,
  places: () => Promise<NetbootPlaces> = netbootPlaces,
  options: OpenOptions = {},
): Promise<OpenedImage & AsyncDisposable> {
  await using opening = new AsyncDisposableStack();
  const opened = opening.use(await openImageFile(path, options));
  // What is wrong with the image is told by who reads it.
  const release = await discInstallerKernel(opened.fs).catch(() => undefined);
  const pair = release === undefined ? undefined : await findNetbootPair(release, await places());
  if (pair !== undefined) opening.use(pair);
  const kept = opening.move();
  return {
    ...opened,
    ...(pair === undefined
      ? {}
      : {
          fs: withFolder(
            opened.fs,
            `${FOLDER}/${pair.kernelRelease}`,
            new Map([
              ['linux', pair.kernel],
              ['initrd.gz', pair.initrd],
            ]),
          ),
        }),
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}
