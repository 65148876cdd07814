import type { Settings } from '../../main/contract/state.ts';

const key = 'fieldboot.theme';

/** Shows a theme and keeps it for the next start, which must not flash white before the station answers. */
export function showTheme(window: Window, theme: Settings['theme']): void {
  try {
    window.localStorage.setItem(key, theme);
  } catch {
    // Costs a flash at the next start.
  }
  const dark = theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  window.document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

export function showLastTheme(window: Window): void {
  showTheme(window, lastTheme(window));
}

/** Follows the system while the theme says so. Returns what stops it. */
export function followSystemTheme(window: Window, theme: Settings['theme']): () => void {
  showTheme(window, theme);
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = (): void => showTheme(window, theme);
  query.addEventListener('change', follow);
  return () => query.removeEventListener('change', follow);
}

function lastTheme(window: Window): Settings['theme'] {
  try {
    const kept = window.localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}
