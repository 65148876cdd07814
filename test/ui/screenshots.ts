import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setup } from './build-ui.ts';
import { complaintsOf, openScene, startBrowser, usualLook } from './browser.ts';
import { startSceneServer } from './scene-server.ts';
import { scenes } from './scenes/all-scenes.ts';

/**
 * `npm run screenshots [-- PART]`: every scene (whose name holds PART), light and dark, in two sizes, into `.screenshots/`; those for the
 * README also into `assets/screenshots/`.
 */
const root = join(import.meta.dirname, '../..');
const part = process.argv[2] ?? '';
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

const removeBuild = await setup();

const chosen = scenes.filter(({ name }) => name.includes(part));
const [first] = chosen;
if (first === undefined) throw new Error(`no scene is called like "${part}"`);
if (part === '') rmSync(join(root, '.screenshots'), { recursive: true, force: true });
mkdirSync(join(root, 'assets/screenshots'), { recursive: true });

await using server = await startSceneServer(first);
const browser = await startBrowser();
try {
  for (const scene of chosen) {
    for (const theme of ['light', 'dark'] as const) {
      const page = await openScene(browser, server, scene, { ...usualLook, theme });
      for (const size of sizes) {
        await page.setViewportSize(size);
        await page.screenshot({ path: join(root, '.screenshots', `${scene.name}-${theme}-${size.width}.png`) });
        if (scene.inReadme === theme && size === sizes[0]) {
          await page.screenshot({ path: join(root, 'assets/screenshots', `${scene.name}.png`) });
        }
      }
      for (const complaint of complaintsOf(page)) process.stderr.write(`${scene.name} ${theme}: ${complaint}\n`);
      await page.close();
    }
    process.stdout.write(`${scene.name}\n`);
  }
} finally {
  await browser.close();
  await removeBuild();
}
