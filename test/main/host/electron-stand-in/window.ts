import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app.ts';
import { contextBridge, ipcRenderer, webUtils } from './ipc.ts';
import type { MessagePortMain } from './ports.ts';
import { cancelable, world } from './world.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

class StandInWebContents extends EventEmitter {
  readonly mainFrame = { url: '', parent: null };
  #destroyed = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  postMessage(channel: string, message: unknown, ports: readonly MessagePortMain[] = []): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    ipcRenderer.receive(channel, message, ports);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }

  /** For tests: the page tries to go somewhere. True where it may. */
  attempt(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate' | 'will-attach-webview', url = ''): boolean {
    const details = cancelable({ url });
    this.emit(event, details);
    return !details.defaultPrevented;
  }

  /** For tests: the page calls `window.open`. */
  openWindow(url: string): 'allow' | 'deny' {
    return this.#openHandler({ url }).action;
  }
}

interface WindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly show?: boolean;
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

export class StandInWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents = new StandInWebContents();
  /** What the page was last given. */
  page: Response | undefined;
  visible: boolean;
  minimized = false;
  maximized = false;
  focused = 0;
  loads = 0;
  #destroyed = false;

  constructor(options: WindowOptions) {
    super();
    if (!world.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    this.visible = options.show ?? true;
    world.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const answer = world.protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    if (answer === undefined) throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`);
    this.loads += 1;
    this.webContents.mainFrame.url = url;
    this.#runPreload(String(this.options.webPreferences['preload']));
    this.page = await answer(new Request(url));
    if (this.#destroyed) throw new Error(`ERR_FAILED (-2) loading '${url}'`);
    this.webContents.emit('did-finish-load');
    this.emit('ready-to-show');
  }

  /** As the sandbox does: one CommonJS file that can require electron and nothing else. */
  #runPreload(file: string): void {
    let code: string;
    try {
      code = readFileSync(file, 'utf8');
    } catch (error) {
      this.webContents.emit('preload-error', {}, file, error);
      return;
    }
    world.bridges.clear();
    ipcRenderer.removeAllListeners();
    const require = (name: string): unknown => {
      if (name === 'electron') return { contextBridge, ipcRenderer, webUtils };
      throw new Error(`module not found: ${name}`);
    };
    // oxlint-disable-next-line no-new-func, no-implied-eval -- this is how a preload is run
    new Function('require', 'module', 'exports', code)(require, { exports: {} }, {});
  }

  close(): void {
    if (this.#destroyed) return;
    const event = cancelable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    this.#destroyed = true;
    this.webContents.destroy();
    world.windows = world.windows.filter((window) => window !== this);
    this.emit('closed');
    app.windowClosed();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.#alive().visible = true;
  }

  focus(): void {
    this.#alive().focused += 1;
  }

  isMinimized(): boolean {
    return this.#alive().minimized;
  }

  restore(): void {
    this.#alive().minimized = false;
  }

  maximize(): void {
    this.#alive().maximized = true;
  }

  isMaximized(): boolean {
    return this.#alive().maximized;
  }

  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width, height } = this.#alive().options;
    return { x, y, width, height };
  }

  #alive(): this {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    return this;
  }
}
