import { join } from 'node:path';
import { type BrowserWindow, Menu, app, session } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { denySession, guardEveryPage } from './guards.ts';
import { openMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { recoverPage } from './page-recovery.ts';
import type { StationPlaces } from './process-messages.ts';
import { askBeforeClosing, stopStationBeforeQuit } from './quitting.ts';
import { answerScreens } from './screen-ports.ts';
import { superviseStation } from './station-supervision.ts';

export interface ShellPlaces extends StationPlaces {
  readonly preloadFile: string;
  readonly stationEntryFile: string;
}

/** The desktop app from start to quit: one window, one station, nothing else. */
export function runShell(places: ShellPlaces): void {
  app.enableSandbox();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  guardEveryPage();
  // One window is the app, on macOS too: a station that serves unseen would be a surprise.
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => openShell(places));
}

function openShell(places: ShellPlaces): void {
  denySession(session.defaultSession);
  serveApp(places.uiFolder);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)));

  const window = openMainWindow({
    preloadFile: places.preloadFile,
    stateFile: join(places.dataFolder, 'window.json'),
  });
  const station = superviseStation(places.stationEntryFile, places, window);
  answerScreens(station.host);
  recoverPage(window);
  askBeforeClosing(window, station.glance);
  stopStationBeforeQuit(() => station.host.stop());
  app.on('second-instance', () => bringForward(window));
}

function bringForward(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
