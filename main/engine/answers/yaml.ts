import { type Document, type Pair, type Scalar, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { TextProblem } from './placeholder.ts';
import type { Escaper, FilledPlaceholder, Replacement } from './replacement.ts';
import { shellWord } from './shell-word.ts';

/**
 * YAML and JSON, which is written in YAML's flow style. Where a placeholder stands decides how its value is written: inside quotation marks,
 * in a block of text, or by itself, where it gets quotation marks unless it is a number. So the template is parsed with harmless words
 * in place of the placeholders, and each value is written for the scalar that it stands in.
 */

/** Keys below which strings are run by a shell, and lists of words without one. */
const commandKeys = new Set([
  'runcmd',
  'bootcmd',
  'early-commands',
  'late-commands',
  'error-commands',
  'custom_commands',
]);

// The parser's own look for repeated keys compares each with each: a file of 30,000 keys takes it a minute.
const parse = (text: string): Document.Parsed =>
  parseDocument(text, { prettyErrors: false, merge: true, uniqueKeys: false });

/** The station serves machines while it reads: half a second is the longest that they are kept waiting. */
const LONGEST_YAML = 300_000;
const TOO_LONG = `YAML and JSON of more than ${LONGEST_YAML / 1000} kB are not taken.`;

interface Standing {
  /** Offset in the harmless text. */
  readonly at: number;
  readonly word: string;
  readonly placeholder: FilledPlaceholder;
}

/** A word that no text holds, as long as the placeholder, so that every offset stays. */
function standingWords(text: string, placeholders: readonly FilledPlaceholder[]): { words: Standing[]; text: string } {
  let letter = 'Q';
  while (new RegExp(`${letter}x\\d{5}`).test(text)) letter += 'Q';
  let harmless = '';
  let at = 0;
  const words = placeholders.map((placeholder, index) => {
    const length = placeholder.end - placeholder.start;
    const word = `${letter}x${String(index).padStart(5, '0')}`.padEnd(length, 'x');
    harmless += text.slice(at, placeholder.start);
    const standing = { at: harmless.length, word, placeholder };
    harmless += word;
    at = placeholder.end;
    return standing;
  });
  return { words, text: harmless + text.slice(at) };
}

export const escapeYaml: Escaper = (text, placeholders) => {
  if (text.length > LONGEST_YAML) return { replacements: [], problems: [{ offset: 0, message: TOO_LONG }] };
  // Shorter placeholders than their words would move what is behind them: they are made longer first.
  const standing = standingWords(text, placeholders);
  const moved = offsetsOf(standing.words);
  // JSON is often indented with tabs, at which YAML stops.
  const harmless = standing.text.replace(/^[ \t]+/gm, (indent) => indent.replaceAll('\t', ' '));
  const replacements: Replacement[] = [];
  const problems: TextProblem[] = [];
  const open = new Set(standing.words);
  const document = parse(harmless);
  // What is wrong with the template itself is told by the check of the rendered text.
  visit(document, {
    Scalar(_key, node, path) {
      const { range } = node;
      if (range === undefined || range === null) return;
      const inside = standingIn(standing.words, range[0], range[1]).filter((one) => open.has(one));
      if (inside.length === 0) return;
      const source = harmless.slice(range[0], range[1]);
      for (const one of inside) open.delete(one);
      const written = writeScalar({ node, source, offset: range[0], inside, isCommand: isCommand(node, path) });
      if ('problem' in written) problems.push({ offset: inside[0]?.placeholder.start ?? 0, message: written.problem });
      else replacements.push(...written.replacements.map((one) => ({ ...one, ...moved(one.start, one.end) })));
    },
  });
  for (const { placeholder } of open) {
    const { start, end, value } = placeholder;
    if (/\p{Cc}/u.test(value)) problems.push({ offset: start, message: 'No line break can stand in a comment.' });
    else replacements.push({ start, end, text: value });
  }
  return { replacements, problems };
};

/** Those within a range of the harmless text. They are in order, and few of very many scalars have any. */
function standingIn(words: readonly Standing[], start: number, end: number): Standing[] {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.at ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Standing[] = [];
  for (let word = words[low]; word !== undefined && word.at < end; word = words[++low]) found.push(word);
  return found;
}

/** Words are longer than very short placeholders: offsets of the harmless text back to those of the template. */
function offsetsOf(words: readonly Standing[]): (start: number, end: number) => { start: number; end: number } {
  const back = (offset: number): number => {
    let shift = 0;
    for (const { word, placeholder } of words) {
      const harmlessStart = placeholder.start + shift;
      if (offset <= harmlessStart) break;
      shift += word.length - (placeholder.end - placeholder.start);
    }
    return offset - shift;
  };
  return (start, end) => ({ start: back(start), end: back(end) });
}

interface ScalarWithWords {
  readonly node: Scalar;
  readonly source: string;
  readonly offset: number;
  readonly inside: readonly Standing[];
  readonly isCommand: boolean;
}

type Written = { readonly replacements: Replacement[] } | { readonly problem: string };

function writeScalar({ node, source, offset, inside, isCommand }: ScalarWithWords): Written {
  const kind = node.type ?? 'PLAIN';
  const [only] = inside;
  if (kind === 'PLAIN' && only !== undefined && source === only.word && !isCommand) {
    const { value, bare } = only.placeholder;
    return whole(offset, source, bare ? value : JSON.stringify(value));
  }
  // The meaning of the scalar, with each value in its place; written anew only where it cannot be put into the source.
  const meaning = typeof node.value === 'string' ? node.value : source;
  const values: { word: string; value: string }[] = [];
  for (const { word, placeholder } of inside) {
    const before = meaning.slice(0, meaning.indexOf(word));
    const written = isCommand
      ? shellWord(before.slice(before.lastIndexOf('\n') + 1), placeholder.value)
      : { text: placeholder.value };
    if ('problem' in written) return written;
    values.push({ word, value: written.text });
  }
  if (kind === 'BLOCK_LITERAL' || kind === 'BLOCK_FOLDED') {
    if (values.some(({ value }) => /\p{Cc}/u.test(value))) return { problem: 'No line break can stand here.' };
    return inPlace(source, offset, values, (value) => value);
  }
  if (kind === 'QUOTE_DOUBLE') return inPlace(source, offset, values, (value) => JSON.stringify(value).slice(1, -1));
  if (kind === 'QUOTE_SINGLE' && values.every(({ value }) => !/\p{Cc}/u.test(value))) {
    return inPlace(source, offset, values, (value) => value.replaceAll("'", "''"));
  }
  if (kind === 'PLAIN' && values.every(({ value }) => /^[\w./-]+$/.test(value))) {
    return inPlace(source, offset, values, (value) => value);
  }
  const full = values.reduce((text, { word, value }) => text.replace(word, () => value), meaning);
  return whole(offset, source, JSON.stringify(full));
}

/** The line breaks that the source had stay behind it, so that every other line keeps its number. */
const whole = (offset: number, source: string, text: string): Written => ({
  replacements: [
    { start: offset, end: offset + source.length, text: text + '\n'.repeat(source.split('\n').length - 1) },
  ],
});

function inPlace(
  source: string,
  offset: number,
  values: readonly { word: string; value: string }[],
  write: (value: string) => string,
): Written {
  return {
    replacements: values.map(({ word, value }) => {
      const start = offset + source.indexOf(word);
      return { start, end: start + word.length, text: write(value) };
    }),
  };
}

type Ancestors = readonly (Document | Node | Pair)[];
type Node = Document['contents'];

/** Whether a scalar is shell text: a string of a list of commands, or what a command of words hands to `sh -c`. */
function isCommand(node: Scalar, path: Ancestors): boolean {
  const pair = path.findLastIndex((one) => one !== null && 'key' in one && 'value' in one);
  const key = pair === -1 ? undefined : (path[pair] as Pair).key;
  if (!isScalar(key) || !commandKeys.has(String(key.value))) return false;
  const lists = path.slice(pair + 1).filter((one) => isSeq(one));
  if (lists.length < 2) return lists.length === 1;
  const words = lists.at(-1);
  if (!isSeq(words)) return false;
  const before = words.items[words.items.indexOf(node) - 1];
  return isScalar(before) && before.value === '-c';
}

/** One document, as the parser of every consumer reads it, with no aliases to blow it up. */
export function readYaml(text: string): {
  value: unknown;
  problems: TextProblem[];
  keyOffset: (key: string) => number;
} {
  if (text.length > 2 * LONGEST_YAML) {
    return { value: undefined, problems: [{ offset: 0, message: TOO_LONG }], keyOffset: () => 0 };
  }
  const document = parse(text);
  const problems: TextProblem[] = document.errors
    .slice(0, 20)
    .map(({ pos, message }) => ({ offset: pos[0], message: sentence(message) }));
  if (problems.length === 0) problems.push(...repeatedKeys(document));
  const keyOffset = (key: string): number => {
    const { contents } = document;
    const pair = isMap(contents)
      ? contents.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
  };
  if (problems.length > 0) return { value: undefined, problems, keyOffset };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problems, keyOffset };
  } catch (error) {
    return { value: undefined, problems: [{ offset: 0, message: sentence((error as Error).message) }], keyOffset };
  }
}

function repeatedKeys(document: Document.Parsed): TextProblem[] {
  const problems: TextProblem[] = [];
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) {
          problems.push({ offset: key.range?.[0] ?? 0, message: `The key ${String(key.value)} is there twice.` });
        }
        seen.add(key.value);
      }
    },
  });
  return problems.slice(0, 20);
}

const sentence = (words: string): string => {
  if (words.includes('call stack')) return 'It is nested too deeply.';
  const line = words.split('\n', 1)[0] ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
};
