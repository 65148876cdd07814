import type { ImageDescription } from '../../contract/image.ts';
import { explainDamage, withDownloadHint } from './unfinished-download.ts';
import { dataFolder } from '../data-folder.ts';
import { identify } from './identify.ts';
import { netbootPlaces } from './netboot/netboot-places.ts';
import { openBootableImage } from './netboot/open-bootable-image.ts';

/** What the image at a path is, with what the library in `data` adds to it. Rejects with the errors of opening and recognising. */
export async function describeImage(path: string, data: string = dataFolder()): Promise<ImageDescription> {
  try {
    await using opened = await openBootableImage(path, () => netbootPlaces(data));
    // Awaited here: what is returned unawaited would go on reading a closed file.
    return await withDownloadHint(path, await identify(opened));
  } catch (thrown) {
    throw await explainDamage(path, thrown);
  }
}
