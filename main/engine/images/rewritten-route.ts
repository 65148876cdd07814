import type { ImageDescription } from '../../contract/image.ts';
import { memoryFile } from '../files/memory-file.ts';
import type { Route } from '../files/route.ts';
import { filledText } from './rewritten-files.ts';
import { pathInImage } from './served-image.ts';

/** Text files of the image as its recipe rewrites them for this station, at the paths that they have in the image. */
export function rewrittenRoute({ id, rewrittenFiles = [] }: ImageDescription, baseUrl: string): Route {
  const texts = new Map(rewrittenFiles.map(({ path, text }) => [path.toLowerCase(), filledText(text, id, baseUrl)]));
  return {
    name: 'rewritten',
    claim({ path }) {
      // Loaders ask in whatever case their configuration has; so do the names of such images.
      const text = texts.get((pathInImage(path, id) ?? '').toLowerCase());
      return Promise.resolve(text === undefined ? undefined : memoryFile('system', text, 'text/plain'));
    },
  };
}
