import type { BrowserWindow } from 'electron';
import { loadPage } from './main-window.ts';
import { afterCrash } from './restart-policy.ts';

/**
 * Loads the page again when its process died. The station lives elsewhere: machines boot on meanwhile, and the new page gets the true
 * state. A page that dies at every try is left blank, and reload in the menu is the person's.
 */
export function recoverPage(window: BrowserWindow): void {
  let crashesAtMs: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const next = afterCrash(crashesAtMs, Date.now());
    if (!next.restart) return;
    crashesAtMs = next.crashesAtMs;
    setTimeout(() => {
      if (!window.isDestroyed()) loadPage(window);
    }, next.delayMs);
  });
}
