import { limits } from './limits.ts';

/** Segments of a path or link target: without empty ones and `.`; `..` is kept, as only a walk can tell where it leads. */
export function pathSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** Longer than any path that an image within the limits can have. */
export const isOverlongPath = (path: string): boolean => path.length > limits.pathCharacters;
