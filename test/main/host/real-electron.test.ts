import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, type Page, _electron } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktopFacts } from '../../../main/commands/desktop.ts';

/** The built app in Electron itself, wherever its program and a screen are. Everything else of the shell is tried against a stand-in. */

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

const { platform, environment, isRoot, electron } = desktopFacts();
const reason =
  electron === undefined
    ? "Electron's own program is not there (npx install-electron fetches it)"
    : platform === 'linux' && isRoot
      ? 'Chromium has no sandbox for root'
      : platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']
        ? 'there is no screen (xvfb-run makes one)'
        : undefined;
if (reason !== undefined) process.stderr.write(`\nNOT TRIED IN REAL ELECTRON: ${reason}.\n\n`);

describe.skipIf(reason !== undefined)('in real Electron only', () => {
  let project: string;
  let app: ElectronApplication;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), 'fieldboot-electron-'));
    const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    await run(process.execPath, [builder, 'build', '--outDir', join(project, 'out')], { cwd: root });
    cpSync(join(root, 'package.json'), join(project, 'package.json'));
    for (const name of ['koffi', '@koromix']) {
      cpSync(join(root, 'node_modules', name), join(project, 'node_modules', name), { recursive: true });
    }
    app = await _electron.launch({
      executablePath: electron ?? '',
      args: [project],
      env: { ...(process.env as Record<string, string>), FIELDBOOT_DATA: join(project, 'data') },
    });
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  }, 180_000);

  afterAll(async () => {
    await app.close();
    rmSync(project, { recursive: true, force: true, maxRetries: 5 });
  });

  it('shows the page at its own address, connected to its station, without a complaint', async () => {
    expect(page.url()).toBe('app://station/');
    await page.locator('#root > *').first().waitFor();
    await page.locator('main').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('gives the page the bridge and nothing of Node', async () => {
    expect(
      await page.evaluate(() => ({
        bridge: Object.keys((globalThis as unknown as { station: object }).station).sort(),
        require: typeof (globalThis as { require?: unknown }).require,
        process: typeof (globalThis as { process?: unknown }).process,
      })),
    ).toEqual({ bridge: ['close', 'open', 'pathOfFile', 'send'], require: 'undefined', process: 'undefined' });
  });

  it('lets the page go nowhere', async () => {
    await page.evaluate("location.href = 'https://example.org/'");
    expect(await page.evaluate("String(window.open('https://example.org/'))")).toBe('null');
    expect(await page.evaluate("fetch('https://example.org/').then(() => 'fetched', () => 'refused')")).toBe('refused');
    expect(await page.evaluate('Notification.requestPermission()')).toBe('denied');
    expect(page.url()).toBe('app://station/');
    expect(app.windows()).toHaveLength(1);
  });

  it('has the station in a process of its own, and starts it again when it is killed', async () => {
    const stations = () =>
      app.evaluate(({ app }) =>
        app
          .getAppMetrics()
          .filter(({ name }) => name === 'Fieldboot station')
          .map(({ pid }) => pid),
      );
    const [pid] = await stations();
    if (pid === undefined) throw new Error('no process of the station');
    process.kill(pid, 'SIGKILL');
    const others = async () => (await stations()).filter((other) => other !== pid).length;
    await expect.poll(others, { timeout: 20_000 }).toBe(1);
  });
});
