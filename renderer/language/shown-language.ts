import { type Language, languageOf } from './language.ts';

const key = 'fieldboot.language';

/** Says to the browser which language the page is in, and keeps it for the next start, before the station answers. */
export function showLanguage(window: Window, language: Language): void {
  window.document.documentElement.lang = language === 'en-XA' ? 'en' : language;
  try {
    window.localStorage.setItem(key, language);
  } catch {
    // Costs a moment of English at the next start.
  }
}

/** The language that was shown last; English where nothing was kept. */
export function lastLanguage(window: Window): Language {
  try {
    return languageOf(window.localStorage.getItem(key));
  } catch {
    return 'en';
  }
}
