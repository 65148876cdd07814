import { access, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeRehearsalImage } from '../../main/engine/rehearsal/rehearsal-image.ts';
import { answerMessages } from '../../renderer/answers/messages.en.ts';
import { libraryMessages } from '../../renderer/library/messages.en.ts';
import { profileMessages } from '../../renderer/profiles/messages.en.ts';
import { isInstalled } from '../testbed/gate.ts';
import { startBrowserAt } from './end-to-end-browser.ts';
import { SOON_MS, chooseImage } from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

const words = answerMessages.editor;

/** An answer file from the first letter to a profile on another laptop, in a browser, with the real station. */
describe.skipIf(!isInstalled('chromium'))('answer files on the screen', () => {
  it('are written beside their mistakes and what a machine gets, and go along in a profile', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    const image = join(folder.path, 'bench.iso');
    await writeRehearsalImage(image, { kernelBytes: 50_000, initrdBytes: 50_000, systemBytes: 50_000 });
    await using station = await StationProcess.start({ dataFolder: folder.path });
    await using browser = await startBrowserAt();
    await using context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(station.url);
    await openShelf(page, libraryMessages.shelf.answers);

    await page.getByRole('button', { name: answerMessages.pane.newOne }).click();
    await page.getByLabel(words.name, { exact: true }).fill('Bench 3');
    const text = page.getByLabel(words.text('bench.cfg'));
    await text.fill('d-i netcfg/get_hostname string {{@hostname}}\nd-i partman/confirm boolean yes\n');
    const mistake = page.getByRole('button', { name: /takes true or false/ });
    await mistake.click();
    // The cursor is where the mistake is.
    await expect.poll(() => page.evaluate('document.activeElement?.tagName'), { timeout: SOON_MS }).toBe('TEXTAREA');
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('boolean true');
    await mistake.waitFor({ state: 'detached' });
    await text.press('Control+End');
    await page.keyboard.type('d-i passwd/root-password password {{@secret.root}}');
    await page.getByRole('button', { name: /Nobody has given the secret root/ }).waitFor();
    expect(await text.inputValue()).toContain('d-i partman/confirm boolean true\n');
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await page.getByRole('heading', { name: 'Bench 3' }).waitFor();
    expect(await readFile(join(folder.path, 'answers/bench-3/0001/bench.cfg'), 'utf8')).toContain('{{@secret.root}}');

    // What another laptop exported, with the image that is here and the answer file in it.
    const profile = join(folder.path, 'from-bob.yaml');
    await page.evaluate(`location.hash = '#/station'`);
    await chooseImage(page, image);
    const library = join(folder.path, 'library.json');
    await expect
      .poll(
        () =>
          access(library).then(
            () => true,
            () => false,
          ),
        { timeout: SOON_MS },
      )
      .toBe(true);
    const { images } = JSON.parse(await readFile(library, 'utf8')) as {
      images: { id: string }[];
    };
    const answer = { name: 'Bench 3', format: 'preseed', files: [{ name: 'bench.cfg', text: 'd-i a/b string {{@owner}} {{@secret.root}}\n' }] }; // prettier-ignore
    await writeFile(profile, JSON.stringify({ fieldboot: 'profile', version: 1, name: 'From Bob', image: { id: images[0]?.id, name: 'x' }, answer, secrets: ['root'] })); // prettier-ignore
    await openShelf(page, libraryMessages.shelf.profiles);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: profileMessages.import }).click();
    await (await chooser).setFiles(profile);
    await page.getByRole('heading', { name: 'From Bob' }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: profileMessages.export }).click();
    const exported = await readFile(await (await downloading).path(), 'utf8');
    expect(exported).toContain('d-i a/b string {{@owner}}');
    await page.getByRole('button', { name: profileMessages.use }).click();
    const chosen = page.getByRole('combobox', { name: profileMessages.choose.label });
    await expect.poll(() => chosen.inputValue(), { timeout: SOON_MS }).toBe('from-bob');
  });
});

async function openShelf(page: Page, name: string): Promise<void> {
  await page.evaluate(`location.hash = '#/library'`);
  await page.getByRole('button', { name, exact: true }).click();
}
