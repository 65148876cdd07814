import { urlPath } from '../boot/script-text.ts';
import type { ImageFacts } from './image-facts.ts';
import type { Rewrite } from './recipe.ts';
import { searchableText } from './searchable-text.ts';

/** Configuration files are small; one that claims more is served as it is. */
const maxBytes = 64 * 1024;

/** The text files of an image that a recipe rewrites for the network. */
export async function rewrittenFiles(
  rewrites: readonly Rewrite[],
  facts: ImageFacts,
): Promise<{ path: string; text: string }[]> {
  const rewritten: { path: string; text: string }[] = [];
  for (const rewrite of rewrites) {
    for (const path of await facts.find(rewrite.file)) {
      const file = await facts.fs.open(path);
      if (file === undefined || file.sizeBytes > maxBytes) continue;
      const bytes = new Uint8Array(file.sizeBytes);
      const length = await file.read(bytes, 0);
      rewritten.push({ path, text: rewriteText(searchableText(bytes.subarray(0, length)), rewrite) });
    }
  }
  return rewritten;
}

/** Pure. */
export function rewriteText(text: string, { replace, append }: Omit<Rewrite, 'file'>): string {
  let changed = text.replaceAll('\r\n', '\n');
  for (const { regex, by } of replace) changed = changed.replace(new RegExp(regex, 'gim'), by);
  return append.length === 0 ? changed : `${changed.replace(/\n*$/, '\n')}${append.join('\n')}\n`;
}

/** The text as a station at this address serves it. Pure. */
export const filledText = (text: string, imageId: string, baseUrl: string): string =>
  text.replaceAll('{http}', baseUrl).replaceAll('{iso}', urlPath(imageId));
