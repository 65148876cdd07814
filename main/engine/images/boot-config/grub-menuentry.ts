import { type MenuEntry, plainTitle } from './menu-entry.ts';

/** What the lines of a `menuentry` say, gathered until its closing brace. */
export interface Draft {
  method?: 'linux' | 'efi';
  kernel?: string;
  words: string[];
  initrds: string[];
  /** The command that starts something which is no Linux kernel and no EFI application. */
  foreign?: string;
  /** Commands that have no equal on the network. */
  untranslated: string[];
}

export const emptyDraft = (): Draft => ({ words: [], initrds: [], untranslated: [] });

const maxUntranslated = 8;

/** Takes a command in that says what is started; false for any other command. */
export function takeBootCommand(draft: Draft, command: string, words: readonly string[]): boolean {
  const [first, ...rest] = words;
  switch (command) {
    case 'linux':
    case 'linuxefi':
    case 'linux16':
      if (first === undefined) return true;
      draft.method = 'linux';
      draft.kernel = first;
      draft.words = rest;
      return true;
    case 'initrd':
    case 'initrdefi':
    case 'initrd16':
      draft.initrds = words.filter((word) => !word.startsWith('-'));
      return true;
    case 'chainloader':
      if (first === undefined || draft.kernel !== undefined) return true;
      // "+1" is the boot sector of a disk of the machine.
      if (first.includes('+')) {
        draft.foreign = command;
        return true;
      }
      draft.method = 'efi';
      draft.kernel = first;
      draft.words = rest;
      return true;
    // Kernels of other kinds (Xen, BSD, Windows' NTLDR): not ours to start.
    case 'multiboot':
    case 'multiboot2':
    case 'kfreebsd':
    case 'ntldr':
    case 'xnu_kernel64':
      draft.foreign = command;
      return true;
    case 'devicetree':
    case 'loopback':
    case 'acpi':
      if (draft.untranslated.length < maxUntranslated) {
        draft.untranslated.push([command, ...words].join(' ').slice(0, 120));
      }
      return true;
    default:
      return false;
  }
}

/** The entry that a draft became; undefined where it starts nothing that we could. */
export function entryOfDraft(draft: Draft, titles: readonly string[], file: string): MenuEntry | undefined {
  const { method, kernel, initrds, words, foreign, untranslated } = draft;
  if (kernel === undefined || method === undefined || foreign !== undefined) return undefined;
  return {
    loader: 'grub',
    titles,
    method,
    kernel,
    initrds,
    words: words.filter((word) => word !== ''),
    isDefault: false,
    folder: '',
    file,
    untranslated: untranslated.length === 0 ? undefined : untranslated,
  };
}

export interface FoundEntry {
  readonly entry: MenuEntry;
  readonly id: string | undefined;
}

const optionsWithValue = new Set(['--class', '--users', '--hotkey', '--id', '--source']);

/** Title, id and positional parameters (of which the title is the first) of a `menuentry` or `submenu` line. */
export function menuArguments(words: readonly string[]): {
  title: string;
  id: string | undefined;
  parameters: string[];
} {
  const plain: string[] = [];
  let id: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (optionsWithValue.has(word)) {
      if (word === '--id') id = words[index + 1];
      index++;
    } else if (word.startsWith('--id=')) id = word.slice('--id='.length);
    else if (!word.startsWith('--')) plain.push(word);
  }
  const title = plainTitle(plain[0] ?? '');
  return { title: title === '' ? 'Start' : title, id, parameters: plain };
}

/** `wanted` is a number among the top level's entries, an id or a title; `1>0` goes through submenus. */
export function withDefault(found: readonly FoundEntry[], wanted: string): MenuEntry[] {
  const last = wanted.split('>').at(-1) ?? '';
  const named = found.find(({ entry, id }) => id === last || entry.titles.at(-1) === plainTitle(last));
  const numbered = /^\d+$/.test(wanted) ? topLevel(found)[Number(wanted)] : undefined;
  const chosen = numbered ?? named ?? found[0];
  return found.map((one) => ({ ...one.entry, isDefault: one === chosen }));
}

/** The first entry of each submenu stands for the submenu. */
function topLevel(found: readonly FoundEntry[]): FoundEntry[] {
  return found.filter(
    ({ entry }, index) => entry.titles.length === 1 || entry.titles[0] !== found[index - 1]?.entry.titles[0],
  );
}
