import type { Answer, AnswerProblem, AnswerText } from '../../contract/answer.ts';
import { type Syntax, formatTable } from './format-table.ts';
import { type VariableValue, type Values, variableKey } from './machine-values.ts';
import { type Placeholder, type TextProblem, placeOf, scanPlaceholders } from './placeholder.ts';
import { type FilledPlaceholder, type Replacement, applyReplacements } from './replacement.ts';
import { isBare, typeProblem } from './variable-type.ts';

export interface RenderedFile extends AnswerText {
  readonly contentType: string;
}

export interface RenderedAnswer {
  /** Empty where a problem is an error: nothing half-written is ever served. */
  readonly files: readonly RenderedFile[];
  readonly problems: readonly AnswerProblem[];
}

const MASK = '••••••••';
const MOST_PROBLEMS = 100;

/** All files of an answer as they are served, with those that a person did not need to write. */
export function answerFiles({ format, files }: Pick<Answer, 'format' | 'files'>): AnswerText[] {
  const { standard = [] } = formatTable[format];
  return [...files, ...standard.filter(({ name }) => !files.some((file) => file.name === name))];
}

/**
 * An answer for one machine. Pure. `unknown` says why a name has no value. With `masked`, secrets become dots: for screens and logs.
 */
export function renderAnswer(
  answer: Pick<Answer, 'format' | 'files'>,
  values: Values,
  options: { readonly unknown: (name: string) => string; readonly masked?: boolean | undefined },
): RenderedAnswer {
  const files: RenderedFile[] = [];
  const problems: AnswerProblem[] = [];
  for (const file of answerFiles(answer)) {
    const syntax = formatTable[answer.format].syntaxOf(file.name, file.text);
    const rendered = renderFile(file.text, syntax, values, options);
    files.push({ name: file.name, text: rendered.text, contentType: syntax.contentType });
    for (const { offset, message, severity = 'error' } of rendered.problems.slice(0, MOST_PROBLEMS)) {
      problems.push({ file: file.name, ...placeOf(file.text, offset), severity, message });
    }
  }
  const failed = problems.some(({ severity }) => severity === 'error');
  return { files: failed ? [] : files, problems };
}

function renderFile(
  template: string,
  syntax: Syntax,
  values: Values,
  { unknown, masked = false }: { readonly unknown: (name: string) => string; readonly masked?: boolean | undefined },
): { text: string; problems: TextProblem[] } {
  const scanned = scanPlaceholders(template);
  const problems: TextProblem[] = [...scanned.problems];
  const filled = scanned.placeholders.map((placeholder): FilledPlaceholder => {
    const found = values.get(variableKey(placeholder.name));
    const problem = found === undefined ? unknown(placeholder.name) : valueProblem(placeholder, found);
    if (problem !== undefined) problems.push({ offset: placeholder.start, message: problem });
    if (found === undefined || problem !== undefined) return standIn(placeholder);
    const bare = isBare(placeholder.type ?? found.type);
    return { ...placeholder, value: masked && found.source === 'secret' ? MASK : found.text, bare };
  });
  const { replacements, problems: unsuitable } = syntax.escape(template, filled);
  problems.push(...unsuitable);
  const literal = scanned.escapes.map((start): Replacement => ({ start, end: start + 4, text: '{{@' }));
  const rendered = applyReplacements(template, [...replacements, ...literal]);
  if (scanned.problems.length === 0) {
    for (const problem of syntax.check(rendered.text)) {
      problems.push({ ...problem, offset: rendered.templateOffset(problem.offset) });
    }
  }
  return { text: rendered.text, problems: problems.toSorted(errorsFirst) };
}

function valueProblem({ name, type }: Placeholder, { text, type: ownType, source }: VariableValue): string | undefined {
  const wrong = typeProblem(text, ownType) ?? (type === undefined ? undefined : typeProblem(text, type));
  if (wrong === undefined) return undefined;
  return source === 'secret'
    ? `The value of ${name} ${wrong}.`
    : `The value of ${name}, “${text.slice(0, 60)}”, ${wrong}.`;
}

/** Goes on with the rest of the file, so that all of its problems are told at once. */
const standIn = (placeholder: Placeholder): FilledPlaceholder => ({
  ...placeholder,
  value: placeholder.type === 'boolean' ? 'true' : '1',
  bare: placeholder.type !== undefined && isBare(placeholder.type),
});

/** Names that an answer uses, each once, in order. */
export function namesIn(answer: Pick<Answer, 'format' | 'files'>): string[] {
  const names = new Map<string, string>();
  for (const { text } of answerFiles(answer)) {
    for (const { name } of scanPlaceholders(text).placeholders) {
      if (!names.has(variableKey(name))) names.set(variableKey(name), name);
    }
  }
  return [...names.values()];
}

const weight = ({ severity }: TextProblem): number => (severity === 'warning' ? 1 : 0);
const errorsFirst = (a: TextProblem, b: TextProblem): number => weight(a) - weight(b) || a.offset - b.offset;
