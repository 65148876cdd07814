import { type Finding, finding } from '../../contract/finding.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { Entry, ImageDescription } from '../../contract/image.ts';
import { firmwareName } from '../images/kernel-evidence.ts';

/** What is known of a machine before it starts anything of the image. What is not known is no reason against it. */
export interface MachineFacts {
  readonly firmware: Firmware;
  readonly memoryMiB?: number | undefined;
  /** True where its firmware was seen to refuse what is not signed. */
  readonly secureBoot?: boolean | undefined;
}

/** Why a machine will not get far with an entry: one finding for each reason, the gravest first; empty where nothing speaks against it. Pure. */
export function machineFit(
  image: Pick<ImageDescription, 'name' | 'memoryNeededMiB' | 'secureBoot'>,
  entry: Pick<Entry, 'variants'>,
  { firmware, memoryMiB, secureBoot }: MachineFacts,
): Finding[] {
  const bootsOn = new Set(entry.variants.flatMap((variant) => variant.firmware));
  if (firmware !== 'unknown' && !bootsOn.has(firmware)) {
    return [finding('F_WRONG_ARCHITECTURE', { firmware: firmwareName(firmware), image: image.name })];
  }
  const findings: Finding[] = [];
  if (secureBoot === true && image.secureBoot === 'no') {
    findings.push(finding('F_KERNEL_NOT_SIGNED', { image: image.name }));
  }
  const needsMiB = image.memoryNeededMiB;
  if (memoryMiB !== undefined && needsMiB !== undefined && memoryMiB < needsMiB) {
    findings.push(finding('F_TOO_LITTLE_MEMORY', { hasMiB: memoryMiB, needsMiB }));
  }
  return findings;
}
