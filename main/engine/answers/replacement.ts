import type { Placeholder, TextProblem } from './placeholder.ts';

/** What a placeholder becomes: text for just this place of the format, or why nothing can stand there. */
export type Escaped = { readonly text: string } | { readonly problem: string };

/** A part of the template and what stands in its stead. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A placeholder with its value, of the right type. */
export interface FilledPlaceholder extends Placeholder {
  readonly value: string;
  /** Stands without quotation marks where the format knows numbers and truth values. */
  readonly bare: boolean;
}

export interface Replaced {
  readonly replacements: readonly Replacement[];
  readonly problems: readonly TextProblem[];
}

/** Finds for each placeholder of a text what to write there. */
export type Escaper = (text: string, placeholders: readonly FilledPlaceholder[]) => Replaced;

/** An escaper that looks at one placeholder at a time, after it looked at the text as a whole. */
export function eachPlaceholder(prepare: (text: string) => (placeholder: FilledPlaceholder) => Escaped): Escaper {
  return (text, placeholders) => {
    const escape = prepare(text);
    const replacements: Replacement[] = [];
    const problems: TextProblem[] = [];
    for (const placeholder of placeholders) {
      const { start, end } = placeholder;
      const escaped = escape(placeholder);
      if ('text' in escaped) replacements.push({ start, end, text: escaped.text });
      else problems.push({ offset: start, message: escaped.problem });
    }
    return { replacements, problems };
  };
}

export interface RenderedText {
  readonly text: string;
  /** Where an offset of the rendered text came from. */
  readonly templateOffset: (offset: number) => number;
}

/** Pure. The replacements must not overlap. */
export function applyReplacements(template: string, replacements: readonly Replacement[]): RenderedText {
  const ordered = replacements.toSorted((a, b) => a.start - b.start);
  const moved: { template: Replacement; start: number }[] = [];
  let text = '';
  let at = 0;
  for (const replacement of ordered) {
    text += template.slice(at, replacement.start);
    moved.push({ template: replacement, start: text.length });
    text += replacement.text;
    at = replacement.end;
  }
  text += template.slice(at);
  return {
    text,
    templateOffset(offset) {
      const last = moved.findLast(({ start }) => start <= offset);
      if (last === undefined) return offset;
      const end = last.start + last.template.text.length;
      return offset < end ? last.template.start : last.template.end + (offset - end);
    },
  };
}
