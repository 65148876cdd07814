import type { ImageDescription } from '../../contract/image.ts';
import { explainDamage, withDownloadHint } from './unfinished-download.ts';
import { identify } from './identify.ts';
import { openBootableImage } from './netboot/open-bootable-image.ts';

/** What the image at a path is. Rejects with the errors of opening and recognising. */
export async function describeImage(path: string): Promise<ImageDescription> {
  try {
    await using opened = await openBootableImage(path);
    // Awaited here: what is returned unawaited would go on reading a closed file.
    return await withDownloadHint(path, await identify(opened));
  } catch (thrown) {
    throw await explainDamage(path, thrown);
  }
}
