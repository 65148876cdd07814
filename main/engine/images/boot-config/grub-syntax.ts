import { bareText, grubTokens, type Token, type Word } from './grub-words.ts';

/** GRUB script as a tree of statements. Pure. What cannot be understood is left out, so that the rest still counts. */
export type Statement =
  | { readonly kind: 'command'; readonly words: readonly Word[]; readonly block?: readonly Statement[] | undefined }
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

const maxNesting = 32;

export function parseGrub(text: string): Statement[] {
  return new Parser(grubTokens(text)).statements([], 0);
}

class Parser {
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
      this.#command();
      return undefined;
    }
    switch (bareText(first)) {
      case 'if':
        return this.#if(depth);
      case 'for':
        return this.#for(depth);
      case 'while':
      case 'until':
        this.#loop(depth);
        return undefined;
      case 'function':
        return this.#function(depth);
      default: {
        const words = this.#command();
        return { kind: 'command', words, block: this.#block(depth) };
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

  #block(depth: number): Statement[] | undefined {
    if (this.#tokens[this.#at]?.kind !== 'open') return undefined;
    this.#at++;
    const body = this.statements(['}'], depth + 1);
    this.#at++;
    return body;
  }

  #if(depth: number): Statement {
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
    return { kind: 'if', branches };
  }

  #for(depth: number): Statement {
    this.#at++;
    const [name, , ...values] = this.#command();
    const body = this.#loop(depth, false);
    return { kind: 'for', name: name === undefined ? '' : (bareText(name) ?? ''), values, body };
  }

  #loop(depth: number, hasCondition = true): Statement[] {
    if (hasCondition) this.#command();
    this.#skipTo('do');
    const body = this.statements(['done', '}'], depth + 1);
    if (this.#word() === 'done') this.#at++;
    return body;
  }

  #function(depth: number): Statement | undefined {
    this.#at++;
    const [name] = this.#command();
    this.#skipEnds();
    const body = this.#block(depth);
    return name === undefined || body === undefined
      ? undefined
      : { kind: 'function', name: bareText(name) ?? '', body };
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
