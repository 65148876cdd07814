import { type BrowserWindow, app } from 'electron';
import { confirmQuit } from './dialogs.ts';
import type { SessionGlance } from './session-glance.ts';

/** Asks before the window closes on machines that are being served. Closing it is quitting: nothing serves unseen. */
export function askBeforeClosing(window: BrowserWindow, glance: () => SessionGlance): void {
  let confirmed = false;
  let isAsking = false;

  const ask = async (): Promise<void> => {
    isAsking = true;
    try {
      confirmed = await confirmQuit(window, glance().booting);
    } finally {
      isAsking = false;
    }
    if (confirmed) app.quit();
  };

  window.on('close', (event) => {
    if (confirmed || !glance().running) return;
    // This also calls off a quit from the menu, the dock or a signal.
    event.preventDefault();
    if (!isAsking) void ask();
  });
}

/** Holds the end of the program up until the station has given the interface back, or could not in time. */
export function stopStationBeforeQuit(stop: () => Promise<void>): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}
