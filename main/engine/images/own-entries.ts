import type { Firmware } from '../../contract/firmware.ts';
import { WHOLE_IMAGE } from '../../contract/image.ts';
import type { ImageFacts } from './image-facts.ts';
import { injectedFiles, withInjected } from './injected-files.ts';
import type { NamedEntry } from './menu-entries.ts';
import type { OwnEntry, OwnVariant } from './recipe.ts';
import { groupByStart, type Start } from './variants.ts';

export interface OwnEntryContext {
  readonly facts: ImageFacts;
  /** Firmware that the image's own loaders are for: what is assumed of a kernel that does not say itself. */
  readonly imageFirmware: readonly Firmware[];
  /** Fills the files that the recipe looked for; undefined where one was not found. */
  readonly fill: (commandLine: string) => string | undefined;
}

/** The entries that a recipe knows itself, as far as their files are in the image. */
export async function ownEntries(entries: readonly OwnEntry[], context: OwnEntryContext): Promise<NamedEntry[]> {
  const made: NamedEntry[] = [];
  for (const { title, when, destructive, variants } of entries) {
    if (when !== undefined && (await context.facts.fits(when)) === undefined) continue;
    const starts: [Firmware, Start][] = [];
    for (const variant of variants) {
      const start = await startOf(variant, context);
      if (start === undefined) continue;
      const can = await firmwareOf(start, context.facts);
      for (const firmware of variant.firmware ?? (can.length > 0 ? can : context.imageFirmware)) {
        // A 32-bit build is no kernel for a 64-bit UEFI, whatever the recipe hopes.
        if (can.length === 0 || can.includes(firmware)) starts.push([firmware, start]);
      }
    }
    const grouped = groupByStart(starts);
    if (grouped.length > 0) made.push({ title, destructive, variants: grouped, isDefault: false });
  }
  return made;
}

/** Undefined where a file of it is not in the image. */
async function startOf(variant: OwnVariant, { facts, fill }: OwnEntryContext): Promise<Start | undefined> {
  const first = async (pattern: string): Promise<string | undefined> => (await facts.find(pattern))[0];
  const { method, hypervisor } = variant;
  const kernel = variant.kernel === WHOLE_IMAGE ? WHOLE_IMAGE : await first(variant.kernel);
  const initrds = await Promise.all(variant.initrds.map(first));
  const optional = (await Promise.all(variant.optionalInitrds.map(first))).filter((path) => path !== undefined);
  const commandLine = fill(variant.commandLine);
  const injected = await injectedFiles(variant.injected, facts);
  const under = hypervisor === undefined ? undefined : { path: await first(hypervisor.path), line: fill(hypervisor.commandLine) }; // prettier-ignore
  if (kernel === undefined || commandLine === undefined || injected === undefined) return undefined;
  if (initrds.includes(undefined)) return undefined;
  const start: Start = {
    method,
    kernel,
    initrds: [...optional, ...initrds.filter((path) => path !== undefined)],
    commandLine,
    ...withInjected(injected),
  };
  if (under === undefined) return start;
  if (under.path === undefined || under.line === undefined) return undefined;
  return { ...start, hypervisor: { path: under.path, commandLine: under.line } };
}

const firmwareOfWims: Readonly<Record<string, readonly Firmware[]>> = {
  x86_64: ['bios', 'uefi-x64'],
  i386: ['bios', 'uefi-ia32'],
  aarch64: ['uefi-arm64'],
};

/** Firmware that can start it, as far as its files say so; empty where they do not. */
async function firmwareOf({ method, kernel }: Start, facts: ImageFacts): Promise<readonly Firmware[]> {
  if (method === 'linux' || method === 'efi') return (await facts.kernel(kernel)).firmware;
  if (method === 'memdisk' || method === 'multiboot') return ['bios'];
  if (method !== 'wimboot') return [];
  const wim = await facts.wim(kernel);
  if (wim === undefined || 'problem' in wim) return [];
  const image = wim.images.find(({ index }) => index === wim.bootIndex) ?? wim.images[0];
  return firmwareOfWims[image?.architecture ?? ''] ?? [];
}
