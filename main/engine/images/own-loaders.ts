import type { Firmware } from '../../contract/firmware.ts';
import type { OwnLoaders } from '../../contract/image.ts';
import type { PeSigner } from '../formats/pe-signers.ts';
import { readSigners } from '../formats/read-signers.ts';
import type { ImageFile, ImageFs } from '../iso/image-fs.ts';

/**
 * The image's own shim and GRUB, for a kernel that only they let start with Secure Boot on: the station's shim knows Debian's key, and
 * every vendor signs kernels with its own.
 */

const names: Partial<Record<Firmware, { readonly shim: string; readonly grub: string }>> = {
  'uefi-x64': { shim: 'bootx64.efi', grub: 'grubx64.efi' },
  'uefi-arm64': { shim: 'bootaa64.efi', grub: 'grubaa64.efi' },
};

/** Larger than any GRUB, which is searched whole. */
const LARGEST_GRUB_BYTES = 16 * 1024 * 1024;
/** An option of TFTP (RFC 2348): in a GRUB only where its network module is built in, which those for discs of some vendors lack. */
const MARK_OF_NETWORK = 'blksize';

export interface OwnLoadersQuestion {
  readonly firmware: readonly Firmware[];
  /** Who signed the kernel. */
  readonly kernelSigners: readonly PeSigner[];
  /** Authorities in the lists of firmware. */
  readonly firmwareAuthorities: ReadonlySet<string>;
}

/** Undefined where there are none that firmware starts, that start the kernel, and that can fetch it. */
export async function findOwnLoaders(fs: ImageFs, question: OwnLoadersQuestion): Promise<OwnLoaders | undefined> {
  const folders = ['EFI/BOOT', ...(fs.mounts ?? []).map(({ folder }) => `${folder}/EFI/BOOT`)];
  for (const firmware of question.firmware) {
    const named = names[firmware];
    for (const folder of named === undefined ? [] : folders) {
      const [shim, grub] = [`${folder}/${named?.shim}`, `${folder}/${named?.grub}`];
      if (await startsKernel(fs, shim, grub, question)) return { firmware, shim, grub };
    }
  }
  return undefined;
}

async function startsKernel(
  fs: ImageFs,
  shim: string,
  grub: string,
  { kernelSigners, firmwareAuthorities }: OwnLoadersQuestion,
): Promise<boolean> {
  const [shimFile, grubFile] = [await fs.open(shim), await fs.open(grub)];
  if (shimFile === undefined || grubFile === undefined) return false;
  const isTrusted = (await issuersOf(shimFile)).some((issuer) => firmwareAuthorities.has(issuer));
  if (!isTrusted) return false;
  const vendor = new Set(kernelSigners.map(({ issuer }) => issuer));
  const isVendors = (await issuersOf(grubFile)).some((issuer) => vendor.has(issuer));
  return isVendors && (await hasNetwork(grubFile));
}

const issuersOf = async (file: ImageFile): Promise<string[]> =>
  ((await readSigners(file)) ?? []).map(({ issuer }) => issuer);

async function hasNetwork(grub: ImageFile): Promise<boolean> {
  if (grub.sizeBytes > LARGEST_GRUB_BYTES) return false;
  const bytes = Buffer.alloc(grub.sizeBytes);
  const length = await grub.read(bytes, 0);
  return bytes.subarray(0, length).includes(MARK_OF_NETWORK);
}
