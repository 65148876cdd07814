import type { ImageFs } from '../iso/image-fs.ts';

/**
 * Path patterns of recipes: `*` stands for anything within one segment, `a|b` for whole alternatives, in order of preference. Case does
 * not count, as file systems of images disagree about it.
 */

const maxMatches = 200;

const segmentRegex = (segment: string): RegExp =>
  new RegExp(`^${segment.replace(/[.+?^${}()[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');

/** Does the path fit the pattern? Pure. */
export function fitsPattern(path: string, pattern: string): boolean {
  const segments = path.split('/');
  return pattern.split('|').some((alternative) => {
    const wanted = alternative.split('/');
    return (
      wanted.length === segments.length &&
      wanted.every((segment, index) => segmentRegex(segment).test(segments[index] ?? ''))
    );
  });
}

/** Paths of the image that fit, those of the first alternatives first; within one, the highest version first. */
export async function findPaths(fs: ImageFs, pattern: string): Promise<string[]> {
  const found: string[] = [];
  for (const alternative of pattern.split('|')) found.push(...(await expand(fs, alternative.split('/'))));
  return [...new Set(found)].slice(0, maxMatches);
}

async function expand(fs: ImageFs, segments: readonly string[]): Promise<string[]> {
  let folders = [''];
  for (const [index, segment] of segments.entries()) {
    if (segment.includes('*')) folders = await matchingChildren(fs, folders, segment);
    else folders = folders.map((folder) => join(folder, segment));
    // Literal runs are looked up once, at their end.
    if (index < segments.length - 1 && segments[index + 1]?.includes('*') !== true) continue;
    folders = await existing(fs, folders);
    if (folders.length === 0) return [];
  }
  return folders;
}

const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

async function existing(fs: ImageFs, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) if (path === '' || (await fs.stat(path)) !== undefined) found.push(path);
  return found;
}

const byVersionDown = new Intl.Collator('en', { numeric: true });

async function matchingChildren(fs: ImageFs, folders: readonly string[], segment: string): Promise<string[]> {
  const regex = segmentRegex(segment);
  const found: string[] = [];
  for (const folder of folders) {
    const names = ((await fs.list(folder)) ?? []).map(({ name }) => name).filter((name) => regex.test(name));
    found.push(...names.sort((a, b) => byVersionDown.compare(b, a)).map((name) => join(folder, name)));
    if (found.length >= maxMatches) break;
  }
  return found.slice(0, maxMatches);
}
