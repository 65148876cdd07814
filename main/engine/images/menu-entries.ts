import type { Firmware } from '../../contract/firmware.ts';
import type { Entry } from '../../contract/image.ts';
import { fitsWord, type ImageFacts } from './image-facts.ts';
import { injectedFiles, withInjected } from './injected-files.ts';
import type { MenuChoice, MenuStart } from './menu-choices.ts';
import { fitsPattern } from './path-pattern.ts';
import type { MenuRule } from './recipe.ts';
import { firmwareOrder, groupByStart, type Start } from './variants.ts';

/** An entry before it has its id. */
export type NamedEntry = Omit<Entry, 'id'> & { readonly isDefault: boolean };

export interface MenuContext {
  readonly facts: ImageFacts;
  readonly rules: readonly MenuRule[];
  /** Fills `{file.NAME}`; undefined where the file was not found. */
  readonly fill: (commandLine: string) => string | undefined;
  /** Firmware that the image's own loaders are for: what is assumed of a kernel that does not say itself. */
  readonly imageFirmware: readonly Firmware[];
}

/** The choices of the image's own menu as entries, changed as the recipe's rules say. */
export async function entriesOfMenu(choices: readonly MenuChoice[], context: MenuContext): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = [];
  for (const choice of choices) {
    const entry = await entryOfChoice(choice, context);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function entryOfChoice(choice: MenuChoice, context: MenuContext): Promise<NamedEntry | undefined> {
  const starts: [Firmware, Start][] = [];
  let destructive = false;
  for (const firmware of firmwareOrder) {
    // BIOS prefers what the BIOS menu says, UEFI what the UEFI menu says; either may stand in for the other.
    const { syslinux, grub, 'systemd-boot': systemdBoot, firmware: program } = choice;
    const menus = firmware === 'bios' ? [syslinux, grub, systemdBoot] : [grub, systemdBoot, syslinux, program];
    const found = menus.find((start) => start !== undefined);
    if (found === undefined || !(await canStart(found, firmware, context))) continue;
    const title = choice.titles.join(' ');
    const rule = context.rules.find((candidate) => ruleFits(candidate, found, title));
    if (rule === undefined || rule.leaveOut) continue;
    const commandLine = changedCommandLine(found.words, rule, context.fill);
    const injected = await injectedFiles(rule.injected, context.facts);
    if (commandLine === undefined || injected === undefined) continue;
    destructive ||= rule.destructive && !(await isHarmless(found, title, rule, context.facts));
    const { method, kernel, initrds } = found;
    starts.push([firmware, { method, kernel, initrds: [...initrds], commandLine, ...withInjected(injected) }]);
  }
  if (starts.length === 0) return undefined;
  return { title: choice.titles.join(': '), destructive, variants: groupByStart(starts), isDefault: choice.isDefault };
}

async function canStart(start: MenuStart, firmware: Firmware, { facts, imageFirmware }: MenuContext): Promise<boolean> {
  const kernel = await facts.kernel(start.kernel);
  // memdisk has the shape of a kernel but wants a disk image, which is no way for a UEFI machine and seldom for others.
  if (kernel.version?.startsWith('MEMDISK') === true) return false;
  if (start.method === 'efi' && firmware === 'bios') return false;
  if (kernel.firmware.length > 0) return kernel.firmware.includes(firmware);
  // UEFI of a PC starts nothing but PE files, and would have said so. Elsewhere kernels are often packed, and unpacked by the loader.
  return firmware !== 'uefi-x64' && firmware !== 'uefi-ia32' && imageFirmware.includes(firmware);
}

function ruleFits(rule: MenuRule, start: MenuStart, title: string): boolean {
  if (rule.title !== undefined && !new RegExp(rule.title, 'i').test(title)) return false;
  if (rule.kernel !== undefined && !fitsPattern(start.kernel, rule.kernel)) return false;
  return rule.words.length === 0 || start.words.some((word) => rule.words.some((pattern) => fitsWord(word, pattern)));
}

/** Pure. Undefined where the rule needs a file that the image does not have. */
export function changedCommandLine(
  words: readonly string[],
  rule: Pick<MenuRule, 'drop' | 'add'>,
  fill: (commandLine: string) => string | undefined,
): string | undefined {
  const kept = words.filter((word) => !rule.drop.some((pattern) => fitsWord(word, pattern)));
  const added = fill(rule.add);
  if (added === undefined) return undefined;
  const separator = kept.findIndex((word) => word === '---' || word === '--');
  const at = separator === -1 ? kept.length : separator;
  const line = [...kept.slice(0, at), ...(added === '' ? [] : [added]), ...kept.slice(at)].join(' ');
  return line.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

async function isHarmless(start: MenuStart, title: string, rule: MenuRule, facts: ImageFacts): Promise<boolean> {
  if (rule.harmlessTitle !== undefined && new RegExp(rule.harmlessTitle, 'i').test(title)) return true;
  if (start.words.some((word) => rule.harmlessWords.some((pattern) => fitsWord(word, pattern)))) return true;
  return (await facts.kernel(start.kernel)).version?.startsWith('Memtest86') === true;
}
