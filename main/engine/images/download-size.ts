import type { Entry } from '../../contract/image.ts';
import type { ImageFs } from '../iso/image-fs.ts';
import { fetchedFiles } from './tree-contents.ts';

/**
 * Bytes that a machine fetches to start an entry: kernel, initrds, and what its command line names of the image. An installer that goes on
 * by fetching packages fetches more, which nobody knows beforehand. Of several ways to start it, the largest.
 */
export async function downloadBytesOf(
  entry: Pick<Entry, 'variants'>,
  fs: Pick<ImageFs, 'stat'>,
  imageBytes: number,
): Promise<number> {
  const totals = await Promise.all(
    entry.variants.map(async (variant) => {
      const { inside, wholeImage } = fetchedFiles([
        { id: 'one', title: 'One', destructive: false, variants: [variant] },
      ]);
      const paths = new Set([variant.kernel, ...variant.initrds, ...inside]);
      const sizes = await Promise.all([...paths].map(async (path) => (await fs.stat(path))?.sizeBytes ?? 0));
      return sizes.reduce((sum, size) => sum + size, wholeImage ? imageBytes : 0);
    }),
  );
  return Math.max(0, ...totals);
}
