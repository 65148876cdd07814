import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ImageDescription } from '../../contract/image.ts';
import { StationError } from '../../contract/errors.ts';
import { servedPath, unpackedPath } from '../boot/variant-files.ts';
import { memoryFile } from '../files/memory-file.ts';
import type { Route } from '../files/route.ts';
import type { ImageFs } from '../iso/image-fs.ts';

/** Hypervisors are some MiB; what unpacks to more is none. */
const maxBytes = 64 * 1024 * 1024;

/** The hypervisors of an image, by the path in the image that they are unpacked to. */
export function packedHypervisors({ entries }: Pick<ImageDescription, 'entries'>): Map<string, string> {
  const paths = entries.flatMap(({ variants }) => variants.flatMap(({ hypervisor }) => hypervisor?.path ?? []));
  return new Map(paths.filter((path) => unpackedPath(path) !== path).map((path) => [unpackedPath(path), path]));
}

/** A hypervisor as a loader starts it: iPXE for BIOS knows no gzip. Rejects with E_IMAGE_DAMAGED where it cannot be unpacked. */
export async function unpackedHypervisor(fs: ImageFs, path: string, imagePath: string): Promise<Uint8Array> {
  const file = await fs.open(path);
  const damaged = (): StationError =>
    new StationError('E_IMAGE_DAMAGED', { path: imagePath, detail: `${path} in it cannot be unpacked` });
  if (file === undefined || file.sizeBytes > maxBytes) throw damaged();
  const packed = new Uint8Array(file.sizeBytes);
  const length = await file.read(packed, 0);
  try {
    return await promisify(gunzip)(packed.subarray(0, length), { maxOutputLength: maxBytes });
  } catch {
    throw damaged();
  }
}

/** Serves hypervisors unpacked, each unpacked once, when it is first asked for. */
export function hypervisorRoute(fs: ImageFs, image: ImageDescription): Route {
  const packed = new Map([...packedHypervisors(image)].map(([to, from]) => [servedPath(image.id, to), from]));
  const unpacked = new Map<string, Promise<Uint8Array>>();
  return {
    name: 'hypervisor',
    async claim({ path }) {
      const from = packed.get(path);
      if (from === undefined) return undefined;
      const bytes = unpacked.get(path) ?? unpackedHypervisor(fs, from, image.path);
      unpacked.set(path, bytes);
      // What failed may be back for the next request.
      bytes.catch(() => unpacked.delete(path));
      return memoryFile('kernel', await bytes);
    },
  };
}
