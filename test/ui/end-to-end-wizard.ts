import { basename, dirname, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';

/** From Debian 13's package memtest86+, as it is: test/testbed/images.json pins it, set-up fetches it. */
export const memoryTestImage = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');

export const SOON_MS = 20_000;

/** Step 1 with the mouse: through the station's folders to the image. */
export async function chooseImage(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: words.image.browse }).click();
  const dialog = page.getByRole('dialog', { name: words.browser.title });
  await dialog.getByLabel(words.browser.folder, { exact: true }).fill(dirname(path));
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: basename(path) }).click();
  await dialog.getByRole('button', { name: words.browser.choose }).click();
  await dialog.waitFor({ state: 'detached', timeout: SOON_MS });
}

/** A choice as the keyboard makes it. It waits until it can be chosen, as a person does. */
export async function chooseByKeyboard(page: Page, group: string, value: string): Promise<void> {
  const choice = page.locator(`input[name="${group}"][value="${value}"]`);
  await expect.poll(() => choice.isEnabled(), { timeout: SOON_MS }).toBe(true);
  await choice.focus();
  await page.keyboard.press('Space');
  await expect.poll(() => choice.isChecked(), { message: `Space chooses ${value}` }).toBe(true);
}

export async function goOn(page: Page, to: keyof typeof words.steps): Promise<void> {
  await page.getByRole('button', { name: words.next }).click();
  await atStep(page, to);
}

export async function atStep(page: Page, step: keyof typeof words.steps): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words.steps[step].title }).waitFor({ timeout: SOON_MS });
}

/** Step 4: waits until every check ran, and gives the button that starts. */
export async function startWhenReady(page: Page): Promise<void> {
  await page.getByText(words.check.ready, { exact: true }).waitFor({ timeout: SOON_MS });
  await page.getByRole('button', { name: words.start, exact: true }).click();
}
