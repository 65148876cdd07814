import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { placesScenes } from './scenes/places.ts';
import type { Scene } from './scenes/scene.ts';

const sceneOf = (name: string): Scene => {
  const scene = placesScenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return scene;
};

describe('library, sessions and settings', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(sceneOf('library'));
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });
  const open = (name: string, own: Partial<Scene> = {}): Promise<Page> =>
    openScene(browser, server, { ...sceneOf(name), ...own });
  const sent = (call: string): unknown[] => server.received.filter((one) => one.call === call).map(({ arg }) => arg);

  it('an image is renamed, and removed after a question', async () => {
    await using page = await open('library');
    const [first] = server.state.images;
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('  Bench installer ');
    await page.keyboard.press('Enter');
    await expect.poll(() => sent('images.rename')).toEqual([{ imageId: first?.id, name: 'Bench installer' }]);
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Remove' }).click();
    expect(sent('images.remove')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => sent('images.remove')).toEqual([{ imageId: first?.id }]);
  });

  it('an image that machines boot from right now cannot be removed', async () => {
    await using page = await open('library-remove');
    const question = page.getByRole('dialog');
    expect(await question.textContent()).toContain('Stop that session first');
    expect(await question.getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true);
  });

  it('an image is compared with a pasted line of a checksum file', async () => {
    await using page = await open('library');
    const sum = 'a'.repeat(64);
    await page.getByRole('textbox', { name: /SHA-256/ }).fill(`${sum}  debian.iso`);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect
      .poll(() => sent('images.verify'))
      .toEqual([{ imageId: server.state.images[0]?.id, expectedSha256: sum }]);
  });

  it('the way from an image leads into the wizard, with that image', async () => {
    await using page = await open('library', { act: async () => {} });
    await page.getByRole('button', { name: 'Boot machines with it' }).click();
    await page.getByText('Which image should the machines boot?').waitFor();
    expect(await page.getByRole('radio', { name: /Debian 13.1 netinst/ }).isChecked()).toBe(true);
  });

  it('a session is started again with the same choices, one that was cut off is resumed', async () => {
    await using page = await open('sessions', {
      answers: { 'session.resume': ({ sessionId }) => ({ sessionId }) },
    });
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect.poll(() => sent('session.resume')).toEqual([{ sessionId: 's-1' }]);

    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByRole('button', { name: 'Start again' }).first().click();
    await page.getByText('Check and start').waitFor();
    await page.getByText('192.168.77.1/24').waitFor();
  });

  it('while a session runs no other can be started, from anywhere', async () => {
    await using page = await open('sessions-running');
    expect(await page.getByRole('button', { name: /^(Start again|Resume)/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('button', { name: 'Rename' }).waitFor();
    expect(await page.getByRole('button', { name: 'Boot machines with it' }).count()).toBe(0);
  });

  it('a past session is removed after a question', async () => {
    await using page = await open('sessions-remove');
    expect(sent('sessions.remove')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => sent('sessions.remove')).toEqual([{ sessionId: 's-2' }]);
  });

  it('the theme changes with the settings of the station, not before', async () => {
    await using page = await open('settings', {
      answers: {
        'settings.change': (patch, { state, tell }) => {
          tell({ event: 'settings.changed', value: { ...state.settings, theme: patch.theme ?? 'system' } });
          return {};
        },
      },
    });
    const theme = (): Promise<unknown> => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect.poll(theme).toBe('dark');
    expect(sent('settings.change')).toEqual([{ theme: 'dark' }]);
  });

  it('the read-only address comes with a code that is a picture and nothing else', async () => {
    await using page = await open('settings', {
      answers: {
        'sharing.start': (_arg, { tell }) => {
          const qrSvg =
            '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"><script>document.title=2</script></svg>';
          tell({ event: 'sharing.changed', value: { url: 'http://10.20.4.117:43817/#token=x', qrSvg } });
          return {};
        },
      },
    });
    await page.getByRole('switch').click();
    const code = page.getByRole('img', { name: /QR code/ });
    await code.waitFor();
    expect(await code.getAttribute('src')).toMatch(/^data:image\/svg\+xml,%3Csvg/);
    expect(await page.title()).toBe('Settings · Fieldboot');
    await page.getByRole('switch').click();
    await expect.poll(() => sent('sharing.stop')).toEqual([{}]);
  });

  it('who may only look finds no control that would be refused', async () => {
    await using library = await open('library-read-only');
    await library.getByText('Known by').waitFor();
    expect(await library.getByRole('main').getByRole('textbox').count()).toBe(0);
    for (const name of ['Rename', 'Remove', 'Check', 'Choose a file', 'Boot machines with it']) {
      expect(await library.getByRole('button', { name, exact: true }).count()).toBe(0);
    }
    await using settings = await open('settings-read-only');
    await settings.getByText('About').waitFor();
    expect(await settings.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await settings.getByRole('switch').count()).toBe(0);
  });
});
