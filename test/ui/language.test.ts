import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { languageScenes } from './scenes/language.ts';

interface Seen {
  /** Words on the screen that are in no catalogue. */
  readonly untranslated: readonly string[];
  /** Words that are cut off without a sign of it, or push something aside. */
  readonly cut: readonly string[];
}

/**
 * Looks at every text of the page. What the station and the machines say (in `bdi`), what is written as code, and figures are nobody's to
 * translate.
 */
const look = `(() => {
  const untranslated = [];
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (!/[a-z]{3}/i.test(text) || /^(Pseudo-)?English$/.test(text) || element.closest('bdi, code, time, kbd, [data-station]') !== null) continue;
    const whole = element.textContent;
    if (!whole.includes('[')) untranslated.push(text);
  }
  for (const element of document.querySelectorAll('button, a, h1, h2, h3, p, label, li, dt, dd, span')) {
    const style = getComputedStyle(element);
    const isCut = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && style.clipPath === 'none';
    if (isCut && element.scrollWidth > element.clientWidth + 1) cut.push(element.textContent);
  }
  // Text that is wider than its box lies over its neighbour.
  const boxOf = (element) => (getComputedStyle(element).display === 'inline' ? boxOf(element.parentElement) : element);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (node.textContent.trim() === '' || node.parentElement.closest('svg') !== null) continue;
    const box = boxOf(node.parentElement);
    if (getComputedStyle(box).overflowX !== 'visible') continue;
    range.selectNodeContents(node);
    if (range.getBoundingClientRect().right > box.getBoundingClientRect().right + 2) cut.push(node.textContent);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) cut.push('the page is ' + scrollWidth + ' wide');
  for (const element of document.querySelectorAll('button, h1, h2, label')) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 1 && (left < 0 || right > innerWidth + 1)) cut.push(element.textContent);
  }
  return { untranslated, cut };
})()`;

describe('another language', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(languageScenes[0]!);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  it.each(languageScenes.map((scene) => [scene.name, scene] as const))(
    '%s: every word is from a catalogue, and there is room for words that are 40 % longer',
    async (_name, scene) => {
      await using page = await openScene(browser, server, scene);
      const seen = await page.evaluate<Seen>(look);
      expect(seen.untranslated).toEqual([]);
      expect(seen.cut).toEqual([]);
      expect(complaintsOf(page)).toEqual([]);
    },
  );

  it('is left again in the settings, and kept for the next start', async () => {
    const settings = languageScenes.find(({ name }) => name === 'language-settings');
    await using page = await openScene(browser, server, settings ?? languageScenes[0]!);
    expect(await page.evaluate('localStorage.getItem("fieldboot.language")')).toBe('en-XA');
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await expect.poll(() => server.received.at(-1)).toEqual({ call: 'settings.change', arg: { language: 'en' } });
    server.tell({ event: 'settings.changed', value: { theme: 'system', language: 'en' } });
    await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    expect(await page.evaluate('localStorage.getItem("fieldboot.language")')).toBe('en');
  });
});
