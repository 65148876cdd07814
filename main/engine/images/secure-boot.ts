import type { Entry, ImageDescription, OwnLoaders } from '../../contract/image.ts';
import type { PeSigner } from '../formats/pe-signers.ts';
import { readSigners } from '../formats/read-signers.ts';
import type { ImageFs } from '../iso/image-fs.ts';
import { findOwnLoaders } from './own-loaders.ts';

/** Whether an entry starts on a machine with Secure Boot on, and what the image's own loaders say of it. */
export interface SecureBoot {
  readonly verdict: ImageDescription['secureBoot'];
  readonly sentences: readonly string[];
  /** Loaders of the image that it needs for that. */
  readonly ownLoaders?: OwnLoaders | undefined;
}

/** The station's shim (Debian's, signed by Microsoft) lets kernels start that this authority signed. */
const KERNEL_AUTHORITY = 'Debian Secure Boot CA';

/** Authorities in the lists of firmware: what they signed starts by itself, as EFI applications do. */
const firmwareAuthorities = new Set([
  'Microsoft Corporation UEFI CA 2011',
  'Microsoft UEFI CA 2023',
  'Microsoft Option ROM UEFI CA 2023',
  'Microsoft Windows Production PCA 2011',
  'Windows UEFI CA 2023',
]);

/** First loader and what it starts, in the image and in the file systems that UEFI boots it from. */
const loaderNames = ['bootx64.efi', 'grubx64.efi', 'bootaa64.efi', 'grubaa64.efi', 'bootia32.efi', 'grubia32.efi'];

/**
 * `yes` and `no` are about what the station can start: a kernel that another authority signed needs that one's shim and a GRUB which can
 * fetch it, so it starts where the image has both. `unknown` is a kernel whose signature cannot be told, such as a packed one.
 */
export async function secureBootOf(entry: Entry | undefined, fs: ImageFs): Promise<SecureBoot> {
  const variant = entry?.variants.find(({ firmware }) => firmware.some((one) => one.startsWith('uefi-')));
  const loaders = await loaderSentences(fs);
  if (variant === undefined) return { verdict: entry === undefined ? 'unknown' : 'no', sentences: loaders };
  const signers = await signersOf(fs, variant.kernel);
  const own = signers === undefined ? [] : [sentence(variant.kernel, signers)];
  const verdict = verdictOf(signers, variant.method === 'efi');
  const sentences = [...loaders, ...own];
  if (verdict !== 'no' || signers === undefined || variant.method !== 'linux') return { verdict, sentences };
  const { firmware } = variant;
  const ownLoaders = await findOwnLoaders(fs, { firmware, kernelSigners: signers, firmwareAuthorities });
  if (ownLoaders === undefined) return { verdict, sentences };
  return {
    verdict: 'yes',
    ownLoaders,
    sentences: [...sentences, `${ownLoaders.shim} and ${ownLoaders.grub} start ${variant.kernel} with Secure Boot on.`],
  };
}

function verdictOf(signers: readonly PeSigner[] | undefined, isApplication: boolean): SecureBoot['verdict'] {
  if (signers === undefined) return 'unknown';
  const isTrusted = ({ issuer }: PeSigner): boolean =>
    issuer === KERNEL_AUTHORITY || (isApplication && firmwareAuthorities.has(issuer));
  return signers.some(isTrusted) ? 'yes' : 'no';
}

async function loaderSentences(fs: ImageFs): Promise<string[]> {
  const folders = ['EFI/BOOT', ...(fs.mounts ?? []).map(({ folder }) => `${folder}/EFI/BOOT`)];
  const told = new Map<string, string>();
  for (const folder of folders) {
    for (const name of loaderNames) {
      const signers = told.has(name) ? undefined : await signersOf(fs, `${folder}/${name}`);
      if (signers !== undefined) told.set(name, sentence(`${folder}/${name}`, signers));
    }
  }
  return [...told.values()];
}

async function signersOf(fs: ImageFs, path: string): Promise<readonly PeSigner[] | undefined> {
  const file = await fs.open(path);
  return file === undefined ? undefined : await readSigners(file);
}

function sentence(path: string, signers: readonly PeSigner[]): string {
  if (signers.length === 0) return `${path} is not signed for Secure Boot.`;
  const names = signers.map(({ issuer, subject }) => (subject === undefined ? issuer : `${subject} (${issuer})`));
  return `${path} is signed for Secure Boot by ${new Intl.ListFormat('en').format([...new Set(names)])}.`;
}
