import type { ImageFacts } from './image-facts.ts';
import type { BootRecipe } from './recipe.ts';

const bytesPerMiB = 1024 * 1024;

/** MiB that a machine needs: what the system wants, and what of the image ends up in memory. Undefined where the recipe does not know. */
export async function memoryNeeded(
  { memory }: Pick<BootRecipe, 'memory'>,
  found: ReadonlyMap<string, string>,
  facts: ImageFacts,
  imageSizeBytes: number,
): Promise<number | undefined> {
  if (memory === undefined) return undefined;
  let bytes = imageSizeBytes * memory.wholeImage;
  for (const name of memory.files) {
    const path = found.get(name);
    if (path !== undefined) bytes += ((await facts.fs.stat(path))?.sizeBytes ?? 0) * memory.times;
  }
  return memory.minimumMiB + Math.ceil(bytes / bytesPerMiB);
}
