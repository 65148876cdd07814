import { urlPath } from '../boot/script-text.ts';
import type { ImageFacts } from './image-facts.ts';

/** Files that a recipe looked for, by the name that its command lines use. */
export type FoundFiles = ReadonlyMap<string, string>;

/** The first file of each pattern. */
export async function findFiles(patterns: Readonly<Record<string, string>>, facts: ImageFacts): Promise<FoundFiles> {
  const found = new Map<string, string>();
  for (const [name, pattern] of Object.entries(patterns)) {
    const [path] = await facts.find(pattern);
    if (path !== undefined) found.set(name, path);
  }
  return found;
}

/** `{file.NAME}`, `{folder.NAME}` and `{root.NAME}` as they stand in a URL; undefined where one of them was not found. Pure. */
export function fillFiles(commandLine: string, found: FoundFiles): string | undefined {
  let complete = true;
  const filled = commandLine.replace(/\{(file|folder|root)\.([a-z]+)\}/g, (_whole, part: string, name: string) => {
    const path = found.get(name);
    if (path === undefined) complete = false;
    return urlPath(partOf(path ?? '', part));
  });
  return complete ? filled : undefined;
}

function partOf(path: string, part: string): string {
  const segments = path.split('/');
  if (part === 'folder') return segments.slice(0, -1).join('/');
  return part === 'root' ? (segments[0] ?? '') : path;
}
