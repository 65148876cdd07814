import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionDraft, SessionState } from '../../main/contract/session.ts';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import type { Scene } from './scenes/scene.ts';
import { benchStation, debianInstaller, libraryImage, memoryTest } from './scenes/station.ts';
import { wizardImageScenes } from './scenes/wizard-image.ts';
import { wizardStartScenes } from './scenes/wizard-start.ts';

const ready: Scene = {
  name: 'a bench',
  state: benchStation,
  answers: {
    'interfaces.probe': ({ interfaceName }) => ({
      interfaceName,
      servers: [],
      durationMs: 1,
      proposedMode: 'dhcp',
      reason: 'Nobody answered.',
    }),
    'session.preflight': (draft) => ({
      checks: [
        {
          id: 'address',
          title: 'The interface has an address',
          state: draft.address === undefined ? 'failed' : 'passed',
          detail: draft.address ?? 'none',
          fix: 'assign-address',
          required: true,
        },
      ],
      ready: draft.address !== undefined,
    }),
    'session.start': (draft, { tell }) => {
      tell({ event: 'session.changed', value: runningSession(draft as SessionDraft) });
      return { sessionId: 's-1' };
    },
    'files.locate': ({ name }) => (name === 'found.iso' ? { path: '/home/sam/found.iso' } : {}),
    'images.add': ({ path }, { state, tell }) => {
      const added = { ...libraryImage(memoryTest), id: 'added', path, name: 'Added image' };
      tell({ event: 'images.changed', value: [...state.images, added] });
      return { imageId: 'added' };
    },
  },
};

const runningSession = (draft: SessionDraft): SessionState => ({
  id: 's-1',
  state: 'running',
  rehearsal: false,
  draft,
  imageName: 'Debian',
  entryTitle: 'Install',
  destructive: true,
  startedAtMs: 0,
});

const heading = (page: Page) => page.locator('h1').first();
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement?.textContent ?? ""');

/** Lets go of a file on the window, as from the desktop's file manager. */
const dropFile = (page: Page, ...names: string[]): Promise<unknown> =>
  page.evaluate(`
    const data = new DataTransfer();
    for (const name of ${JSON.stringify(names)}) data.items.add(new File(['x'], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  `);

describe('the wizard', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(ready);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });
  const open = (scene: Scene = ready): Promise<Page> => openScene(browser, server, scene);

  it('goes from an image to a session by the keyboard alone', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Choose a file' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');

    await expect.poll(() => focused(page)).toBe('Where is the bench plugged in?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByText('Nobody else gives out addresses here').waitFor();
    await page.getByRole('radio', { name: /enp3s0/ }).focus();
    await page.keyboard.press('Enter');

    await expect.poll(() => focused(page)).toBe('How should they boot?');
    await page.keyboard.press('Enter');

    await expect.poll(() => focused(page)).toBe('Check and start');
    // Start is a button's matter: no stray Enter wipes a bench.
    await page.keyboard.press('Enter');
    expect(server.received.some(({ call }) => call === 'session.start')).toBe(false);
    const start = page.getByRole('button', { name: 'Start', exact: true });
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Give it an address' }).press('Enter');
    await page.getByText('Ready to start').waitFor();
    await start.press('Enter');

    await expect.poll(() => page.getByText('Check and start').count()).toBe(0);
    expect(server.received.at(-1)).toEqual({
      call: 'session.start',
      arg: {
        imageId: debianInstaller.id,
        interfaceName: 'enp3s0',
        address: '192.168.78.1/24',
        entryId: 'graphical-install',
        extraArguments: '',
        approval: { kind: 'approved' },
        afterBoot: 'local-disk',
        override: false,
      },
    });
  });

  it('keeps Start off for an image that its checksum disowns, says so first, and leads to it', async () => {
    const disowned = wizardStartScenes.find(({ name }) => name === 'wizard-start-checksum');
    if (disowned === undefined) throw new Error('the scene is gone');
    await using page = await open(disowned);
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true);
    const first = page.getByRole('region', { name: 'Checks before the start' }).getByRole('listitem').first();
    expect(await first.textContent()).toContain('is not the image that SHA256SUMS describes');
    await first.getByRole('button', { name: 'Look at the image' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('Which image should the machines boot?');
  });

  it('loses nothing by going back, forth, and by a reload', async () => {
    await using page = await open();
    await page.getByText('Debian 13.1 netinst').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('enp3s0').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Kernel arguments to add').fill('console=ttyS0');
    await page.getByText('Those on a list').click();
    await page.getByRole('textbox', { name: 'MAC addresses' }).fill('3c:97:0e:52:1a:07');
    await page.getByRole('radio', { name: /The same again/ }).check({ force: true });

    // A click beside the controls takes the focus out of them; the keys hold all the same.
    await page.getByRole('heading', { name: 'How should they boot?' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Where is the bench plugged in?');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Which image should the machines boot?');
    await page.reload();
    await page.getByRole('list', { name: 'Steps to a session' }).getByRole('button', { name: /Boot/ }).click();

    expect(await page.getByLabel('Kernel arguments to add').inputValue()).toBe('console=ttyS0');
    expect(await page.getByRole('textbox', { name: 'MAC addresses' }).inputValue()).toBe('3c:97:0e:52:1a:07');
    expect(await page.getByRole('radio', { name: /The same again/ }).isChecked()).toBe(true);
  });

  it('does not go on, and says why, while something is lacking', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    expect(await page.getByRole('alert').textContent()).toBe('Choose an image to go on.');
    expect(await heading(page).textContent()).toBe('Which image should the machines boot?');
  });

  it('adds a file that is dropped and chooses it', async () => {
    await using page = await open();
    await dropFile(page, 'found.iso');
    await page.getByRole('heading', { name: 'Added image' }).waitFor();
    expect(server.received.filter(({ call }) => call !== 'state.snapshot')).toEqual([
      { call: 'files.locate', arg: { name: 'found.iso', sizeBytes: 1 } },
      { call: 'images.add', arg: { path: '/home/sam/found.iso' } },
    ]);
  });

  it('says what to do where a dropped file is found nowhere, or several are dropped', async () => {
    await using page = await open();
    await dropFile(page, 'elsewhere.iso');
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.textContent()).toContain('elsewhere.iso was not found in the usual folders.');
    await dropFile(page, 'a.iso', 'b.iso');
    await expect.poll(() => alert.first().textContent()).toBe('Drop one image at a time.');
    expect(server.received.filter(({ call }) => call === 'files.locate')).toHaveLength(1);
  });

  it('goes back to the step whose choice went away', async () => {
    await using page = await open({
      ...ready,
      draft: { step: 'boot', imageId: debianInstaller.id, interfaceName: 'enp3s0' },
    });
    expect(await heading(page).textContent()).toBe('How should they boot?');
    server.tell({
      event: 'interfaces.changed',
      value: benchStation.interfaces.filter(({ name }) => name !== 'enp3s0'),
    });
    await expect.poll(() => heading(page).textContent()).toBe('Where is the bench plugged in?');
    server.tell({ event: 'images.changed', value: [] });
    await expect.poll(() => heading(page).textContent()).toBe('Which image should the machines boot?');
  });

  it('listens for other DHCP servers once the cable is plugged in, not before', async () => {
    const unplugged = benchStation.interfaces.map((one) =>
      one.name === 'enp3s0' ? { ...one, link: 'down' as const } : one,
    );
    await using page = await open({
      ...ready,
      state: { ...benchStation, interfaces: unplugged },
      draft: { step: 'network', imageId: debianInstaller.id, interfaceName: 'enp3s0' },
    });
    await page.getByText('Plug in the cable').waitFor();
    expect(server.received.some(({ call }) => call === 'interfaces.probe')).toBe(false);
    server.tell({ event: 'interfaces.changed', value: benchStation.interfaces });
    await page.getByText('Nobody else gives out addresses here').waitFor();
    expect(server.received.filter(({ call }) => call === 'interfaces.probe')).toHaveLength(1);
  });

  it('keeps Start off beside another DHCP server until the person says so in so many words', async () => {
    await using page = await open({
      ...ready,
      draft: { step: 'start', imageId: debianInstaller.id, interfaceName: 'enp3s0', address: '192.168.78.1/24' },
      answers: {
        ...ready.answers,
        'session.preflight': ({ override }) => ({
          checks: [
            {
              id: 'foreign-dhcp',
              title: 'Other DHCP servers',
              state: override === true ? 'warning' : 'failed',
              detail: '10.0.0.1 answers.',
              required: true,
            },
          ],
          ready: override === true,
        }),
      },
    });
    const start = page.getByRole('button', { name: 'Start', exact: true });
    await page.getByText('1 check must pass first').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('switch', { name: 'Start all the same' }).click();
    await expect.poll(() => start.isEnabled()).toBe(true);
    await start.click();
    await expect
      .poll(() => server.received.at(-1))
      .toMatchObject({ call: 'session.start', arg: { override: true, interfaceName: 'enp3s0' } });
  });

  it('compares a pasted SHA-256, and refuses what is none', async () => {
    await using page = await open({ ...ready, draft: { imageId: debianInstaller.id } });
    const field = page.getByLabel('SHA-256 to compare with');
    await field.fill('abc');
    await field.press('Enter');
    await page.getByText('A SHA-256 has 64 digits').waitFor();
    expect(await heading(page).textContent()).toBe('Which image should the machines boot?');
    const line = `${'a1'.repeat(32)}  debian.iso`;
    await field.fill(line);
    await field.press('Enter');
    await expect
      .poll(() => server.received.at(-1))
      .toEqual({ call: 'images.verify', arg: { imageId: debianInstaller.id, expectedSha256: 'a1'.repeat(32) } });
    expect(server.received.filter(({ call }) => call === 'images.verify')).toHaveLength(1);
  });

  it('rehearses with as many machines as asked for', async () => {
    await using page = await open({
      ...ready,
      answers: { 'rehearsal.start': () => ({ sessionId: 's-1' }) },
      draft: { imageId: memoryTest.id },
    });
    await page.getByRole('button', { name: 'Rehearse without machines' }).click();
    await page.getByRole('button', { name: '100', exact: true }).click();
    await page.getByRole('button', { name: 'Start the rehearsal' }).click();
    await expect
      .poll(() => server.received.at(-1))
      .toEqual({ call: 'rehearsal.start', arg: { clients: 100, imageId: memoryTest.id } });
  });

  it('shows hostile names as dead text', async () => {
    const hostile = wizardImageScenes.find(({ name }) => name === 'wizard-image-hostile');
    await using page = await open(hostile);
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    expect(await page.getByText('‹202E›txt.exe‹00›<script>alert(1)</script>').count()).toBe(1);
    expect(await page.evaluate('document.body.textContent.length')).toBeLessThan(5000);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
