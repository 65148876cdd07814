import { join } from 'node:path';
import { dataFolder } from '../../data-folder.ts';
import { locateLoadersFolder } from '../../files/loaders-folder.ts';
import { readLibrary } from '../library-file.ts';
import type { NetbootPlaces } from './netboot-pair.ts';

/** Where Debian's packages debian-installer-12-netboot-amd64 and the like put their files. */
const DEBIAN_PACKAGES = '/usr/lib/debian-installer/images/*/*/text/debian-installer/*';

/** Whether the recipe is that of an image with a netboot installer. */
export const isNetbootImage = (recipe: string): boolean => recipe === 'debian-netboot';

/** Whether the recipe is that of a disc which a netboot installer can install. */
export const isInstalledByNetboot = (recipe: string): boolean =>
  ['debian-netinst', 'debian-dvd', 'debian-disc-netboot'].includes(recipe);

/** Where netboot installers may be: Debian's packages on this computer, what set-up fetched, and netboot images of the library. */
export async function netbootPlaces(data: string = dataFolder()): Promise<NetbootPlaces> {
  // A library that cannot be read is told of by who asks for it.
  const library = await readLibrary(data).catch(() => []);
  return {
    folders: [join(locateLoadersFolder(), 'netboot', '*'), DEBIAN_PACKAGES],
    images: library.filter(({ recipe }) => isNetbootImage(recipe)).map(({ path }) => path),
  };
}
