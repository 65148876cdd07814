import { type VariableType, isVariableType } from './variable-type.ts';

/**
 * `{{@name}}` stands for a value of the machine, `{{@name:type}}` for one of that type, `{{@@` for `{{@` itself.
 *
 * The `@` keeps them apart from everything that answer files hold by themselves: Jinja (`{{ v1.region }}` in cloud-init), Go templates,
 * shell (`${x}`), RPM (`%{x}`), batch files (`%x%`) and PowerShell (`@{x=1}`).
 */
export interface Placeholder {
  readonly name: string;
  readonly type: VariableType | undefined;
  /** Offsets in the text: `{{@` begins at `start`, the character behind `}}` is at `end`. */
  readonly start: number;
  readonly end: number;
}

/** Something at an offset of the text that cannot stay as it is. */
export interface TextProblem {
  readonly offset: number;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
}

export interface ScannedText {
  readonly placeholders: readonly Placeholder[];
  /** Offsets of `{{@@`. */
  readonly escapes: readonly number[];
  readonly problems: readonly TextProblem[];
}

const MOST_PLACEHOLDERS = 500;

const namePattern = /^[a-z][\w-]{0,62}(?:\.[\w-]{1,62})?$/i;

/** Pure. */
export function scanPlaceholders(text: string): ScannedText {
  const placeholders: Placeholder[] = [];
  const escapes: number[] = [];
  const problems: TextProblem[] = [];
  for (let start = text.indexOf('{{@'); start !== -1; start = text.indexOf('{{@', start + 3)) {
    if (text[start + 3] === '@') {
      escapes.push(start);
      continue;
    }
    const close = text.indexOf('}}', start);
    const inner = close === -1 ? '' : text.slice(start + 3, close);
    if (close === -1 || /[\n{]/.test(inner)) {
      problems.push({ offset: start, message: 'A placeholder begins with {{@ here and does not end with }}.' });
      continue;
    }
    const [name = '', type, ...more] = inner.split(':').map((part) => part.trim());
    if (!namePattern.test(name) || more.length > 0) {
      problems.push({ offset: start, message: `“${inner.slice(0, 80)}” is no name of a variable.` });
    } else if (type !== undefined && !isVariableType(type)) {
      problems.push({ offset: start, message: `There is no type “${type.slice(0, 40)}” of variables.` });
    } else {
      placeholders.push({ name, type, start, end: close + 2 });
    }
    if (placeholders.length + problems.length > MOST_PLACEHOLDERS) {
      problems.push({ offset: start, message: `There are more than ${MOST_PLACEHOLDERS} placeholders.` });
      break;
    }
  }
  return { placeholders, escapes, problems };
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: before.length - lastBreak };
}
