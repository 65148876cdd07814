import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { monitorScenes } from './scenes/monitor.ts';
import { placesScenes } from './scenes/places.ts';
import type { Scene } from './scenes/scene.ts';

/** What a page shows, as its reader's eye meets it, and what an attack would have left in it; `d` is the curve of our own chart. */
const look = `({
  text: document.body.innerText,
  longest: Math.max(...[...document.querySelectorAll('body *')].filter((one) => one.children.length === 0).map((one) => one.textContent.length)),
  longestAttribute: Math.max(...[...document.querySelectorAll('body *')].flatMap((one) => [...one.attributes].map(({ name, value }) => (name === 'd' ? 0 : value.length)))),
  injected: document.querySelectorAll('main script, main img[src="x"], main [onerror]').length,
  title: document.title,
  overflows: document.documentElement.scrollWidth > innerWidth,
  sideways: [...document.querySelectorAll('main *')].some(
    (one) => getComputedStyle(one).overflowX === 'auto' && one.scrollWidth > one.clientWidth + 1,
  ),
})`;

interface Seen {
  readonly text: string;
  readonly longest: number;
  readonly longestAttribute: number;
  readonly injected: number;
  readonly title: string;
  readonly overflows: boolean;
  readonly sideways: boolean;
}

const hostileScenes = [...monitorScenes, ...placesScenes].filter(({ name }) => name.endsWith('hostile'));
// What turns writing around, cannot be seen or controls a terminal; a line's end is layout and not part of any name.
const unseen = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

describe('names chosen by an attacker', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(hostileScenes[0] as Scene);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  it('are looked at on three screens', () => {
    expect(hostileScenes.map(({ name }) => name)).toEqual(['monitor-hostile', 'library-hostile', 'sessions-hostile']);
  });

  it.each(hostileScenes.map((scene) => [scene.name, scene] as const))(
    '%s: nothing runs, nothing is turned around, nothing is longer than it may be, nothing is pushed aside',
    async (_name, scene) => {
      await using page = await openScene(browser, server, scene);
      if (scene.name === 'monitor-hostile') {
        await page.getByRole('button', { name: 'Table' }).click();
        await page
          .getByRole('grid')
          .getByRole('button', { name: /onerror/ })
          .first()
          .click();
        await page.getByRole('dialog').waitFor();
      }
      const seen = await page.evaluate<Seen>(look);
      expect(seen.text).not.toMatch(unseen);
      expect(seen.text).toMatch(/‹202E›/);
      expect(seen.longest).toBeLessThan(1500);
      expect(seen.longestAttribute).toBeLessThan(1500);
      expect(seen.injected).toBe(0);
      expect(seen.title).not.toContain('owned');
      expect(seen.overflows).toBe(false);
      expect(seen.sideways).toBe(false);
      expect(complaintsOf(page)).toEqual([]);
    },
  );
});
