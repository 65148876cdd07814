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

/** Where a hypervisor is served unpacked: loaders for BIOS start none that is packed. */
export const unpackedPath = (path: string): string => path.replace(/\.gz$/i, '');

/** What a loader asks the station for to start a variant. */
export const servedPaths = (imageId: string, variant: BootVariant): string[] =>
  loadedFiles(variant).map((path) =>
    servedPath(imageId, path === variant.hypervisor?.path ? unpackedPath(path) : path),
  );

/** Names that Windows' loader looks for, whatever the files are called in the image. */
export function wimbootName(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  if (/\.wim$/i.test(name)) return 'boot.wim';
  return /^bcd$/i.test(name) ? 'BCD' : name.toLowerCase();
}
