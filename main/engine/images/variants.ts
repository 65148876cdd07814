import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant } from '../../contract/image.ts';

/** The order in which firmware is listed and variants are tried. */
export const firmwareOrder: readonly Firmware[] = [
  'bios',
  'uefi-x64',
  'uefi-ia32',
  'uefi-arm64',
  'uefi-arm32',
  'uefi-riscv64',
  'uefi-loong64',
];

export type Start = Omit<BootVariant, 'firmware'>;

/** Pure: one variant for each different start, with all the firmware that it is for. The first start of a firmware counts. */
export function groupByStart(starts: readonly (readonly [Firmware, Start])[]): BootVariant[] {
  const variants = new Map<string, BootVariant>();
  const taken = new Set<Firmware>();
  for (const [firmware, start] of starts.toSorted(([a], [b]) => firmwareOrder.indexOf(a) - firmwareOrder.indexOf(b))) {
    if (taken.has(firmware)) continue;
    taken.add(firmware);
    const { method, kernel, initrds, commandLine, hypervisor, injected } = start;
    const key = JSON.stringify([method, kernel, initrds, commandLine, hypervisor, injected]);
    const known = variants.get(key);
    variants.set(key, { ...start, firmware: [...(known?.firmware ?? []), firmware] });
  }
  return [...variants.values()];
}
