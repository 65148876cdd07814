import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ShellPlaces, runShell } from '../../../main/host/shell.ts';
import { app, ipcMain, session } from './electron-stand-in.ts';
import type { MessagePortMain } from './electron-stand-in/ports.ts';
import type { StandInUtilityProcess } from './electron-stand-in/utility-process.ts';
import type { StandInWindow } from './electron-stand-in/window.ts';
import { type OpenBox, resetWorld, world } from './electron-stand-in/world.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

let folder: string;
let places: ShellPlaces;

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
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
}

/** The window, as it is made. */
async function opened(): Promise<StandInWindow> {
  runShell(places);
  app.becomeReady();
  await Promise.resolve();
  await Promise.resolve();
  const [window] = world.windows;
  if (window === undefined) throw new Error('no window was opened');
  return window;
}

async function started(): Promise<StandInWindow> {
  const window = await opened();
  // The page is read from the disk.
  while (!window.visible) await settled();
  return window;
}

const station = (): StandInUtilityProcess => {
  const child = world.processes.at(-1);
  if (child === undefined) throw new Error('no station was started');
  return child;
};

const kinds = (child: StandInUtilityProcess): unknown[] =>
  child.sent.map(({ message }) => (message as { kind: string }).kind);

async function says(message: object): Promise<void> {
  station().parentPort.postMessage(message);
  await settled();
}

async function crashes(exitCode = 9): Promise<void> {
  station().exit(exitCode);
  await settled();
}

const box = (): OpenBox => {
  const [open] = world.boxes;
  if (open === undefined) throw new Error('no dialog is open');
  return open;
};

async function answers(value: Parameters<OpenBox['answer']>[0]): Promise<void> {
  box().answer(value);
  await settled();
}

describe('start', () => {
  it('opens one window at its own address, in the sandbox, under its policy', async () => {
    const window = await started();
    expect(world.sandboxed).toBe(true);
    expect(world.privileges.get('app')).toEqual({ standard: true, secure: true, supportFetchAPI: true });
    expect(window.options.webPreferences).toMatchObject({
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
    });
    expect(window.webContents.mainFrame.url).toBe('app://station/');
    expect(window.page?.status).toBe(200);
    expect(await window.page?.text()).toContain('<title>Fieldboot</title>');
    const policy = window.page?.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(window.page?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(world.menu).toBeDefined();
  });

  it('guards the page and its session from the first moment', async () => {
    const { webContents } = await opened();
    expect(webContents.attempt('will-navigate', 'https://evil.example/')).toBe(false);
    expect(webContents.openWindow('https://evil.example/')).toBe('deny');
    expect(session.defaultSession.permissions('media')).toEqual({ request: false, check: false, device: false });
    expect(session.defaultSession.loads('https://evil.example/')).toBe(false);
  });

  it('shows the window when it has something to show', async () => {
    const window = await opened();
    expect([window.visible, window.page]).toEqual([false, undefined]);
    while (window.page === undefined) await settled();
    expect(window.visible).toBe(true);
  });

  it('bears to be closed before it has anything to show', async () => {
    const window = await opened();
    window.close();
    await settled();
    expect([window.isDestroyed(), window.visible]).toEqual([true, false]);
  });

  it.each([
    ['GET', 'app://station/../../etc/passwd', 404],
    ['GET', 'app://station/%2e%2e/%2e%2e/etc/passwd', 404],
    ['GET', 'app://station/no-such-file.js', 404],
    ['GET', 'app://elsewhere/', 400],
    ['POST', 'app://station/', 400],
  ])('answers %s %s with %d', async (method, url, status) => {
    await started();
    const response = await world.protocolHandlers.get('app')?.(new Request(url, { method }));
    expect(response?.status).toBe(status);
  });

  it('starts the station with the places it needs, and with no more', async () => {
    await started();
    expect(world.processes).toHaveLength(1);
    expect(station().modulePath).toBe(places.stationEntryFile);
    expect(JSON.parse(station().args[0] ?? '')).toMatchObject({ version: '1.2.3', dataFolder: places.dataFolder });
  });

  it('leaves at once where another instance runs', async () => {
    world.lockIsFree = false;
    runShell(places);
    expect(world.exitCode).toBe(0);
    app.becomeReady();
    await settled();
    expect([world.windows, world.processes]).toEqual([[], []]);
  });

  it('comes forward when it is started a second time', async () => {
    const window = await started();
    window.minimized = true;
    app.emit('second-instance', {}, []);
    expect([window.minimized, window.focused, world.windows.length]).toEqual([false, 1, 1]);
  });

  it('opens where it was closed', async () => {
    await mkdir(places.dataFolder);
    writeFileSync(
      join(places.dataFolder, 'window.json'),
      JSON.stringify({ x: 50, y: 60, width: 1000, height: 700, maximized: true }),
    );
    const window = await started();
    expect(window.options).toMatchObject({ x: 50, y: 60, width: 1000, height: 700 });
    expect(window.maximized).toBe(true);
  });
});

describe('lines of pages', () => {
  const trusted = (window: StandInWindow) => ({
    sender: window.webContents,
    senderFrame: window.webContents.mainFrame,
  });
  const posted = (window: StandInWindow) => vi.spyOn(window.webContents, 'postMessage');

  it('gives each request a port under its number, and the station the other end', async () => {
    const window = await started();
    const post = posted(window);
    ipcMain.emit('station:connect', trusted(window), 7);
    expect(kinds(station())).toEqual(['connect']);
    expect(post).toHaveBeenCalledWith('station:port', 7, [expect.anything()]);

    const here = post.mock.calls[0]?.[2]?.[0] as MessagePortMain;
    const there = station().sent[0]?.ports[0];
    const heard = new Promise((resolve) => void there?.once('message', ({ data }) => resolve(data)));
    there?.start();
    here.postMessage('hello');
    expect(await heard).toBe('hello');
    here.close();
  });

  it.each([
    ['a frame in the page', { url: 'app://station/', parent: {} }, 1],
    ['another page', { url: 'https://evil.example/', parent: null }, 1],
    ['a frame that is gone', null, 1],
    ['the page, without a number', { url: 'app://station/', parent: null }, undefined],
    ['the page, with something else', { url: 'app://station/', parent: null }, { length: 1 }],
  ])('ignores %s', async (_who, senderFrame, request) => {
    const window = await started();
    ipcMain.emit('station:connect', { sender: window.webContents, senderFrame }, request);
    expect(kinds(station())).toEqual([]);
  });

  it('lets a page wait for the next station, and gives only its last request a port', async () => {
    const window = await started();
    const post = posted(window);
    await crashes();
    ipcMain.emit('station:connect', trusted(window), 1);
    ipcMain.emit('station:connect', trusted(window), 2);
    expect(post).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    await settled();
    expect(world.processes).toHaveLength(2);
    expect(post.mock.calls.map(([, request]) => request)).toEqual([2]);
    expect(kinds(station())).toEqual(['connect']);

    // A request is answered once: the page asks anew for every line.
    await crashes();
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(kinds(station())).toEqual([]);
  });

  it('gives nothing to a page that is gone meanwhile', async () => {
    const window = await started();
    await crashes();
    ipcMain.emit('station:connect', trusted(window), 1);
    window.webContents.destroy();
    vi.advanceTimersByTime(500);
    await settled();
    expect(kinds(station())).toEqual(['connect']);
  });
});

describe('a station that crashes', () => {
  it('is started again, and the person is told once', async () => {
    await started();
    await crashes();
    expect(box().options['message']).toContain('was started again');
    vi.advanceTimersByTime(499);
    expect(world.processes).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(world.processes).toHaveLength(2);
    await settled();
    await crashes();
    expect(world.boxes).toHaveLength(1);
  });

  async function crashUntilGivenUp(): Promise<void> {
    for (let crash = 1; crash <= 5; crash += 1) {
      await crashes();
      if (world.boxes.length > 0 && crash < 5) await answers({ response: 0 });
      vi.advanceTimersByTime(10_000);
      await settled();
    }
  }

  it('is not started for ever: the fifth crash in a minute is the last', async () => {
    await started();
    await crashUntilGivenUp();
    expect(world.processes).toHaveLength(5);
    vi.advanceTimersByTime(600_000);
    expect(world.processes).toHaveLength(5);
    expect(box().options).toMatchObject({ message: 'The station cannot run.', buttons: ['Try again', 'Quit'] });
    expect(box().options['detail']).toContain('exit code 9');
  });

  it('is tried again where the person asks for it', async () => {
    await started();
    await crashUntilGivenUp();
    await answers({ response: 0 });
    expect(world.processes).toHaveLength(6);
    expect(world.exitCode).toBeUndefined();
    // With all of its tries.
    await crashes();
    vi.advanceTimersByTime(500);
    expect(world.processes).toHaveLength(7);
  });

  it('ends the app where the person has enough', async () => {
    await started();
    await crashUntilGivenUp();
    await answers({ response: 1 });
    expect(world.exitCode).toBe(0);
  });

  it('says in its last dialog why it could not start', async () => {
    await started();
    await says({ kind: 'failed', title: 'The data folder cannot be written.', advice: 'Make room on the disk.' });
    await crashUntilGivenUp();
    expect(box().options['detail']).toBe('The data folder cannot be written. Make room on the disk.');
  });

  it('wakes the computer no more, and quits without a question', async () => {
    const window = await started();
    await says({ kind: 'session', running: true, booting: 3 });
    expect(world.blockers.size).toBe(1);
    await crashes();
    expect(world.blockers.size).toBe(0);
    window.close();
    expect(window.isDestroyed()).toBe(true);
  });
});

describe('while a session runs', () => {
  it('the computer stays awake, once', async () => {
    await started();
    await says({ kind: 'session', running: true, booting: 0 });
    await says({ kind: 'session', running: true, booting: 2 });
    expect(world.blockers.size).toBe(1);
    await says({ kind: 'session', running: false, booting: 0 });
    expect(world.blockers.size).toBe(0);
  });

  it('what the station says is checked', async () => {
    await started();
    for (const message of [
      { kind: 'session', running: true },
      { kind: 'quit' },
      { kind: 'session', running: true, booting: -1 },
    ]) {
      await says(message);
    }
    expect(world.blockers.size).toBe(0);
  });

  it.each([
    [0, 'A session is running.'],
    [1, 'One machine is still booting.'],
    [24, '24 machines are still booting.'],
  ])('closing the window with %d machines under way asks first', async (booting, message) => {
    const window = await started();
    await says({ kind: 'session', running: true, booting });
    window.close();
    window.close();
    expect(world.boxes).toHaveLength(1);
    expect(box().options).toMatchObject({ message, defaultId: 0, cancelId: 0 });
    await answers({ response: 0 });
    expect([window.isDestroyed(), world.exitCode]).toEqual([false, undefined]);
    expect(kinds(station())).not.toContain('stop');
  });

  it('so does quitting, and then the station is stopped before the program ends', async () => {
    const window = await started();
    await says({ kind: 'session', running: true, booting: 1 });
    app.quit();
    await settled();
    expect(world.exitCode).toBeUndefined();
    await answers({ response: 1 });
    expect(window.isDestroyed()).toBe(true);
    expect(kinds(station())).toEqual(['stop']);
    expect(world.exitCode).toBeUndefined();
    station().exit(0);
    await settled();
    expect(world.exitCode).toBe(0);
    expect(world.processes).toHaveLength(1);
  });
});

describe('the end', () => {
  it('closing the window ends the app on every platform, without a question where nothing runs', async () => {
    const window = await started();
    window.close();
    await settled();
    expect(world.boxes).toEqual([]);
    expect(kinds(station())).toEqual(['stop']);
    station().exit(0);
    await settled();
    expect(world.exitCode).toBe(0);
  });

  it('does not wait for ever for a station that hangs', async () => {
    await started();
    app.quit();
    await settled();
    vi.advanceTimersByTime(9_999);
    await settled();
    expect([station().killed, world.exitCode]).toEqual([false, undefined]);
    vi.advanceTimersByTime(1);
    await settled();
    expect([station().killed, world.exitCode]).toEqual([true, 0]);
  });

  it('stops a station that is only just starting', async () => {
    world.launch = () => {};
    await started();
    app.quit();
    await settled();
    expect(kinds(station())).toEqual([]);
    station().emit('spawn');
    expect(kinds(station())).toEqual(['stop']);
  });

  it('does not start a station again that waits for its next try', async () => {
    const window = await started();
    await crashes();
    window.close();
    await settled();
    expect(world.exitCode).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(world.processes).toHaveLength(1);
  });

  it('remembers where the window was', async () => {
    const window = await started();
    window.close();
    vi.useRealTimers();
    const file = join(places.dataFolder, 'window.json');
    await vi.waitUntil(() => existsSync(file));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ x: 0, y: 0, width: 1280, height: 800, maximized: false });
  });
});

describe('dialogs for the station', () => {
  it.each([
    [
      'a file',
      { canceled: false, filePaths: ['/isos/debian.iso'] },
      { kind: 'picked-image', id: 4, path: '/isos/debian.iso' },
    ],
    ['nothing', { canceled: true, filePaths: [] }, { kind: 'picked-image', id: 4 }],
  ])('the person picks %s', async (_what, answer, sent) => {
    await started();
    await says({ kind: 'pick-image', id: 4 });
    expect(box()).toMatchObject({ kind: 'open', options: { properties: ['openFile'] } });
    await answers(answer);
    expect(station().sent.at(-1)?.message).toEqual(sent);
  });
});

describe('a page whose process dies', () => {
  it('is loaded again, but not for ever', async () => {
    const window = await started();
    for (let crash = 1; crash <= 8; crash += 1) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
      vi.advanceTimersByTime(5_000);
      await settled();
    }
    expect(window.loads).toBe(1 + 4);
    expect(world.processes).toHaveLength(1);
  });

  it('is left alone where it ended as it should', async () => {
    const window = await started();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    vi.advanceTimersByTime(60_000);
    await settled();
    expect(window.loads).toBe(1);
  });
});
