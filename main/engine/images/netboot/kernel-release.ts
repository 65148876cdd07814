import type { ImageFs } from '../../iso/image-fs.ts';
import { kernelHeadBytes, readKernelImage } from '../kernel-image.ts';
import { findPaths } from '../path-pattern.ts';

/** The kernels of Debian's installer: which modules a kernel can load, and which modules an image has. */

/** The name of a release as `uname -r` says it, such as "6.1.0-50-amd64"; undefined where the file does not tell it. */
export async function kernelReleaseOf(fs: Pick<ImageFs, 'open'>, path: string): Promise<string | undefined> {
  const file = await fs.open(path);
  if (file === undefined) return undefined;
  const head = new Uint8Array(Math.min(kernelHeadBytes, file.sizeBytes));
  const { version } = readKernelImage(head.subarray(0, await file.read(head, 0)));
  const release = version?.split(' ')[0] ?? '';
  // It becomes a part of paths.
  return /^\d[\w.+~-]{1,60}$/.test(release) ? release : undefined;
}

/**
 * The kernel of an installer CD or DVD whose packages are on the disc, but which can only look for them on a disc: its initrd has no
 * net-retriever. Undefined for any other image.
 *
 * The netboot installer loads the rest of its modules from the package repository, so a repository without modules of its kernel
 * is none for it.
 */
export async function discInstallerKernel(fs: ImageFs): Promise<string | undefined> {
  const [kernel] = await findPaths(fs, 'install*/vmlinuz');
  if (kernel === undefined) return undefined;
  if ((await findPaths(fs, 'debian-installer/*/linux|install/netboot')).length > 0) return undefined;
  if ((await findPaths(fs, 'dists/*/Release')).length === 0) return undefined;
  const release = await kernelReleaseOf(fs, kernel);
  if (release === undefined) return undefined;
  const modules = await findPaths(fs, `pool/main/l/linux*/*-modules-${release}-di_*`);
  return modules.length > 0 ? release : undefined;
}
