import { ipcMain } from 'electron';
import { isTrustedSender } from './sender.ts';
import type { StationHost } from './station-host.ts';

/**
 * A page asks for a line to the station by a number of its own and is given a port under the same number: over that, page and
 * station speak without the shell. A page that lost its line asks again; there is one port for each request.
 */
export function answerScreens(station: Pick<StationHost, 'connect'>): void {
  ipcMain.on('station:connect', (event, request: unknown) => {
    if (!isTrustedSender(event) || !Number.isSafeInteger(request)) return;
    const page = event.sender;
    station.connect((port) => {
      // It may have waited for a station longer than the page lived.
      if (page.isDestroyed()) port.close();
      else page.postMessage('station:port', request, [port]);
    });
  });
}
