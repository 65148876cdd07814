import { type BootVariant, WHOLE_IMAGE } from '../../contract/image.ts';

/** What a loader fetches to start a variant. Pure. */

/** Files of the image, or the whole of it, in the order in which they are fetched. What is injected comes as a part of the last one. */
export const loadedFiles = ({ hypervisor, kernel, initrds }: BootVariant): string[] => [
  ...(hypervisor === undefined ? [] : [hypervisor.path]),
  kernel,
  ...initrds,
];

/** Where the station serves a file of an image, or the whole of it: a path, not yet encoded for a URL. */
export const servedPath = (imageId: string, path: string): string =>
  path === WHOLE_IMAGE ? `${imageId}.iso` : `${imageId}/${path}`;

/** Names that Windows' loader looks for, whatever the files are called in the image. */
export function wimbootName(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  if (/\.wim$/i.test(name)) return 'boot.wim';
  return /^bcd$/i.test(name) ? 'BCD' : name.toLowerCase();
}
