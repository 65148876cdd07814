import { createContext, useContext, type ReactNode } from 'react';
import type { Catalogue, Translation } from './catalogue.ts';
import { type Formats, formatsOf } from './formats.ts';
import { type Language, languages } from './language.ts';

const LanguageContext = createContext<Language>('en');

export function LanguageProvider({
  language,
  children,
}: {
  readonly language: Language;
  readonly children: ReactNode;
}) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** A screen's words in the language that is shown. */
export function useMessages<English>(catalogue: Catalogue<English>): Translation<English> {
  return catalogue(useContext(LanguageContext));
}

const formats = new Map<string, Formats>();

/** Figures and dates in the language that is shown. */
export function useFormats(): Formats {
  const { locale } = languages[useContext(LanguageContext)];
  const known = formats.get(locale) ?? formatsOf(locale);
  formats.set(locale, known);
  return known;
}
