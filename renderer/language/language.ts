import type { Settings } from '../../main/contract/state.ts';

export type Language = Settings['language'];

interface LanguageFacts {
  /** How it calls itself. */
  readonly name: string;
  /** How it writes figures and dates. */
  readonly locale: string;
}

export const languages: Readonly<Record<Language, LanguageFacts>> = {
  en: { name: 'English', locale: 'en-GB' },
  'en-XA': { name: 'Pseudo-English', locale: 'en-GB' },
};

/** The language that a text names; English where a newer station names one that this page does not have. */
export const languageOf = (name: string | null): Language =>
  name !== null && Object.hasOwn(languages, name) ? (name as Language) : 'en';

/** What a person can choose from. The pseudo-language is there for the way out of it. */
export const offeredLanguages = (shown: Language): readonly Language[] =>
  (Object.keys(languages) as Language[]).filter((language) => language !== 'en-XA' || language === shown);
