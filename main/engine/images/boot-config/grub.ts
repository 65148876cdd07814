import type { ConfigReader } from './config-reader.ts';
import { folderOf, imagePath } from './config-path.ts';
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
  const run = new GrubRun(reader, `/${folderOf(path)}`);
  await run.file(path, place);
  return withDefault(run.found, run.variables.get('default') ?? '0');
}

class GrubRun {
  readonly found: FoundEntry[] = [];
  readonly variables: GrubVariables;
  readonly #reader: ConfigReader;
  readonly #functions = new Map<string, readonly Statement[]>();
  /** A file that is included again and again is taken apart once. */
  readonly #parsed = new Map<string, readonly Statement[]>();
  #stepsLeft: number = limits.steps;

  constructor(reader: ConfigReader, prefix: string) {
    this.#reader = reader;
    // The features that menus ask after; without them they only look plainer.
    const features = { feature_menuentry_id: 'y', feature_default_font_path: 'y' };
    this.variables = new GrubVariables({ prefix, root: '', grub_platform: 'efi', grub_cpu: 'x86_64', ...features });
  }

  async file(path: string, place: Place): Promise<void> {
    if (place.stack.length >= limits.depth || place.stack.includes(path)) return;
    const statements = await this.#statementsOf(path);
    await this.#all(statements, { ...place, file: path, folder: folderOf(path), stack: [...place.stack, path] });
  }

  async #statementsOf(path: string): Promise<readonly Statement[]> {
    const known = this.#parsed.get(path);
    if (known !== undefined) return known;
    const text = await this.#reader.read(path);
    const statements = text === undefined ? [] : parseGrub(text);
    this.#parsed.set(path, statements);
    return statements;
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
    const fileExists = async (path: string): Promise<boolean> =>
      await this.#reader.exists(imagePath(path, place.folder));
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
        await this.#menuEntry(words, block, place);
        return;
      case 'submenu':
        await this.#submenu(words, block, place);
        return;
      case 'source':
      case '.':
      case 'configfile':
      case 'normal':
        if (words[0] !== undefined) await this.file(imagePath(words[0], place.folder), place);
        return;
    }
    if (place.draft !== undefined && takeBootCommand(place.draft, command, words)) return;
    await this.#call(command, words, place);
  }

  async #call(name: string, words: readonly string[], place: Place): Promise<void> {
    const body = this.#functions.get(name);
    if (body === undefined || place.stack.length >= limits.depth) return;
    await this.#all(body, { ...place, stack: [...place.stack, `${name}()`], parameters: words });
  }

  async #menuEntry(words: readonly string[], block: readonly Statement[], place: Place): Promise<void> {
    const { title, id, parameters } = menuArguments(words);
    const draft = emptyDraft();
    // What an entry sets when it is started must not reach its neighbours.
    await this.variables.scoped(async () => await this.#all(block, { ...place, draft, parameters }));
    const entry = entryOfDraft(draft, [...place.titles, title], place.file);
    if (entry !== undefined) this.found.push({ entry, id });
  }

  async #submenu(words: readonly string[], block: readonly Statement[], place: Place): Promise<void> {
    if (place.titles.length >= limits.depth) return;
    const { title, parameters } = menuArguments(words);
    await this.#all(block, { ...place, titles: [...place.titles, title], parameters });
  }
}
