import type { Entry } from '../../contract/image.ts';
import type { ImageFs } from '../iso/image-fs.ts';

/** The files of an image that go into its boot tree: each kernel and initrd once, in the order of the entries. */
export async function extractedFiles(
  entries: readonly Entry[],
  fs: ImageFs,
): Promise<{ path: string; sizeBytes: number }[]> {
  const paths = new Set(
    entries.flatMap(({ variants }) => variants.flatMap(({ kernel, initrds }) => [kernel, ...initrds])),
  );
  const files: { path: string; sizeBytes: number }[] = [];
  for (const path of paths) files.push({ path, sizeBytes: (await fs.stat(path))?.sizeBytes ?? 0 });
  return files;
}
