import { type Browser, type Page, chromium } from 'playwright-core';
import type { SceneServer } from './scene-server.ts';
import { type Scene, sceneNowMs } from './scenes/scene.ts';

/** Debian's Chromium, quiet and without a display. */
export function startBrowser(executablePath = '/usr/bin/chromium'): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

interface Look {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

export const usualLook: Look = { theme: 'light', width: 1280, height: 800 };

/** A page that shows a scene as a person would see it who did what the scene says. Its console must stay empty. */
export async function openScene(browser: Browser, server: SceneServer, scene: Scene, look = usualLook): Promise<Page> {
  server.show(scene);
  const page = await browser.newPage({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-GB',
  });
  page.on('console', (message) => {
    const expected = scene.cutOff === true && /ERR_|WebSocket|40[13]/.test(message.text());
    if (!expected && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const complaints = complaintsOf(page);
  await page.clock.setFixedTime(sceneNowMs);
  if (scene.draft !== undefined) {
    const draft = JSON.stringify(JSON.stringify({ step: 'image', ...scene.draft }));
    await page.addInitScript(`sessionStorage.setItem('fieldboot.wizard', ${draft})`);
  }
  await page.goto(server.url);
  await page.waitForSelector('main h1, main h2', { timeout: 10_000 });
  if (scene.hash !== undefined) {
    await page.evaluate(`location.hash = ${JSON.stringify(scene.hash)}`);
    await page.waitForTimeout(150);
    // A screen's own code may still be on its way.
    await page.waitForSelector('main h1', { timeout: 10_000 });
  }
  await scene.act?.(page);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.waitForTimeout(150);
  return page;
}

const complaints = new WeakMap<Page, string[]>();

/** What a page wrote to its console or threw: defects, and breaches of the content security policy. */
export function complaintsOf(page: Page): string[] {
  const known = complaints.get(page) ?? [];
  complaints.set(page, known);
  return known;
}
