import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { scenes } from './scenes/all-scenes.ts';
import { languageScenes } from './scenes/language.ts';
import { shellScenes } from './scenes/shell.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The theme changes colours and nothing else. */
const colours = ['color-contrast'];

/** What axe finds, a line each, with what it found it on. */
async function findings(page: Page, rules: readonly string[]): Promise<string[]> {
  const { violations } = await page.evaluate<{ violations: Finding[] }>(`
    axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })
      .then(({ violations }) => ({ violations }))
  `);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
}

describe('every scene', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(scenes[0] ?? shellScenes[0]!);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  // Another language changes words and nothing else.
  it.each(scenes.filter((scene) => !languageScenes.includes(scene)).map((scene) => [scene.name, scene] as const))(
    '%s is accessible in light and dark, and its console stays empty',
    async (_name, scene) => {
      await using page = await openScene(browser, server, scene);
      // The policy of the page forbids scripts of others; the browser itself may run one.
      await page.evaluate(axe);
      expect(await findings(page, everything)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.waitForSelector('html[data-theme="dark"]');
      expect(await findings(page, colours)).toEqual([]);
      expect(complaintsOf(page)).toEqual([]);
    },
  );
});
