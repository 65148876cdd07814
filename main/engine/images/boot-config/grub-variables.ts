import type { Word } from './grub-words.ts';

const limits = { valueCharacters: 4096, variables: 200, words: 2000 } as const;

/** The variables of a running GRUB configuration, and words with variables filled in. Bounded in number and length. */
export class GrubVariables {
  #values: Map<string, string>;

  constructor(initial: Readonly<Record<string, string>>) {
    this.#values = new Map(Object.entries(initial));
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: string): void {
    if (this.#values.size >= limits.variables && !this.#values.has(name)) return;
    this.#values.set(name, value.slice(0, limits.valueCharacters));
  }

  unset(name: string): void {
    this.#values.delete(name);
  }

  /** What `run` sets is forgotten after it. */
  async scoped(run: () => Promise<void>): Promise<void> {
    const before = new Map(this.#values);
    await run();
    this.#values = before;
  }

  /** The words of a line with their variables filled in; the end of one that grows beyond all measure is cut off. */
  expandAll(words: readonly Word[], parameters: readonly string[]): string[] {
    const expanded: string[] = [];
    for (const word of words) {
      if (expanded.length >= limits.words) break;
      expanded.push(...this.#expand(word, parameters));
    }
    return expanded;
  }

  /** Like GRUB: an unquoted variable is cut at its spaces, and a word made of nothing but empty ones vanishes. */
  #expand(word: Word, parameters: readonly string[]): string[] {
    const words: string[] = [];
    let current: string | undefined;
    for (const part of word.parts.slice(0, limits.words)) {
      const text = part.kind === 'text' ? part.text : this.#valueOf(part.name, parameters);
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
      if (words.length > limits.words || (current?.length ?? 0) > limits.valueCharacters) break;
    }
    return current === undefined ? words : [...words, current];
  }

  #valueOf(name: string, parameters: readonly string[]): string {
    if (/^[1-9][0-9]?$/.test(name)) return parameters[Number(name) - 1] ?? '';
    // Menus write it in front of an entry's id where the running GRUB knows that option.
    if (name === 'menuentry_id_option') return '--id';
    return this.#values.get(name) ?? '';
  }
}
