import type { Firmware } from '../../contract/firmware.ts';
import type { Entry, ImageDescription } from '../../contract/image.ts';
import type { ImageFacts } from './image-facts.ts';
import { isWim } from './wim-text.ts';

/** What the kernels of an entry say of themselves. */
export async function kernelEvidence(
  entry: Entry | undefined,
  facts: ImageFacts,
): Promise<{ architecture: string | undefined; sentences: string[] }> {
  let architecture: string | undefined;
  const sentences: string[] = [];
  for (const path of new Set(entry?.variants.map(({ kernel }) => kernel))) {
    const wim = isWim(path) ? await facts.wim(path) : undefined;
    if (wim !== undefined && !('problem' in wim)) architecture ??= wim.images[0]?.architecture;
    const kernel = await facts.kernel(path);
    architecture ??= kernel.architecture;
    if (kernel.firmware.length === 0) continue;
    const what = kernel.version === undefined ? '' : ` ("${kernel.version}")`;
    const on = new Intl.ListFormat('en').format(kernel.firmware.map(firmwareName));
    sentences.push(`${path}${what} starts on ${on}.`);
  }
  return { architecture, sentences };
}

const names: Partial<Record<Firmware, string>> = {
  bios: 'BIOS',
  'uefi-x64': 'UEFI x64',
  'uefi-ia32': 'UEFI 32-bit',
  'uefi-arm64': 'UEFI arm64',
  'uefi-arm32': 'UEFI arm32',
  'uefi-riscv64': 'UEFI RISC-V',
  'uefi-loong64': 'UEFI LoongArch',
};
export const firmwareName = (firmware: Firmware): string => names[firmware] ?? firmware;

/** Signatures are some kilobytes; one that claims more is not read. */
const maxSignatureBytes = 64 * 1024;

/**
 * With Secure Boot on, firmware lets the station's shim start (Debian's, signed by Microsoft), which lets kernels start that Debian
 * signed. An unsigned kernel is refused; one that somebody else signed starts only with that somebody's shim.
 */
export async function secureBootOf(
  entry: Entry | undefined,
  facts: ImageFacts,
): Promise<ImageDescription['secureBoot']> {
  if (entry === undefined) return 'unknown';
  const path = entry.variants.find(({ firmware }) => firmware.some((one) => one.startsWith('uefi-')))?.kernel;
  if (path === undefined) return 'no';
  const { format, signature } = await facts.kernel(path);
  if (format === 'unknown') return 'unknown';
  if (signature === undefined) return 'no';
  const file = await facts.fs.open(path);
  if (file === undefined || signature.lengthBytes > maxSignatureBytes) return 'unknown';
  const bytes = new Uint8Array(signature.lengthBytes);
  const length = await file.read(bytes, signature.offsetBytes);
  // The certificate's names stand in the signature as plain text (PKCS #7, DER).
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, length));
  return text.includes('Debian Secure Boot CA') ? 'yes' : 'unknown';
}
