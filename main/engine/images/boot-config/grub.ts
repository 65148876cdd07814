import type { ConfigReader } from './config-reader.ts';
import { folderOf } from './config-path.ts';
import { conditionHolds } from './grub-condition.ts';
import {
  type Draft,
  emptyDraft,
  entryOfDraft,
  type FoundEntry,
  menuArguments,
  takeBootCommand,
  withDefault,
} from './grub-menuentry.ts';
import { GrubPlaces } from './grub-places.ts';
import { parseSearch } from './grub-search.ts';
import { parseGrub, type Statement } from './grub-syntax.ts';
import { GrubVariables } from './grub-variables.ts';
import type { Word } from './grub-words.ts';
import { maxMenuEntries, type MenuEntry } from './menu-entry.ts';

/**
 * Runs a GRUB configuration as far as it decides which entries the menu has: variables, conditions, functions, included files. Loops
 * over conditions do not run. Bounded in steps (each word of a line is one), files and nesting.
 */

const limits = { steps: 200_000, depth: 16, functions: 200 } as const;

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Where a statement stands: in which file, below which submenus, inside which menuentry, how deep. */
interface Place {
  readonly file: string;
  readonly folder: string;
  readonly titles: readonly string[];
  readonly draft: Draft | undefined;
  /** Files and functions that led here; none leads to itself. */
  readonly stack: readonly string[];
  readonly parameters: readonly string[];
}

export async function readGrubMenu(path: string, reader: ConfigReader): Promise<MenuEntry[]> {
  const place: Place = { file: path, folder: folderOf(path), titles: [], draft: undefined, stack: [], parameters: [] };
  const run = new GrubRun(reader, path);
  await run.file(path, place);
  return withDefault(run.found, run.variables.get('default') ?? '0');
}

class GrubRun {
  readonly found: FoundEntry[] = [];
  readonly variables: GrubVariables;
  readonly #reader: ConfigReader;
  readonly #places: GrubPlaces;
  readonly #functions = new Map<string, readonly Statement[]>();
  /** A file that is included again and again is taken apart once. */
  readonly #parsed = new Map<string, readonly Statement[]>();
  #stepsLeft: number = limits.steps;

  constructor(reader: ConfigReader, path: string) {
    this.#reader = reader;
    this.#places = new GrubPlaces(reader.mounts.map(({ folder }) => folder));
    const [prefix, root] = [this.#places.prefixOf(path), this.#places.deviceOf(path)];
    // The features that menus ask after; without them they only look plainer.
    const features = { feature_menuentry_id: 'y', feature_default_font_path: 'y' };
    this.variables = new GrubVariables({
      prefix,
      root,
      cmdpath: prefix,
      grub_platform: 'efi',
      grub_cpu: 'x86_64',
      ...features,
    });
  }

  async file(path: string, place: Place): Promise<void> {
    const statements = await this.#statementsOf(path);
    await this.#all(statements ?? [], { ...place, file: path, folder: folderOf(path), stack: [...place.stack, path] });
  }

  async #include(command: string, written: string, line: number, place: Place): Promise<void> {
    // The configuration of a system on a disk of the machine, and a way back to the menu, are nobody's mistake.
    if (/^\((hd|fd|md|lvm)/.test(written)) return;
    const isChosen = command !== 'source' && command !== '.' && (place.draft !== undefined || place.titles.length > 0);
    const path = this.#resolve(written, place);
    if (place.stack.includes(path)) {
      if (!isChosen) this.#reader.report(place.file, line, `includes ${path}, which is being read already`);
    } else if (place.stack.length >= limits.depth) {
      this.#reader.report(place.file, line, `includes ${path}, the ${limits.depth + 1}th file in a row`);
    } else if ((await this.#statementsOf(path)) === undefined) {
      this.#reader.report(place.file, line, `includes ${path}, which cannot be read`);
    } else await this.file(path, place);
  }

  /** Undefined where there is no such file, or none that can be read. */
  async #statementsOf(path: string): Promise<readonly Statement[] | undefined> {
    const known = this.#parsed.get(path);
    if (known !== undefined) return known;
    const text = await this.#reader.read(path);
    if (text === undefined) return undefined;
    const { statements, problems } = parseGrub(text);
    for (const problem of problems) this.#reader.report(path, problem.line, problem.text);
    this.#parsed.set(path, statements);
    return statements;
  }

  #resolve(written: string, place: Place): string {
    return this.#places.resolve(written, place.folder, this.variables.get('root'));
  }

  async #all(statements: readonly Statement[], place: Place): Promise<void> {
    for (const statement of statements) {
      if (!this.#step() || this.found.length >= maxMenuEntries) return;
      if (statement.kind === 'command') await this.#command(statement, place);
      else if (statement.kind === 'if') await this.#if(statement, place);
      else if (statement.kind === 'for') await this.#for(statement, place);
      else if (this.#functions.size < limits.functions) this.#functions.set(statement.name, statement.body);
    }
  }

  /** False when the configuration has run long enough. */
  #step(count = 1): boolean {
    this.#stepsLeft -= count;
    return this.#stepsLeft >= 0;
  }

  #expand(words: readonly Word[], place: Place): string[] {
    return this.#step(words.length) ? this.variables.expandAll(words, place.parameters) : [];
  }

  async #if({ branches }: Of<'if'>, place: Place): Promise<void> {
    const fileExists = async (path: string): Promise<boolean> => await this.#reader.exists(this.#resolve(path, place));
    for (const { condition, body } of branches) {
      const holds = condition === undefined || (await conditionHolds(this.#expand(condition, place), fileExists));
      if (!holds) continue;
      await this.#all(body, place);
      return;
    }
  }

  async #for({ name, values, body }: Of<'for'>, place: Place): Promise<void> {
    for (const value of this.#expand(values, place)) {
      if (!this.#step()) return;
      this.variables.set(name, value);
      await this.#all(body, place);
    }
  }

  async #command(statement: Of<'command'>, place: Place): Promise<void> {
    const [command = '', ...words] = this.#expand(statement.words, place);
    const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(command === 'set' ? (words[0] ?? '') : command);
    if (assignment !== null) {
      this.variables.set(assignment[1] ?? '', assignment[2] ?? '');
      return;
    }
    const { block = [] } = statement;
    switch (command) {
      case 'unset':
        for (const name of words) this.variables.unset(name);
        return;
      case 'menuentry':
        await this.#menuEntry(words, statement.line, block, place);
        return;
      case 'submenu':
        await this.#submenu(words, block, place);
        return;
      case 'source':
      case '.':
      case 'configfile':
      case 'normal':
        if (words[0] !== undefined) await this.#include(command, words[0], statement.line, place);
        return;
      case 'search':
      case 'search.file':
      case 'search.fs_label':
      case 'search.fs_uuid':
        await this.#search(command, words, statement.line, place);
        return;
    }
    if (place.draft !== undefined && takeBootCommand(place.draft, command, this.#located(command, words, place)))
      return;
    await this.#call(command, words, place);
  }

  /** Files that a command names, on the device of the moment; the other words are those of a command line. */
  #located(command: string, words: readonly string[], place: Place): readonly string[] {
    if (!/^(linux|initrd|chainloader)/.test(command)) return words;
    const isFile = (index: number): boolean => command.startsWith('initrd') || index === 0;
    const root = this.variables.get('root');
    return words.map((word, index) => (isFile(index) ? this.#places.named(word, place.folder, root) : word));
  }

  /** Sets the variable to where the file or label is: a file system inside the image, or else the image. */
  async #search(command: string, words: readonly string[], line: number, place: Place): Promise<void> {
    const byName = { 'search.file': '--file', 'search.fs_label': '--label', 'search.fs_uuid': '--fs-uuid' }[command];
    // The old forms name the variable behind what they look for.
    const [sought = '', variable = 'root'] = words;
    const search = parseSearch(byName === undefined ? words : [byName, sought, `--set=${variable}`]);
    if (search === undefined) return;
    const { mounts, volumeLabel } = this.#reader;
    const isLabel = (label: string): boolean => label.toLowerCase() === search.wanted.toLowerCase();
    let device: string | undefined = '';
    if (search.kind === 'file' && !(await this.#reader.exists(this.#places.resolve(search.wanted, '', '')))) {
      for (const { folder } of mounts) if (await this.#reader.exists(`${folder}/${search.wanted}`)) device = folder;
    }
    if (search.kind === 'label' && !isLabel(volumeLabel)) {
      device = mounts.find(({ fs }) => isLabel(fs.volumeLabel))?.folder;
      if (device === undefined) {
        const text = `looks for a disc with the label ${search.wanted}, and this one has ${volumeLabel || 'none'}`;
        this.#reader.report(place.file, line, text);
      }
    }
    this.variables.set(search.variable, device ?? '');
  }

  async #call(name: string, words: readonly string[], place: Place): Promise<void> {
    const body = this.#functions.get(name);
    if (body === undefined || place.stack.length >= limits.depth) return;
    await this.#all(body, { ...place, stack: [...place.stack, `${name}()`], parameters: words });
  }

  async #menuEntry(words: readonly string[], line: number, block: readonly Statement[], place: Place): Promise<void> {
    const { title, id, parameters } = menuArguments(words);
    const draft = emptyDraft();
    // What an entry sets when it is started must not reach its neighbours.
    await this.variables.scoped(async () => await this.#all(block, { ...place, draft, parameters }));
    const entry = entryOfDraft(draft, [...place.titles, title], place.file);
    if (entry !== undefined) this.found.push({ entry, id });
    else if (draft.foreign !== undefined && draft.foreign !== 'chainloader') {
      const text = `"${title}" starts its system by "${draft.foreign}", so it is left out`;
      this.#reader.report(place.file, line, text, 'left-out');
    }
  }

  async #submenu(words: readonly string[], block: readonly Statement[], place: Place): Promise<void> {
    if (place.titles.length >= limits.depth) return;
    const { title, parameters } = menuArguments(words);
    await this.#all(block, { ...place, titles: [...place.titles, title], parameters });
  }
}
