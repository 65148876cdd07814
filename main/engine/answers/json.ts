import type { TextProblem } from './placeholder.ts';

/** The value of a JSON text, or the place where it stops being one. */
export function readJson(text: string): { value: unknown; problems: TextProblem[] } {
  try {
    return { value: JSON.parse(text) as unknown, problems: [] };
  } catch (error) {
    const words = (error as Error).message;
    const message = words.replace(/ (in JSON )?at position .*$/, '').replace(/, ".*is not valid JSON$/s, '');
    return { value: undefined, problems: [{ offset: offsetOf(text, words), message: `${message}.` }] };
  }
}

const positionIn = (words: string): number | undefined => {
  const position = /at position (\d+)/.exec(words)?.[1];
  return position === undefined ? undefined : Number(position);
};

/** V8 tells the position of some errors only: the others stand behind the longest beginning that merely lacks its end. */
function offsetOf(text: string, words: string): number {
  let whole = 0;
  let wrong = text.length;
  if (lacksItsEnd(text, words)) return positionIn(words) ?? text.trimEnd().length;
  while (positionIn(words) === undefined && wrong - whole > 1) {
    const middle = Math.floor((whole + wrong) / 2);
    const begun = text.slice(0, middle);
    if (lacksItsEnd(begun, errorOf(begun))) whole = middle;
    else wrong = middle;
  }
  return positionIn(words) ?? whole;
}

const lacksItsEnd = (text: string, words: string): boolean =>
  words === '' || /Unexpected end|Unterminated/.test(words) || (positionIn(words) ?? -1) >= text.length;

function errorOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
