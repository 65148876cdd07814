import type { Firmware } from '../../contract/firmware.ts';
import type { Entry } from '../../contract/image.ts';
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
