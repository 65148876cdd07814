import { createHash } from 'node:crypto';
import type { FileKind } from '../../contract/events.ts';
import type { ImageDescription } from '../../contract/image.ts';

/** What the routes of an image agree about, so that a file is the same whether it comes out of the tree or the ISO. */

/** Kernel and initrd as the entries name them; everything else belongs to the system that they start. */
export function kindsOfFiles(image: ImageDescription): ReadonlyMap<string, FileKind> {
  const kinds = new Map<string, FileKind>();
  for (const { kernel, initrds, hypervisor, injected = [] } of image.entries.flatMap(({ variants }) => variants)) {
    for (const { from } of injected) kinds.set(from, 'initrd');
    kinds.set(kernel, 'kernel');
    if (hypervisor !== undefined) kinds.set(hypervisor.path, 'kernel');
    for (const initrd of initrds) kinds.set(initrd, 'initrd');
  }
  return kinds;
}

/** The path inside the image of `<imageId>/<path>`; undefined for any other. */
export function pathInImage(requestPath: string, imageId: string): string | undefined {
  return requestPath.startsWith(`${imageId}/`) ? requestPath.slice(imageId.length + 1) : undefined;
}

/** The id changes with the content of the image, so id, path and size name the same bytes for ever. */
export function imageEntityTag(imageId: string, path: string, sizeBytes: number): string {
  const pathDigest = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return `"${imageId}-${pathDigest}-${sizeBytes.toString(16)}"`;
}
