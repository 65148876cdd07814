import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runShell } from '../../../main/host/shell.ts';
import { app, ipcMain, session } from './electron-stand-in.ts';
import type { MessagePortMain } from './electron-stand-in/ports.ts';
import type { StandInWindow } from './electron-stand-in/window.ts';
import { world } from './electron-stand-in/world.ts';
import { crashes, kinds, opened, places, settled, started, station } from './shell-bench.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

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
