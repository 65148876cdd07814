import type { TextProblem } from './placeholder.ts';
import { type Escaped, type Escaper, eachPlaceholder } from './replacement.ts';
import { lineBefore, shellWord } from './shell-word.ts';

/**
 * Kickstart: commands, which Python's shlex splits, and sections from `%name` to `%end`: scripts for a shell (or another
 * interpreter), and lists of packages.
 */

const scripts = ['pre', 'pre-install', 'post', 'onerror', 'traceback'];
const sections = [...scripts, 'packages', 'addon', 'anaconda', 'certificate'];

interface Section {
  readonly name: string;
  readonly header: string;
  readonly offset: number;
}

interface Line {
  readonly offset: number;
  readonly text: string;
  /** The section that it stands in; undefined for a command, and for the lines that open and close sections. */
  readonly section: Section | undefined;
  readonly marker?: 'open' | 'close' | undefined;
}

function linesOf(text: string): { lines: Line[]; unclosed: Section | undefined } {
  const lines: Line[] = [];
  let section: Section | undefined;
  let offset = 0;
  for (const line of text.split('\n')) {
    const word = /^%([a-z-]+)/.exec(line)?.[1];
    if (word === 'end') {
      lines.push({ offset, text: line, section, marker: 'close' });
      section = undefined;
    } else if (word !== undefined && word !== 'include' && word !== 'ksappend' && section === undefined) {
      section = { name: word, header: line, offset };
      lines.push({ offset, text: line, section, marker: 'open' });
    } else {
      lines.push({ offset, text: line, section });
    }
    offset += line.length + 1;
  }
  return { lines, unclosed: section };
}

export const escapeKickstart: Escaper = eachPlaceholder((text) => {
  const { lines } = linesOf(text);
  return ({ start, value }) =>
    escapeInLine(
      lineBefore(text, start),
      lines.findLast(({ offset }) => offset <= start),
      value,
    );
});

function escapeInLine(before: string, line: Line | undefined, value: string): Escaped {
  const { section } = line ?? {};
  if (section === undefined || line?.marker !== undefined) return shellWord(before, value, 'shlex');
  const interpreter = /--interpreter[= ]\s*(\S+)/.exec(section.header)?.[1] ?? '/bin/sh';
  if (scripts.includes(section.name) && interpreter.endsWith('sh')) return shellWord(before, value);
  return /^[\w@%+=:,./-]+$/.test(value)
    ? { text: value }
    : {
        problem: `“${value}” cannot be made safe for %${section.name}${interpreter.endsWith('sh') ? '' : ` run by ${interpreter}`}.`,
      };
}

const wanted: readonly { readonly command: readonly string[]; readonly words: string }[] = [
  { command: ['autopart', 'part', 'partition', 'logvol', 'ostreesetup'], words: 'how to divide the disk' },
  { command: ['rootpw', 'user', 'sshkey'], words: 'the password of root, or a user' },
  { command: ['timezone'], words: 'the time zone' },
  { command: ['lang'], words: 'the language' },
  { command: ['keyboard'], words: 'the keyboard' },
];

export function checkKickstart(text: string): TextProblem[] {
  const { lines, unclosed } = linesOf(text);
  const problems: TextProblem[] = [];
  const commands = new Set<string>();
  for (const { offset, text: line, section, marker } of lines) {
    if (marker === 'open' && section !== undefined && !sections.includes(section.name)) {
      problems.push({ offset, message: `Kickstart has no section %${section.name.slice(0, 40)}.` });
    } else if (marker === 'close' && section === undefined) {
      problems.push({ offset, message: '%end closes a section that was never opened.' });
    } else if (section === undefined && marker === undefined && !/^\s*(#|$)/.test(line)) {
      commands.add(/^\s*(\S+)/.exec(line)?.[1] ?? '');
      if (hasOpenQuote(line)) problems.push({ offset, message: 'A quotation mark is opened and not closed.' });
    }
  }
  if (unclosed !== undefined) problems.push({ offset: unclosed.offset, message: `%${unclosed.name} has no %end.` });
  const isEmpty = lines.every(({ text: line }) => /^\s*(#|$)/.test(line));
  if (isEmpty) problems.push({ offset: 0, message: 'It holds no command.' });
  const isWhole = ![...commands].some((command) => command === '%include' || command === '%ksappend');
  for (const { command, words } of isWhole && problems.length === 0 ? wanted : []) {
    if (command.some((one) => commands.has(one))) continue;
    problems.push({ offset: 0, severity: 'warning', message: `The installer will ask for ${words}.` });
  }
  return problems;
}

/** As shlex sees it. */
function hasOpenQuote(line: string): boolean {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '\\' && quote !== "'") at++;
    else if (quote === '' && character === '#') return false;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return quote !== '';
}
