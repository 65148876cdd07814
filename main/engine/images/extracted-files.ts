import { type Entry, WHOLE_IMAGE } from '../../contract/image.ts';
import { loadedFiles } from '../boot/variant-files.ts';
import type { ImageFs } from '../iso/image-fs.ts';

/** The files of an image that go into its boot tree: what its loaders fetch, each once, in the order of the entries. */
export async function extractedFiles(
  entries: readonly Entry[],
  fs: ImageFs,
): Promise<{ path: string; sizeBytes: number }[]> {
  const paths = new Set(entries.flatMap(({ variants }) => variants.flatMap(loadedFiles)));
  paths.delete(WHOLE_IMAGE);
  const files: { path: string; sizeBytes: number }[] = [];
  for (const path of paths) files.push({ path, sizeBytes: (await fs.stat(path))?.sizeBytes ?? 0 });
  return files;
}
