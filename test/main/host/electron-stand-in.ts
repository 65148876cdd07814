/**
 * Stands in for the module `electron` where its binary cannot run: real emitters, real message ports, the order of events and the errors of
 * Electron's documentation. Tests reach what it knows through `world`.
 */
export { app } from './electron-stand-in/app.ts';
export { Menu, dialog, nativeTheme, powerSaveBlocker, screen, shell } from './electron-stand-in/desktop.ts';
export { contextBridge, ipcMain, ipcRenderer, webUtils } from './electron-stand-in/ipc.ts';
export { MessageChannelMain } from './electron-stand-in/ports.ts';
export { protocol, session } from './electron-stand-in/session.ts';
export { utilityProcess } from './electron-stand-in/utility-process.ts';
export { StandInWindow as BrowserWindow } from './electron-stand-in/window.ts';
