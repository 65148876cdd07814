import { bareText, grubTokens, type Token, type Word } from './grub-words.ts';

/** GRUB script as a tree of statements. Pure. What cannot be understood is left out, so that the rest still counts. */
export type Statement =
  | {
      readonly kind: 'command';
      readonly words: readonly Word[];
      readonly block?: readonly Statement[] | undefined;
      readonly line: number;
    }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly values: readonly Word[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: readonly Statement[] };

export interface Branch {
  /** Undefined for `else`. */
  readonly condition: readonly Word[] | undefined;
  readonly body: readonly Statement[];
}

export interface GrubScript {
  readonly statements: readonly Statement[];
  readonly problems: readonly { readonly line: number; readonly text: string }[];
}

const maxNesting = 32;
const maxProblems = 20;

export function parseGrub(text: string): GrubScript {
  const parser = new Parser(grubTokens(text));
  return { statements: parser.statements([], 0), problems: parser.problems };
}

class Parser {
  readonly problems: { line: number; text: string }[] = [];
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Statements up to one of the closing words, a closing brace where inside a block, or the end. The closing token stays. */
  statements(closers: readonly string[], depth: number): Statement[] {
    const found: Statement[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at];
      if (token === undefined) break;
      if (token.kind === 'word' && closers.includes(bareText(token) ?? '')) break;
      if (token.kind === 'close' && closers.includes('}')) break;
      if (token.kind !== 'word') {
        this.#at++;
        continue;
      }
      const statement = this.#statement(token, depth);
      if (statement !== undefined) found.push(statement);
    }
    return found;
  }

  #statement(first: Word, depth: number): Statement | undefined {
    // Deeper than any real menu: the rest of the line is skipped, the stack is not at risk.
    if (depth >= maxNesting) {
      this.#report(first.line, `is nested deeper than ${maxNesting}`);
      this.#command();
      return undefined;
    }
    switch (bareText(first)) {
      case 'if':
        return this.#if(first, depth);
      case 'for':
        return this.#for(first, depth);
      case 'while':
      case 'until':
        this.#loop(first, depth);
        return undefined;
      case 'function':
        return this.#function(first, depth);
      default: {
        const words = this.#command();
        return { kind: 'command', words, block: this.#block(first, depth), line: first.line };
      }
    }
  }

  /** Words up to the end of the line or a brace. */
  #command(): Word[] {
    const words: Word[] = [];
    for (let token = this.#tokens[this.#at]; token?.kind === 'word'; token = this.#tokens[this.#at]) {
      words.push(token);
      this.#at++;
    }
    return words;
  }

  #block(first: Word, depth: number): Statement[] | undefined {
    if (this.#tokens[this.#at]?.kind !== 'open') return undefined;
    this.#at++;
    const body = this.statements(['}'], depth + 1);
    if (this.#at >= this.#tokens.length) this.#report(first.line, `"${bareText(first) ?? ''}" has no closing brace`);
    this.#at++;
    return body;
  }

  #if(first: Word, depth: number): Statement {
    const branches: Branch[] = [];
    for (let word: string | undefined = 'if'; word === 'if' || word === 'elif'; word = this.#word()) {
      this.#at++;
      const condition = this.#command();
      this.#skipTo('then');
      branches.push({ condition, body: this.statements(['elif', 'else', 'fi', '}'], depth + 1) });
    }
    if (this.#word() === 'else') {
      this.#at++;
      branches.push({ condition: undefined, body: this.statements(['fi', '}'], depth + 1) });
    }
    // A missing "fi" must not swallow the brace that ends the menuentry around it.
    if (this.#word() === 'fi') this.#at++;
    else this.#report(first.line, '"if" has no "fi"');
    return { kind: 'if', branches };
  }

  #for(first: Word, depth: number): Statement {
    this.#at++;
    const [name, , ...values] = this.#command();
    const body = this.#loop(first, depth, false);
    return { kind: 'for', name: name === undefined ? '' : (bareText(name) ?? ''), values, body };
  }

  #loop(first: Word, depth: number, hasCondition = true): Statement[] {
    if (hasCondition) this.#command();
    this.#skipTo('do');
    const body = this.statements(['done', '}'], depth + 1);
    if (this.#word() === 'done') this.#at++;
    else this.#report(first.line, `"${bareText(first) ?? ''}" has no "done"`);
    return body;
  }

  #function(first: Word, depth: number): Statement | undefined {
    this.#at++;
    const [name] = this.#command();
    this.#skipEnds();
    const body = this.#block(first, depth);
    return name === undefined || body === undefined
      ? undefined
      : { kind: 'function', name: bareText(name) ?? '', body };
  }

  #report(line: number, text: string): void {
    if (this.problems.length < maxProblems) this.problems.push({ line, text });
  }

  #word(): string | undefined {
    const token = this.#tokens[this.#at];
    return token?.kind === 'word' ? bareText(token) : undefined;
  }

  #skipEnds(): void {
    while (this.#tokens[this.#at]?.kind === 'end') this.#at++;
  }

  #skipTo(keyword: string): void {
    this.#skipEnds();
    if (this.#word() === keyword) this.#at++;
  }
}
