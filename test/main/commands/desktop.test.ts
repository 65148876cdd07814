import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DesktopFacts, desktopCommand, findElectron, runDesktop } from '../../../main/commands/desktop.ts';

const facts: DesktopFacts = {
  platform: 'linux',
  environment: { DISPLAY: ':0' },
  isRoot: false,
  electron: '/e/electron',
  bundle: '/app/out/main/index.js',
};

describe('desktopCommand', () => {
  it.each([
    ['Electron, a bundle and a screen', {}, true],
    ['Wayland', { environment: { WAYLAND_DISPLAY: 'wayland-0' } }, true],
    ['macOS', { platform: 'darwin', environment: {} }, true],
    ['Windows', { platform: 'win32', environment: {} }, true],
    ['root on macOS', { platform: 'darwin', environment: {}, isRoot: true }, true],
    ['root on Linux', { isRoot: true }, false],
    ['no screen', { environment: {} }, false],
    ['a screen that is not wanted', { environment: { DISPLAY: ':0', FIELDBOOT_NO_BROWSER: '1' } }, false],
    ['CI', { environment: { DISPLAY: ':0', CI: 'true' } }, false],
    ['no Electron', { electron: undefined }, false],
    ['no bundle', { bundle: undefined }, false],
  ] as const)('%s', (_what, change, opens) => {
    expect(desktopCommand({ ...facts, ...change })).toEqual(opens ? ['/e/electron', '/app'] : undefined);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'fieldboot-desktop-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('findElectron', () => {
  it('is the program that the package names, once it was fetched', () => {
    expect(findElectron(folder, {})).toBeUndefined();
    writeFileSync(join(folder, 'path.txt'), 'electron.exe\n');
    expect(findElectron(folder, {})).toBeUndefined();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'electron.exe'), '');
    expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron.exe'));
  });

  it('may be given', () => {
    writeFileSync(join(folder, 'electron'), '');
    expect(findElectron('/nowhere', { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(join(folder, 'electron'));
    expect(findElectron('/nowhere', { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toBeUndefined();
  });
});

describe('runDesktop', () => {
  const app = (code: string): string => {
    const file = join(folder, 'app.cjs');
    writeFileSync(file, code);
    return file;
  };

  it.each([
    ['that is closed', '', 0],
    ['that fails at once', 'process.exit(7)', undefined],
    ['that is killed at once', 'process.kill(process.pid, "SIGTRAP")', undefined],
  ])('an app %s', async (_what, code, expected) => {
    expect(await runDesktop(process.execPath, app(code))).toBe(expected);
  });

  it('no such program', async () => {
    expect(await runDesktop(join(folder, 'no-such-program'), folder)).toBeUndefined();
  });
});
