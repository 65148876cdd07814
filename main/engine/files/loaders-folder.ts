import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SET_UP_FOLDER = fileURLToPath(new URL('../../../.loaders', import.meta.url));

/** Where the loaders are: `FIELDBOOT_LOADERS`, else where set-up puts them. */
export function locateLoadersFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const { FIELDBOOT_LOADERS } = environment;
  return FIELDBOOT_LOADERS ? resolve(FIELDBOOT_LOADERS) : SET_UP_FOLDER;
}
