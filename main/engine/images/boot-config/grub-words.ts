/**
 * GRUB script cut into words (GRUB manual, "Writing full configuration files"). Pure. A word keeps its parts, because
 * variables are only known when the line runs.
 */

export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean };

export interface Word {
  readonly kind: 'word';
  readonly parts: readonly WordPart[];
  /** False for `if` and `{` in quotes, which are plain text there. */
  readonly bare: boolean;
  /** Where it starts, from 1 on. */
  readonly line: number;
}

/** `end` is a line end or `;`. */
export type Token = Word | { readonly kind: 'end' } | { readonly kind: 'open' } | { readonly kind: 'close' };

const maxTokens = 200_000;
const variableName = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[?@#*])/;

export function grubTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let counted = 0;
  while (at < text.length && tokens.length < maxTokens) {
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    const character = text[at] ?? '';
    if (character === '\n' || character === ';' || character === '|' || character === '&') {
      tokens.push({ kind: 'end' });
      at++;
    } else if (/\s/.test(character)) at++;
    else if (text.startsWith('\\\n', at)) at += 2;
    else if (text.startsWith('\\\r\n', at)) at += 3;
    else if (character === '#') at = lineEnd(text, at);
    else {
      const { word, next } = readWord(text, at, line);
      tokens.push(braceOf(word) ?? word);
      at = next;
    }
  }
  return tokens;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function braceOf(word: Word): Token | undefined {
  const text = bareText(word);
  if (text === '{') return { kind: 'open' };
  return text === '}' ? { kind: 'close' } : undefined;
}

/** The text of a word without quotes and variables: what may be a keyword. */
export function bareText(word: Word): string | undefined {
  const [part] = word.parts;
  return word.bare && word.parts.length === 1 && part?.kind === 'text' ? part.text : undefined;
}

function readWord(text: string, start: number, line: number): { word: Word; next: number } {
  const parts: WordPart[] = [];
  let bare = true;
  let literal = '';
  let at = start;
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
  };
  const variable = (quoted: boolean): void => {
    const { name, next } = readVariable(text, at);
    if (name === undefined) literal += '$';
    else {
      flush();
      parts.push({ kind: 'variable', name, quoted });
    }
    at = next;
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    if (/[\s;|&]/.test(character)) break;
    if (character === '\\') {
      const length = text.startsWith('\\\r\n', at) ? 3 : 2;
      if (text[at + 1] !== '\n' && length === 2) literal += text[at + 1] ?? '';
      at += length;
    } else if (character === "'") {
      bare = false;
      const end = text.indexOf("'", at + 1);
      literal += text.slice(at + 1, end === -1 ? text.length : end);
      at = end === -1 ? text.length : end + 1;
    } else if (character === '"') {
      bare = false;
      at++;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\' && /["\\$\n]/.test(text[at + 1] ?? '')) {
          if (text[at + 1] !== '\n') literal += text[at + 1] ?? '';
          at += 2;
        } else if (text[at] === '$') variable(true);
        else literal += text[at++] ?? '';
      }
      at++;
    } else if (character === '$') variable(false);
    else {
      literal += character;
      at++;
    }
  }
  flush();
  // An empty pair of quotes is a word too.
  if (parts.length === 0) parts.push({ kind: 'text', text: '' });
  return { word: { kind: 'word', parts, bare, line }, next: at };
}

function readVariable(text: string, dollar: number): { name: string | undefined; next: number } {
  const braced = text[dollar + 1] === '{';
  const start = dollar + (braced ? 2 : 1);
  const name = variableName.exec(text.slice(start, start + 64))?.[0];
  if (name === undefined || (braced && text[start + name.length] !== '}')) return { name: undefined, next: dollar + 1 };
  return { name, next: start + name.length + (braced ? 1 : 0) };
}
