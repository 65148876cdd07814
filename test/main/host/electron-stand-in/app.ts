import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { cancelable, onlyEmitter, world } from './world.ts';

/** Electron's `app`: the order of its events is that of its documentation. */
class StandInApp extends EventEmitter {
  #quitting = false;

  get isPackaged(): boolean {
    return world.isPackaged;
  }

  enableSandbox(): void {
    if (world.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    world.sandboxed = true;
  }

  requestSingleInstanceLock(): boolean {
    return world.lockIsFree;
  }

  async whenReady(): Promise<void> {
    if (!world.isReady) await new Promise<void>((resolve) => void this.once('ready', resolve));
  }

  /** For tests: Chromium is up. */
  becomeReady(): void {
    world.isReady = true;
    this.emit('ready', {});
  }

  getVersion(): string {
    return '1.2.3';
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    world.paths.set(name, path);
  }

  setAppUserModelId(): void {}

  quit(): void {
    if (this.#quitting || world.exitCode !== undefined) return;
    const event = cancelable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    for (const window of world.windows) {
      window.close();
      if (!window.isDestroyed()) {
        this.#quitting = false;
        return;
      }
    }
    const last = cancelable({});
    this.emit('will-quit', last);
    this.#quitting = false;
    if (last.defaultPrevented) return;
    this.emit('quit', {}, 0);
    world.exitCode = 0;
  }

  /** A window is gone. */
  windowClosed(): void {
    if (world.windows.length > 0 || this.#quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }
}

export const app = onlyEmitter('app', () => new StandInApp());
