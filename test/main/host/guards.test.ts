import { beforeEach, describe, expect, it, vi } from 'vitest';
import { denySession, guardEveryPage } from '../../../main/host/guards.ts';
import { isTrustedSender } from '../../../main/host/sender.ts';
import * as electron from './electron-stand-in.ts';
import { resetWorld, world } from './electron-stand-in/world.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

const { defaultSession } = electron.session;
const options = { width: 1, height: 1, webPreferences: {} };

beforeEach(() => {
  resetWorld();
  electron.app.becomeReady();
});

describe('pages', () => {
  it('may do all of this where nobody guards them, so that what follows can fail', () => {
    const { webContents } = new electron.BrowserWindow(options);
    expect(webContents.attempt('will-navigate', 'https://evil.example/')).toBe(true);
    expect(webContents.openWindow('https://evil.example/')).toBe('allow');
  });

  it.each([
    ['will-navigate', 'app://station/', true],
    ['will-navigate', 'app://station/#/monitor', true],
    ['will-navigate', 'https://evil.example/', false],
    ['will-navigate', 'file:///etc/passwd', false],
    ['will-navigate', 'app://other/', false],
    ['will-redirect', 'http://127.0.0.1/', false],
    ['will-frame-navigate', 'data:text/html,hello', false],
    ['will-frame-navigate', 'about:blank', false],
    ['will-attach-webview', 'app://station/', false],
  ] as const)('%s to %s: %s', (event, url, allowed) => {
    guardEveryPage();
    const { webContents } = new electron.BrowserWindow(options);
    expect(webContents.attempt(event, url)).toBe(allowed);
  });

  it.each([
    ['https://ipxe.org/err/0c0070', ['https://ipxe.org/err/0c0070']],
    ['https://evil.example/', []],
    ['file:///usr/bin/xterm', []],
    ['app://station/', []],
  ])('open no window for %s; documentation opens in the browser', (url, outside) => {
    guardEveryPage();
    const { webContents } = new electron.BrowserWindow(options);
    expect(webContents.openWindow(url)).toBe('deny');
    expect(world.openedOutside).toEqual(outside);
  });
});

describe('the session of pages', () => {
  beforeEach(() => denySession(defaultSession as never));

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'hid', 'serial', 'usb', 'openExternal'])(
    'has no permission for %s',
    (permission) => {
      expect(defaultSession.permissions(permission)).toEqual({ request: false, check: false, device: false });
    },
  );

  it.each([
    ['http://127.0.0.1/', false],
    ['https://example.org/', false],
    ['ws://127.0.0.1:8460/', false],
    ['wss://example.org/', false],
    ['file:///etc/passwd', false],
    ['app://station/', true],
  ])('loads %s: %s', (url, allowed) => {
    expect(defaultSession.loads(url)).toBe(allowed);
  });

  it.each([
    ['blob:app://station/7a1f', true],
    ['blob:https://evil.example/7a1f', false],
    ['https://evil.example/a.exe', false],
    ['data:text/plain,hello', false],
  ])('writes %s to a file: %s', (url, allowed) => {
    expect(defaultSession.downloads(url)).toBe(allowed);
  });
});

describe('isTrustedSender', () => {
  const frame = (url: string, parent: object | null = null): never => ({ senderFrame: { url, parent } }) as never;

  it.each([
    ['the page', frame('app://station/'), true],
    ['a frame in the page', frame('app://station/', {}), false],
    ['another page', frame('https://evil.example/'), false],
    ['a frame that is gone', { senderFrame: null } as never, false],
  ])('%s', (_what, event, trusted) => {
    expect(isTrustedSender(event)).toBe(trusted);
  });
});
