import { EventEmitter } from 'node:events';
import type { MessagePortMain } from './ports.ts';
import { onlyEmitter, world } from './world.ts';

export const ipcMain = onlyEmitter('ipcMain', () => new EventEmitter());

/** The page's side. It belongs to the newest window. */
class StandInIpcRenderer extends EventEmitter {
  send(channel: string, ...values: readonly unknown[]): void {
    const sender = world.windows.at(-1)?.webContents;
    const copies = structuredClone(values);
    setImmediate(() => ipcMain.emit(channel, { sender, senderFrame: sender?.mainFrame ?? null }, ...copies));
  }

  receive(channel: string, message: unknown, ports: readonly MessagePortMain[]): void {
    const copy: unknown = structuredClone(message);
    setImmediate(() => this.emit(channel, { ports: ports.map(({ raw }) => raw) }, copy));
  }
}

export const ipcRenderer = onlyEmitter('ipcRenderer', () => new StandInIpcRenderer());

export const contextBridge = {
  /** Only functions and plain data cross; what the page gets is a copy. */
  exposeInMainWorld(key: string, api: Readonly<Record<string, unknown>>): void {
    if (world.bridges.has(key)) throw new Error(`Cannot bind an API on top of an existing property: ${key}`);
    const copies = Object.entries(api).map(([name, value]) => [
      name,
      typeof value === 'function' ? (...values: unknown[]): unknown => value(...values) : structuredClone(value),
    ]);
    world.bridges.set(key, Object.freeze(Object.fromEntries(copies) as Record<string, unknown>));
  },
};

export const webUtils = {
  /** The real one answers only for files that a person gave. */
  getPathForFile: (file: { readonly path?: string }): string => file.path ?? '',
};
