import type { ImageFs } from '../iso/image-fs.ts';
import { imagePath } from './boot-config/config-path.ts';
import type { MenuEntry } from './boot-config/menu-entry.ts';

/** A menu entry whose files are in the image. Paths are those of the image. */
export interface MenuStart {
  readonly loader: MenuEntry['loader'];
  readonly method: MenuEntry['method'];
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly words: readonly string[];
}

/** What a person chooses: one title, started by one line of each of the menus that offer it. */
export interface MenuChoice {
  readonly titles: readonly string[];
  readonly isDefault: boolean;
  readonly syslinux?: MenuStart | undefined;
  readonly grub?: MenuStart | undefined;
  readonly 'systemd-boot'?: MenuStart | undefined;
  readonly firmware?: MenuStart | undefined;
}

export interface MenuChoices {
  readonly choices: readonly MenuChoice[];
  /** Titles of entries that name files which are not in the image. */
  readonly broken: readonly string[];
}

/** Loaders of the image itself: chain-loading one only leads back to a menu that looks for its CD. */
const imageLoader = /(^|\/)(shim|grub|bootmgfw|bootmgr|refind|boot(x64|ia32|aa64|arm|riscv64)|mm)[^/]*\.efi$/i;

/** The entries that can really be started, those of both menus put together. */
export async function menuChoices(fs: ImageFs, entries: readonly MenuEntry[]): Promise<MenuChoices> {
  const broken: string[] = [];
  const resolved: (MenuChoice & { start: MenuStart })[] = [];
  for (const entry of entries) {
    const { titles, isDefault, loader, method } = entry;
    const kernel = await existingFile(fs, entry.kernel, entry.folder);
    const initrds = await Promise.all(
      entry.initrds.map(async (initrd) => await existingFile(fs, initrd, entry.folder)),
    );
    if (kernel === undefined || initrds.includes(undefined)) {
      broken.push(titles.join(': '));
      continue;
    }
    if (method === 'efi' && loader !== 'firmware' && imageLoader.test(kernel)) continue;
    const start = { loader, method, kernel, initrds: initrds.filter((path) => path !== undefined), words: entry.words };
    resolved.push({ titles, isDefault, start });
  }
  return { choices: mergeMenus(resolved), broken: [...new Set(broken)] };
}

async function existingFile(fs: ImageFs, written: string, folder: string): Promise<string | undefined> {
  // Relative names start at the menu's folder; menus made for the network, put on a CD, mean the root.
  for (const path of new Set([imagePath(written, folder), imagePath(`/${written}`, '')])) {
    const entry = await fs.stat(path);
    const mount = fs.mounts?.find((one) => path.startsWith(`${one.folder}/`));
    if (mount === undefined) {
      if (entry?.type === 'file') return path;
      continue;
    }
    // Discs have a copy of what is in the file system that UEFI boots from; one name for both keeps it one entry.
    const onDisc = path.slice(mount.folder.length + 1);
    const twin = await fs.stat(onDisc);
    if (twin?.type === 'file' && (entry === undefined || entry.sizeBytes === twin.sizeBytes)) return onDisc;
    if (entry?.type === 'file') return path;
  }
  return undefined;
}

const wordsKey = ({ kernel, initrds, words }: MenuStart): string =>
  [kernel, ...initrds, '', ...words.toSorted()].join('\0').toLowerCase();
const titleKey = (titles: readonly string[]): string =>
  titles.map((title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')).join('\0');

/**
 * Pure. The same choice of both menus is one: same titles, or the same files and words. What an earlier choice of the same menu
 * starts already (help screens repeat whole menus) is left out.
 */
function mergeMenus(resolved: readonly (MenuChoice & { start: MenuStart })[]): MenuChoice[] {
  const merged: Mutable<MenuChoice>[] = [];
  const seen = new Set<string>();
  const byTitle = new Map<string, Mutable<MenuChoice>>();
  const byWords = new Map<string, Mutable<MenuChoice>>();
  for (const { titles, isDefault, start } of resolved) {
    const title = titleKey(titles);
    const words = wordsKey(start);
    if (seen.has(`${start.loader}\0${words}`)) continue;
    seen.add(`${start.loader}\0${words}`);
    const twin = [byTitle.get(title), byWords.get(words)].find(
      (choice) => choice !== undefined && choice[start.loader] === undefined,
    );
    const choice: Mutable<MenuChoice> = twin ?? { titles, isDefault };
    choice[start.loader] = start;
    choice.isDefault ||= isDefault;
    if (twin === undefined) merged.push(choice);
    byTitle.set(title, choice);
    byWords.set(words, choice);
  }
  return merged;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
