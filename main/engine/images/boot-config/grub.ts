import type { ConfigReader } from './config-reader.ts';
import { folderOf, imagePath } from './config-path.ts';
import { conditionHolds } from './grub-condition.ts';
import { parseGrub, type Statement } from './grub-syntax.ts';
import type { Word } from './grub-words.ts';
import { maxMenuEntries, type MenuEntry, plainTitle } from './menu-entry.ts';

/**
 * Runs a GRUB configuration as far as it decides which entries the menu has: variables, conditions, functions, included files. Loops
 * over conditions do not run. Bounded in steps (each word of a line is one), files, nesting and length of text.
 */

const limits = { steps: 200_000, depth: 16, variableCharacters: 4096, variables: 500, words: 2000 } as const;

/** What a menuentry's lines said before its closing brace. */
interface Draft {
  method?: 'linux' | 'efi';
  kernel?: string;
  words: string[];
  initrds: string[];
  isForeign: boolean;
}

interface Found {
  readonly entry: MenuEntry;
  readonly id: string | undefined;
}

interface State {
  readonly reader: ConfigReader;
  readonly variables: Map<string, string>;
  readonly functions: Map<string, readonly Statement[]>;
  readonly found: Found[];
  stepsLeft: number;
}

/** Where a statement stands: in which file, below which submenus, inside which menuentry, how deep. */
interface Place {
  readonly file: string;
  readonly folder: string;
  readonly titles: readonly string[];
  readonly draft: Draft | undefined;
  readonly stack: readonly string[];
  readonly parameters: readonly string[];
}

export async function readGrubMenu(path: string, reader: ConfigReader): Promise<MenuEntry[]> {
  const state: State = {
    reader,
    variables: new Map([
      ['prefix', `/${folderOf(path)}`],
      ['root', ''],
      ['grub_platform', 'efi'],
      ['grub_cpu', 'x86_64'],
      // Menus fall back to plain text without these, which changes nothing in what they boot.
      ['feature_menuentry_id', 'y'],
      ['feature_default_font_path', 'y'],
    ]),
    functions: new Map(),
    found: [],
    stepsLeft: limits.steps,
  };
  const place: Place = { file: path, folder: folderOf(path), titles: [], draft: undefined, stack: [], parameters: [] };
  await runFile(state, path, place);
  return markDefault(state);
}

async function runFile(state: State, path: string, place: Place): Promise<void> {
  if (place.stack.length >= limits.depth || place.stack.includes(path)) return;
  const text = await state.reader.read(path);
  if (text === undefined) return;
  await run(state, parseGrub(text), { ...place, file: path, folder: folderOf(path), stack: [...place.stack, path] });
}

async function run(state: State, statements: readonly Statement[], place: Place): Promise<void> {
  for (const statement of statements) {
    if (--state.stepsLeft < 0 || state.found.length >= maxMenuEntries) return;
    switch (statement.kind) {
      case 'command':
        await runCommand(state, statement, place);
        break;
      case 'if':
        await runIf(state, statement, place);
        break;
      case 'for':
        for (const value of expandAll(state, statement.values, place.parameters)) {
          if (--state.stepsLeft < 0) return;
          setVariable(state, statement.name, value);
          await run(state, statement.body, place);
        }
        break;
      case 'function':
        if (state.functions.size < limits.variables) state.functions.set(statement.name, statement.body);
        break;
    }
  }
}

async function runIf(state: State, statement: Extract<Statement, { kind: 'if' }>, place: Place): Promise<void> {
  for (const { condition, body } of statement.branches) {
    const words = condition === undefined ? undefined : expandAll(state, condition, place.parameters);
    const holds =
      words === undefined ||
      (await conditionHolds(words, async (path) => await state.reader.exists(imagePath(path, place.folder))));
    if (!holds) continue;
    await run(state, body, place);
    return;
  }
}

async function runCommand(
  state: State,
  statement: Extract<Statement, { kind: 'command' }>,
  place: Place,
): Promise<void> {
  const [command = '', ...words] = expandAll(state, statement.words, place.parameters);
  const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(command === 'set' ? (words[0] ?? '') : command);
  if (assignment !== null) {
    setVariable(state, assignment[1] ?? '', assignment[2] ?? '');
    return;
  }
  switch (command) {
    case 'unset':
      for (const name of words) state.variables.delete(name);
      return;
    case 'menuentry':
      if (statement.block !== undefined) await runMenuEntry(state, words, statement.block, place);
      return;
    case 'submenu':
      if (statement.block !== undefined) await runSubmenu(state, words, statement.block, place);
      return;
    case 'source':
    case '.':
    case 'configfile':
    case 'normal':
      if (words[0] !== undefined) await runFile(state, imagePath(words[0], place.folder), place);
      return;
  }
  if (place.draft !== undefined && takeBootCommand(place.draft, command, words)) return;
  const body = state.functions.get(command);
  if (body === undefined || place.stack.length >= limits.depth) return;
  await run(state, body, { ...place, stack: [...place.stack, `${command}()`], parameters: words });
}

/** What a menuentry's `linux`, `initrd` and `chainloader` lines say. */
function takeBootCommand(draft: Draft, command: string, words: readonly string[]): boolean {
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
      draft.isForeign = true;
      return true;
    default:
      return false;
  }
}

async function runMenuEntry(
  state: State,
  words: readonly string[],
  block: readonly Statement[],
  place: Place,
): Promise<void> {
  const { title, id, parameters } = menuArguments(words);
  const draft: Draft = { words: [], initrds: [], isForeign: false };
  // What an entry sets when it is started must not reach its neighbours.
  const before = new Map(state.variables);
  await run(state, block, { ...place, draft, parameters });
  state.variables.clear();
  for (const [name, value] of before) state.variables.set(name, value);
  if (draft.kernel === undefined || draft.method === undefined || draft.isForeign) return;
  const entry: MenuEntry = {
    loader: 'grub',
    titles: [...place.titles, title],
    method: draft.method,
    kernel: draft.kernel,
    initrds: draft.initrds,
    words: draft.words.filter((word) => word !== ''),
    isDefault: false,
    folder: '',
    file: place.file,
  };
  state.found.push({ entry, id });
}

async function runSubmenu(
  state: State,
  words: readonly string[],
  block: readonly Statement[],
  place: Place,
): Promise<void> {
  if (place.titles.length >= limits.depth) return;
  const { title, parameters } = menuArguments(words);
  await run(state, block, { ...place, titles: [...place.titles, title], parameters });
}

const optionsWithValue = new Set(['--class', '--users', '--hotkey', '--id', '--source']);

function menuArguments(words: readonly string[]): { title: string; id: string | undefined; parameters: string[] } {
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

/** `default` is a number among the top level's entries, an id or a title; `1>0` goes through submenus. */
function markDefault({ found, variables }: State): MenuEntry[] {
  const wanted = variables.get('default') ?? '0';
  const last = wanted.split('>').at(-1) ?? '';
  const named = found.find(({ entry, id }) => id === last || entry.titles.at(-1) === plainTitle(last));
  const numbered = /^\d+$/.test(wanted) ? topLevel(found)[Number(wanted)] : undefined;
  const chosen = numbered ?? named ?? found[0];
  return found.map((one) => ({ ...one.entry, isDefault: one === chosen }));
}

/** The first entry of each submenu stands for the submenu. */
function topLevel(found: readonly Found[]): Found[] {
  return found.filter(
    ({ entry }, index) => entry.titles.length === 1 || entry.titles[0] !== found[index - 1]?.entry.titles[0],
  );
}

function setVariable(state: State, name: string, value: string): void {
  if (state.variables.size >= limits.variables && !state.variables.has(name)) return;
  state.variables.set(name, value.slice(0, limits.variableCharacters));
}

/** Words with their variables filled in; the end of a line that grows beyond all measure is cut off. */
function expandAll(state: State, words: readonly Word[], parameters: readonly string[]): string[] {
  const expanded: string[] = [];
  for (const word of words) {
    if (--state.stepsLeft < 0 || expanded.length >= limits.words) break;
    expanded.push(...expand(state, word, parameters));
  }
  return expanded;
}

/** Like GRUB: an unquoted variable is cut at its spaces, and a word made of nothing but empty ones vanishes. */
function expand(state: State, word: Word, parameters: readonly string[]): string[] {
  const words: string[] = [];
  let current: string | undefined;
  for (const part of word.parts.slice(0, limits.words)) {
    const text = part.kind === 'text' ? part.text : valueOf(state, part.name, parameters);
    if (part.kind === 'text' || part.quoted) {
      current = (current ?? '') + text;
    } else if (text !== '') {
      const [first = '', ...rest] = text.split(/\s+/);
      const last = rest.pop();
      if (last === undefined) current = (current ?? '') + first;
      else {
        words.push((current ?? '') + first, ...rest);
        current = last;
      }
    }
    if (words.length > limits.words || (current?.length ?? 0) > limits.variableCharacters) break;
  }
  return current === undefined ? words : [...words, current];
}

function valueOf(state: State, name: string, parameters: readonly string[]): string {
  if (/^[1-9][0-9]?$/.test(name)) return parameters[Number(name) - 1] ?? '';
  if (name === 'menuentry_id_option') return '--id';
  return state.variables.get(name) ?? '';
}
