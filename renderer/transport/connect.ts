import { lastLanguage } from '../language/shown-language.ts';
import { desktopChannel } from './electron.ts';
import { transportCatalogue } from './messages.ts';
import { StationLine } from './station-line.ts';
import { takeToken } from './token.ts';
import type { Transport } from './transport.ts';
import { webSocketChannel } from './websocket.ts';

/** The line to the station that this page belongs to: the desktop shell's bridge, else the server it came from. */
export function connect(window: Window): Transport {
  const words = () => transportCatalogue(lastLanguage(window));
  if (window.station !== undefined) return new StationLine(desktopChannel(window.station), words);
  const { location, history, sessionStorage } = window;
  const token = takeToken({ location, history, storage: sessionStorage }) ?? 'none';
  const address = new URL('/station', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  return new StationLine(webSocketChannel(address.href, token, new URL('/', location.href).href), words);
}
