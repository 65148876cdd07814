import { resolve } from 'node:path';
import { installedFile } from '../installed-files.ts';

/** Where the loaders are: `FIELDBOOT_LOADERS`, else where set-up puts them, else where a release has them. */
export function locateLoadersFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const { FIELDBOOT_LOADERS } = environment;
  return FIELDBOOT_LOADERS ? resolve(FIELDBOOT_LOADERS) : installedFile('.loaders', 'loaders');
}
