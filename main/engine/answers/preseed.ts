import type { TextProblem } from './placeholder.ts';
import { type Escaped, type Escaper, type FilledPlaceholder, eachPlaceholder } from './replacement.ts';
import { shellWord } from './shell-word.ts';

/**
 * Preseed: lines of owner, question, type and value, as debconf-set-selections(1) reads them. A value goes to the end of its line;
 * a backslash there goes on with the next one.
 */

interface PreseedLine {
  readonly offset: number;
  /** The whole logical line, with the breaks that backslashes took away. */
  readonly text: string;
}

const types = [
  'string',
  'boolean',
  'select',
  'multiselect',
  'password',
  'note',
  'text',
  'error',
  'title',
  'entropy',
  'seen',
];

/** Questions whose value is run by a shell. */
const commandQuestion = /\/(early_command|late_command|include_command|run)$/;

function logicalLines(text: string): PreseedLine[] {
  const lines: PreseedLine[] = [];
  let offset = 0;
  let current: PreseedLine | undefined;
  for (const physical of text.split('\n')) {
    const goesOn = physical.endsWith('\\');
    const whole: PreseedLine = { offset: current?.offset ?? offset, text: `${current?.text ?? ''}${physical}\n` };
    offset += physical.length + 1;
    current = goesOn ? whole : undefined;
    if (!goesOn) lines.push(whole);
  }
  if (current !== undefined) lines.push(current);
  return lines;
}

const isSilent = (line: string): boolean => /^\s*(#|$)/.test(line);

const fields = (line: string): RegExpExecArray | null => /^\s*(\S+)\s+(\S+)\s+(\S+)(?:\s+([^]*))?$/.exec(line);

export const escapePreseed: Escaper = eachPlaceholder((text) => {
  const lines = logicalLines(text);
  return (placeholder) => escapeInLine(text, lines, placeholder);
});

function escapeInLine(text: string, lines: readonly PreseedLine[], { start, end, value }: FilledPlaceholder): Escaped {
  if (/\p{Cc}/u.test(value)) return { problem: 'The value has a line break or a control character in it.' };
  const line = lines.findLast(({ offset }) => offset <= start);
  if (line === undefined || isSilent(line.text)) return { text: value };
  const before = line.text.slice(0, start - line.offset);
  const [, , question = '', type = ''] = fields(before) ?? [];
  if (type === '') {
    return /^[\w./:@-]+$/.test(value) ? { text: value } : { problem: `“${value}” cannot stand before the type.` };
  }
  if (commandQuestion.test(question)) return shellWord(before.replaceAll('\\\n', '  '), value);
  const isAtEnd = /^[ \t]*(\n|$)/.test(text.slice(end));
  if (isAtEnd && value.endsWith('\\')) {
    return { problem: 'The value ends in a backslash, which would swallow the next line.' };
  }
  // What separates the values of such a question (debconf-devel(7)).
  return { text: type === 'multiselect' ? value.replaceAll(',', String.raw`\,`) : value };
}

/** Questions that stop an installation nobody sits at, and what answers them. */
const wanted: readonly { readonly question: RegExp; readonly words: string }[] = [
  { question: /^partman-auto\/(method|disk|init_automatically_partition)$/, words: 'how to divide the disk' },
  { question: /^partman\/confirm(_nooverwrite)?$/, words: 'whether to write the changes to the disk' },
  { question: /^passwd\/(root-password(-crypted)?|root-login)$/, words: 'the password of root' },
  { question: /^passwd\/(user-password(-crypted)?|make-user)$/, words: 'the first user' },
];

export function checkPreseed(text: string): TextProblem[] {
  const problems: TextProblem[] = [];
  const answered: string[] = [];
  for (const line of logicalLines(text)) {
    if (isSilent(line.text)) continue;
    const parsed = fields(line.text.trimEnd());
    const offset = line.offset + (/^\s*/.exec(line.text)?.[0].length ?? 0);
    if (parsed === null) {
      problems.push({ offset, message: 'A line names its owner, the question, the type and the value.' });
      continue;
    }
    const [, , question = '', type = '', value = ''] = parsed;
    answered.push(question);
    const typeOffset = offset + Math.max(0, line.text.trimStart().indexOf(type, question.length));
    if (!types.includes(type)) {
      problems.push({ offset: typeOffset, message: `debconf has no type “${type.slice(0, 40)}”.` });
    } else if (type === 'boolean' && !/^(true|false)\s*$/.test(value)) {
      problems.push({ offset: typeOffset, message: `${question} takes true or false.` });
    }
  }
  if (answered.length === 0) return [...problems, { offset: 0, message: 'It answers no question.' }];
  for (const { question, words } of wanted) {
    if (answered.some((one) => question.test(one))) continue;
    problems.push({ offset: 0, severity: 'warning', message: `The installer will ask for ${words}.` });
  }
  return problems;
}
