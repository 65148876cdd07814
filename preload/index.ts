import { type IpcRendererEvent, contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * The one bridge between the page and the station: strings in, strings out, over a port of their own. No logic and no libraries here;
 * what the strings mean is the contract's business, and both ends validate.
 */

interface Line {
  readonly request: number;
  readonly onMessage: (message: string) => void;
  readonly onClose: () => void;
  /** What was sent before its port came. */
  waiting: string[];
  port?: IpcRendererEvent['ports'][number];
}

let line: Line | undefined;
let lastRequest = 0;

const close = (): void => {
  const closing = line;
  line = undefined;
  closing?.port?.close();
};

ipcRenderer.on('station:port', (event, request: unknown) => {
  const [port] = event.ports;
  if (port === undefined) return;
  const opened = line;
  if (opened === undefined || opened.port !== undefined || opened.request !== request) {
    port.close();
    return;
  }
  opened.port = port;
  port.addEventListener('message', ({ data }: MessageEvent) => {
    if (typeof data === 'string') opened.onMessage(data);
  });
  // The station ended. Electron tells it of a port whose other end is gone.
  port.addEventListener('close', () => {
    if (line !== opened) return;
    line = undefined;
    opened.onClose();
  });
  port.start();
  for (const message of opened.waiting.splice(0)) port.postMessage(message);
});

contextBridge.exposeInMainWorld('station', {
  open: (onMessage: (message: string) => void, onClose: () => void): void => {
    close();
    line = { request: ++lastRequest, onMessage, onClose, waiting: [] };
    ipcRenderer.send('station:connect', line.request);
  },
  send: (message: string): void => {
    if (typeof message !== 'string' || line === undefined) return;
    if (line.port === undefined) line.waiting.push(message);
    else line.port.postMessage(message);
  },
  close,
  pathOfFile: (file: File): string => webUtils.getPathForFile(file),
});
