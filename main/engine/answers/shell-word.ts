import type { Escaped } from './replacement.ts';

/** Values inside shell text, so that a value stays one word (or a part of one) whatever it holds. */

type Quote = 'none' | 'single' | 'double' | 'comment';

/**
 * Which quotation marks are open at the end of a piece of shell text. Pure. Goes by the one line: quotation marks that are open over
 * several lines cannot be told from an apostrophe in a here-document.
 */
function openQuote(line: string): Quote {
  let quote: Quote = 'none';
  let isWordStart = true;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (quote === 'single') {
      if (character === "'") quote = 'none';
      continue;
    }
    if (character === '\\') {
      at++;
    } else if (quote === 'double') {
      if (character === '"') quote = 'none';
    } else if (character === "'") {
      quote = 'single';
    } else if (character === '"') {
      quote = 'double';
    } else if (character === '#' && isWordStart) {
      return 'comment';
    }
    isWordStart = quote === 'none' && /[\s;&|(]/.test(character);
  }
  return quote;
}

/** `shlex`: Python's, which reads kickstart commands: between double quotes it knows no `$` and no backquote. */
export type ShellDialect = 'sh' | 'shlex';

/** The value for the place behind `before`, the text of its line up to there. */
export function shellWord(before: string, value: string, dialect: ShellDialect = 'sh'): Escaped {
  if (/\p{Cc}/u.test(value)) return { problem: 'The value has a line break or a control character in it.' };
  switch (openQuote(before)) {
    case 'single':
      return { text: value.replaceAll("'", `'\\''`) };
    case 'double':
      return { text: value.replace(dialect === 'sh' ? /[\\"$`]/g : /[\\"]/g, '\\$&') };
    case 'comment':
      return { text: value };
    default:
      return { text: /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'` };
  }
}

/** The text of a line up to an offset. */
export const lineBefore = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
