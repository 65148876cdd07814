import type { TextProblem } from './placeholder.ts';
import { type Escaped, type Escaper, eachPlaceholder } from './replacement.ts';
import { lineBefore, shellWord } from './shell-word.ts';

const oneLine = (value: string): Escaped =>
  /\p{Cc}/u.test(value) ? { problem: 'The value has a line break or a control character in it.' } : { text: value };

/** Text of no known syntax: values go in as they are. */
export const escapeText: Escaper = eachPlaceholder(
  () =>
    ({ value }) =>
      oneLine(value),
);

/** A file that a shell reads. */
export const escapeShell: Escaper = eachPlaceholder(
  (text) =>
    ({ start, value }) =>
      shellWord(lineBefore(text, start), value),
);

/** `key=value` lines in `[sections]`; a value that begins with `#` or `;` would be a comment, so it is put in quotation marks. */
export const escapeIni: Escaper = eachPlaceholder((text) => ({ start, value }): Escaped => {
  const before = lineBefore(text, start);
  if (/^\s*\[/.test(before) && /[\]]/.test(value))
    return { problem: `“${value}” cannot stand in the name of a section.` };
  const isAlone = /=\s*$/.test(before);
  return isAlone && /^[#;\s"]|\s$|[;#]/.test(value) && !value.includes('"') ? oneLine(`"${value}"`) : oneLine(value);
});

export function checkIni(text: string): TextProblem[] {
  const problems: TextProblem[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const isRight = /^\s*([#;].*|\[[^\]\r\n]+\]\s*|[^=\s[][^=]*=.*)?\r?$/.test(line);
    if (!isRight) problems.push({ offset, message: 'A line is a [section], a name=value, or a comment.' });
    offset += line.length + 1;
  }
  return problems;
}
