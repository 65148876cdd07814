/**
 * Rows out of comma-separated text (RFC 4180), as spreadsheets of all kinds write it. Pure.
 *
 * A broken row costs its own line only: a quotation mark that is never closed must not swallow the rows behind it, which is why
 * reading goes on at the next line.
 */

export interface Row {
  /** Line on which it begins; the first is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface BrokenLine {
  readonly line: number;
  readonly reason: string;
}

export interface DelimitedText {
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenLine[];
}

/** Bounds what an unclosed quotation mark makes the reader look at twice. */
const LONGEST_CELL = 1_000;
const MOST_CELLS = 256;

/** Reads at most `mostRows` rows; empty lines and those that begin with `#` are none. */
export function readDelimitedText(text: string, mostRows: number): DelimitedText {
  const { delimiter, start, line } = dialectOf(text);
  const rows: Row[] = [];
  const broken: BrokenLine[] = [];
  const reader = new RowReader(text, delimiter, start, line);
  while (!reader.isAtEnd && rows.length + broken.length < mostRows) {
    const row = reader.next();
    if ('reason' in row) broken.push(row);
    else if (row.cells.some((cell) => cell !== '') && !row.cells[0]?.startsWith('#')) rows.push(row);
  }
  if (!reader.isAtEnd) broken.push({ line: reader.line, reason: `the list goes on beyond ${mostRows} lines` });
  return { rows, broken };
}

/** Spreadsheets separate by what their country does, and some say so in a first line `sep=;`. */
function dialectOf(text: string): { delimiter: string; start: number; line: number } {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const declared = /^sep=([,;\t|])(?:\r\n|\r|\n)/i.exec(text.slice(start, start + 8));
  if (declared?.[1] !== undefined) return { delimiter: declared[1], start: start + declared[0].length, line: 2 };
  const heading = text.slice(start, start + 10_000).match(/^(?:\s*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*([^\r\n]*)/)?.[1] ?? '';
  const unquoted = heading.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length }));
  const best = counted.toSorted((a, b) => b.count - a.count)[0];
  return { delimiter: best?.delimiter ?? ',', start, line: 1 };
}

class Malformed extends Error {}

class RowReader {
  readonly #text: string;
  readonly #delimiter: string;
  #at: number;
  #line: number;

  constructor(text: string, delimiter: string, at: number, line: number) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#at = at;
    this.#line = line;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get line(): number {
    return this.#line;
  }

  next(): Row | BrokenLine {
    const begin = { at: this.#at, line: this.#line };
    try {
      return { line: begin.line, cells: this.#cells() };
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#at = begin.at;
      this.#line = begin.line;
      this.#skipLine();
      return { line: begin.line, reason: error.message };
    }
  }

  #cells(): string[] {
    const cells: string[] = [];
    for (;;) {
      if (cells.length >= MOST_CELLS) throw new Malformed(`it has more than ${MOST_CELLS} cells`);
      cells.push(this.#text[this.#at] === '"' ? this.#quotedCell() : this.#plainCell());
      if (this.#text[this.#at] !== this.#delimiter) break;
      this.#at++;
    }
    this.#takeLineEnd();
    return cells;
  }

  #plainCell(): string {
    const start = this.#at;
    while (!this.isAtEnd && !this.#isAtCellEnd()) this.#at++;
    return checkedCell(this.#text.slice(start, this.#at));
  }

  #quotedCell(): string {
    const { line } = this;
    let cell = '';
    this.#at++;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || cell.length > LONGEST_CELL) {
        throw new Malformed('a quotation mark is opened and not closed');
      }
      if (character === '"' && this.#text[this.#at + 1] !== '"') break;
      if (character === '"') this.#at++;
      cell += character;
      if (!this.#takeLineEnd()) this.#at++;
      else if (character === '\r') cell = `${cell.slice(0, -1)}\n`;
    }
    this.#at++;
    while (this.#text[this.#at] === ' ') this.#at++;
    if (!this.isAtEnd && !this.#isAtCellEnd()) {
      const where = line === this.line ? '' : ` (in line ${this.line})`;
      throw new Malformed(`there is text behind a closing quotation mark${where}`);
    }
    return checkedCell(cell);
  }

  #isAtCellEnd(): boolean {
    const character = this.#text[this.#at];
    return character === this.#delimiter || character === '\n' || character === '\r';
  }

  /** `\r\n`, `\n` or `\r`; false where there is none. */
  #takeLineEnd(): boolean {
    const character = this.#text[this.#at];
    if (character !== '\n' && character !== '\r') return false;
    this.#at += character === '\r' && this.#text[this.#at + 1] === '\n' ? 2 : 1;
    this.#line++;
    return true;
  }

  #skipLine(): void {
    while (!this.isAtEnd && this.#text[this.#at] !== '\n' && this.#text[this.#at] !== '\r') this.#at++;
    this.#takeLineEnd();
  }
}

function checkedCell(cell: string): string {
  if (cell.length > LONGEST_CELL) throw new Malformed(`a cell is longer than ${LONGEST_CELL} characters`);
  // An apostrophe keeps a spreadsheet from taking a text for a formula; it is no part of the text.
  return cell.trim().replace(/^'(?=[=+@-])/, '');
}
