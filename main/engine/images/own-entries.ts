import type { Firmware } from '../../contract/firmware.ts';
import type { ImageFacts } from './image-facts.ts';
import type { NamedEntry } from './menu-entries.ts';
import type { OwnEntry } from './recipe.ts';
import { groupByStart, type Start } from './variants.ts';

/** The entries that a recipe knows itself, as far as their files are in the image. */
export async function ownEntries(
  entries: readonly OwnEntry[],
  facts: ImageFacts,
  imageFirmware: readonly Firmware[],
  fill: (commandLine: string) => string | undefined,
): Promise<NamedEntry[]> {
  const made: NamedEntry[] = [];
  for (const { title, destructive, variants } of entries) {
    const starts: [Firmware, Start][] = [];
    for (const variant of variants) {
      const [kernel] = await facts.find(variant.kernel);
      const initrds = await Promise.all(variant.initrds.map(async (pattern) => (await facts.find(pattern))[0]));
      const commandLine = fill(variant.commandLine);
      if (kernel === undefined || commandLine === undefined || initrds.includes(undefined)) continue;
      const can = (await facts.kernel(kernel)).firmware;
      const start = {
        method: variant.method,
        kernel,
        initrds: initrds.filter((path) => path !== undefined),
        commandLine,
      };
      for (const firmware of variant.firmware ?? (can.length > 0 ? can : imageFirmware)) {
        // A 32-bit build is no kernel for a 64-bit UEFI, whatever the recipe hopes.
        if (can.length === 0 || can.includes(firmware)) starts.push([firmware, start]);
      }
    }
    const grouped = groupByStart(starts);
    if (grouped.length > 0) made.push({ title, destructive, variants: grouped, isDefault: false });
  }
  return made;
}
