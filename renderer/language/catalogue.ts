import type { Language } from './language.ts';
import { pseudoCatalogue } from './pseudo-language.ts';

/** What a catalogue in any language must hold: every word of the English one, and functions that take the same. */
export type Translation<English> = English extends (...facts: infer Facts) => string
  ? (...facts: Facts) => string
  : English extends string
    ? string
    : { readonly [Key in keyof English]: Translation<English[Key]> };

/** Languages that somebody writes, one file a screen. */
type Written = Exclude<Language, 'en-XA'>;

/** One screen's words in each language. */
export type Catalogue<English> = (language: Language) => Translation<English>;

/** The words of a screen in all languages: one that lacks a screen, or a word of it, does not compile. */
export function catalogueOf<English>(words: Readonly<Record<Written, Translation<English>>>): Catalogue<English> {
  const known: Partial<Record<Language, Translation<English>>> = { ...words };
  return (language) => (known[language] ??= pseudoCatalogue(words.en));
}
