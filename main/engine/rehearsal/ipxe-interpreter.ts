import { type Failure, type Heard, pause, type Talk } from './machine-talk.ts';

/**
 * Runs iPXE scripts as far as the station's own use the language: what a real machine would be told to do, the rehearsed one does,
 * so that a defect in a generated script shows. Pure.
 */

export type ScriptEnd =
  /** The kernel's own words, without its URL. */
  | { readonly kind: 'boot'; readonly commandLine: readonly string[] }
  /** It goes on with the machine's boot order. */
  | { readonly kind: 'exit' }
  | { readonly kind: 'power-lost' }
  | Failure;

export type FetchedAs = 'script' | 'kernel' | 'initrd';

export interface ScriptSurroundings {
  /** Settings by their names: `uuid`, `netX/ip`. */
  readonly settings: ReadonlyMap<string, string>;
  readonly fetch: (as: FetchedAs, url: string) => Talk<Heard | Failure | { readonly kind: 'power-lost' }>;
  /** `ifconf`: true where the network is up then. */
  readonly configureNetwork: () => Talk<boolean>;
}

/** A machine that is sent from script to script for ever is as good as one that stands still. */
const MOST_SCRIPTS = 200;
const MOST_LINES = 2_000;

/** Runs the script, and those it chains to; `url` is where it came from. */
export function* runScript(text: string, url: string, surroundings: ScriptSurroundings): Talk<ScriptEnd> {
  const run = new ScriptRun(surroundings);
  let next: { text: string; url: string } | ScriptEnd = { text, url };
  for (let count = 0; count < MOST_SCRIPTS; count++) {
    next = yield* run.script(next.text, next.url);
    if (!('text' in next)) return next;
  }
  return { kind: 'failed', reason: 'its scripts led from one to the next without end' };
}

type Step =
  | { readonly kind: 'status'; readonly ok: boolean }
  | { readonly kind: 'goto'; readonly label: string }
  | { readonly kind: 'script'; readonly text: string; readonly url: string }
  | { readonly kind: 'end'; readonly end: ScriptEnd };

const succeeded: Step = { kind: 'status', ok: true };
const failed: Step = { kind: 'status', ok: false };

class ScriptRun {
  readonly #surroundings: ScriptSurroundings;
  readonly #settings: Map<string, string>;
  #kernel: readonly string[] | undefined;
  #url = '';

  constructor(surroundings: ScriptSurroundings) {
    this.#surroundings = surroundings;
    this.#settings = new Map(surroundings.settings);
  }

  *script(text: string, url: string): Talk<{ text: string; url: string } | ScriptEnd> {
    this.#url = url;
    const lines = text.split('\n');
    if (lines[0]?.startsWith('#!ipxe') !== true) return { kind: 'failed', reason: `${url} is no iPXE script` };
    let at = 0;
    for (let count = 0; count < MOST_LINES; count++) {
      const line = lines[at++];
      if (line === undefined) return { kind: 'exit' };
      const step = yield* this.#line(line);
      if (step.kind === 'script') return step;
      if (step.kind === 'end') return step.end;
      if (step.kind === 'goto') {
        at = lines.findIndex((candidate) => candidate.trim() === `:${step.label}`);
        if (at < 0) return { kind: 'failed', reason: `${url} has no label ${step.label}` };
      } else if (!step.ok) {
        return { kind: 'failed', reason: `${url} stopped at "${line.slice(0, 120)}"` };
      }
    }
    return { kind: 'failed', reason: `${url} runs in circles` };
  }

  /** `a && b || c`, from left to right: what is passed over leaves the status as it was. */
  *#line(line: string): Talk<Step> {
    let step = succeeded;
    let isRun = true;
    for (const { words, operator } of commandsOf(this.#expand(line))) {
      if (isRun) step = yield* this.#command(words);
      if (step.kind !== 'status') return step;
      isRun = operator === ';' || (operator === '&&') === step.ok;
    }
    return step;
  }

  *#command([command = '', ...words]: readonly string[]): Talk<Step> {
    const { fetch, configureNetwork } = this.#surroundings;
    const operands = words.filter((word, index) => !/^-(-|n$)/.test(word) && words[index - 1] !== '-n');
    switch (command) {
      case '':
      case 'echo':
        return succeeded;
      case 'imgfree':
        this.#kernel = undefined;
        return succeeded;
      case 'set':
        this.#settings.set(withoutType(words[0] ?? ''), words.slice(1).join(' '));
        return succeeded;
      case 'isset':
        return (words[0] ?? '') === '' ? failed : succeeded;
      case 'iseq':
        return words[0] === words[1] ? succeeded : failed;
      case 'goto':
        return { kind: 'goto', label: words[0] ?? '' };
      case 'sleep':
        yield* pause(Number(operands[0] ?? 0) * 1_000);
        return succeeded;
      case 'ifconf':
      case 'dhcp':
        return (yield* configureNetwork()) ? succeeded : failed;
      case 'kernel':
      case 'initrd':
      case 'module':
      case 'chain':
        return yield* this.#fetch(command, operands[0] ?? '', words.slice(words.indexOf(operands[0] ?? '') + 1), fetch);
      case 'boot':
        return this.#kernel === undefined ? failed : { kind: 'end', end: { kind: 'boot', commandLine: this.#kernel } };
      case 'exit':
      case 'sanboot':
        return { kind: 'end', end: { kind: 'exit' } };
      default:
        return failed;
    }
  }

  *#fetch(
    command: 'kernel' | 'initrd' | 'module' | 'chain',
    uri: string,
    commandLine: readonly string[],
    fetch: ScriptSurroundings['fetch'],
  ): Talk<Step> {
    if (!URL.canParse(uri, this.#url)) return failed;
    const url = new URL(uri, this.#url).href;
    const as: Readonly<Record<string, FetchedAs>> = { chain: 'script', kernel: 'kernel' };
    const heard = yield* fetch(as[command] ?? 'initrd', url);
    if (heard.kind === 'power-lost') return { kind: 'end', end: heard };
    if (heard.kind !== 'file') {
      this.#settings.set('errno', heard.kind === 'dhcp' ? '' : heard.reason.replace(/\W+/g, '-'));
      return failed;
    }
    if (command === 'chain') return { kind: 'script', text: heard.text ?? '', url };
    if (command === 'kernel') this.#kernel = commandLine;
    return succeeded;
  }

  #expand(line: string): string {
    return line.replace(/\$\{([^{}:]*)(?::([^{}]*))?\}/g, (_whole, name: string, type: string | undefined) => {
      const value = this.#settings.get(name) ?? '';
      if (type === 'uristring') return encodeURIComponent(value);
      return type === 'hexhyp' ? value.replaceAll(':', '-') : value;
    });
  }
}

const withoutType = (name: string): string => name.replace(/:.*$/, '');

interface Command {
  readonly words: readonly string[];
  /** What stands behind it. */
  readonly operator: '&&' | '||' | ';';
}

/** A label is no command, and a word that begins with `#` begins a comment. */
function commandsOf(line: string): Command[] {
  const all = line.split(/\s+/).filter((word) => word !== '');
  const comment = all.findIndex((word) => word.startsWith('#'));
  const words = comment < 0 ? all : all.slice(0, comment);
  if (words[0]?.startsWith(':') === true) return [];
  const commands: Command[] = [];
  let current: string[] = [];
  for (const word of words) {
    if (word === '&&' || word === '||' || word === ';') {
      commands.push({ words: current, operator: word });
      current = [];
    } else current.push(word);
  }
  return [...commands, { words: current, operator: ';' }];
}
