import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { type ShellPlaces, runShell } from '../../../main/host/shell.ts';
import { app } from './electron-stand-in.ts';
import type { StandInUtilityProcess } from './electron-stand-in/utility-process.ts';
import type { StandInWindow } from './electron-stand-in/window.ts';
import { type OpenBox, resetWorld, world } from './electron-stand-in/world.ts';

/** A shell on the stand-in for Electron, with a clock that tests turn. Files that use it mock `electron` themselves. */

let folder: string;
export let places: ShellPlaces;

beforeEach(async () => {
  resetWorld();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  folder = mkdtempSync(join(tmpdir(), 'fieldboot-shell-'));
  const uiFolder = join(folder, 'renderer');
  await mkdir(uiFolder);
  writeFileSync(join(uiFolder, 'index.html'), '<!doctype html><title>Fieldboot</title>');
  places = {
    version: '1.2.3',
    dataFolder: join(folder, 'data'),
    loadersFolder: join(folder, 'loaders'),
    uiFolder,
    preloadFile: join(folder, 'preload.cjs'),
    stationEntryFile: join(folder, 'station-entry.js'),
  };
});

afterEach(async () => {
  vi.useRealTimers();
  // The place of the window may still be on its way to the disk.
  await settled();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Everything that was put off to "as soon as possible" has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
}

/** The window, as it is made. */
export async function opened(): Promise<StandInWindow> {
  runShell(places);
  app.becomeReady();
  await Promise.resolve();
  await Promise.resolve();
  const [window] = world.windows;
  if (window === undefined) throw new Error('no window was opened');
  return window;
}

export async function started(): Promise<StandInWindow> {
  const window = await opened();
  // The page is read from the disk.
  while (!window.visible) await settled();
  return window;
}

export const station = (): StandInUtilityProcess => {
  const child = world.processes.at(-1);
  if (child === undefined) throw new Error('no station was started');
  return child;
};

export const kinds = (child: StandInUtilityProcess): unknown[] =>
  child.sent.map(({ message }) => (message as { kind: string }).kind);

export async function says(message: object): Promise<void> {
  station().parentPort.postMessage(message);
  await settled();
}

export async function crashes(exitCode = 9): Promise<void> {
  station().exit(exitCode);
  await settled();
}

export const box = (): OpenBox => {
  const [open] = world.boxes;
  if (open === undefined) throw new Error('no dialog is open');
  return open;
};

export async function answers(value: Parameters<OpenBox['answer']>[0]): Promise<void> {
  box().answer(value);
  await settled();
}
