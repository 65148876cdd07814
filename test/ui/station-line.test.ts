import { gzipSync } from 'node:zlib';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtUi } from './build-ui.ts';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import type { Scene } from './scenes/scene.ts';
import { benchStation, libraryImage, rescueSystem } from './scenes/station.ts';

const bench: Scene = { name: 'a bench', state: benchStation };

describe('a screen and its station', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(bench);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  it('takes the token out of the address bar, and a reload still gets in', async () => {
    await using page = await openScene(browser, server, bench);
    expect(page.url()).not.toContain('token');
    await page.reload();
    await page.getByText('Debian 13.1 netinst').waitFor();
  });

  it('says so while the station is gone, and then shows what is true now', async () => {
    await using page = await openScene(browser, server, { ...bench, cutOff: true });
    await page.getByText('The station does not answer').waitFor();
    expect(await page.getByText('Debian 13.1 netinst').count()).toBe(1);
    server.show({ ...bench, state: { ...benchStation, images: [libraryImage(rescueSystem)] } });
    await expect.poll(() => page.getByText('Debian 13.1 netinst').count(), { timeout: 10_000 }).toBe(0);
    expect(await page.getByText('The station does not answer').count()).toBe(0);
    server.tell({ event: 'images.changed', value: [libraryImage(rescueSystem, { name: 'Renamed' })] });
    await page.getByText('Renamed').waitFor();
  });

  it('says what to do where its token is not the station’s', async () => {
    server.show(bench);
    const page = await browser.newPage();
    await page.goto(server.url.replace(/token=.*/, 'token=of-another-start'));
    await page.getByRole('heading').waitFor();
    expect(await page.getByRole('heading').textContent()).toBe('This address is not valid any more');
    await page.close();
  });

  it('shows the wizard within a second of a cold start', async () => {
    server.show(bench);
    // A page of its own: the scenes' clock stands still, and its measures with it.
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.getByText('Debian 13.1 netinst').waitFor();
    const shownMs = await page.evaluate<number>(
      `new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))`,
    );
    const paintMs = await page.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity`,
    );
    await page.close();
    expect(paintMs).toBeLessThan(1000);
    // As seen from outside, with the test's own round trips.
    expect(shownMs).toBeLessThan(2500);
  });

  it('weighs less than 350 kB, fonts and all screens included', () => {
    const folder = builtUi();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.map((file) => gzipSync(readFileSync(join(file.parentPath, file.name))).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000);
  });
});
