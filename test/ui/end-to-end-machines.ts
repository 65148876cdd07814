import type { Page } from 'playwright-core';
import { stageNames } from '../../main/contract/session.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { wizardMessages } from '../../renderer/wizard/messages.en.ts';
import { stateOf } from './end-to-end-browser.ts';
import { SOON_MS } from './end-to-end-wizard.ts';

const words = wizardMessages.rehearse;

/** The button that shows a session without hardware. */
export async function rehearse(page: Page, count: '24' | '200'): Promise<void> {
  await page.getByRole('button', { name: words.open }).click();
  const dialog = page.getByRole('dialog', { name: words.title });
  await dialog.getByText(count, { exact: true }).click();
  await dialog.getByRole('button', { name: words.start }).click();
  await page
    .getByRole('button', { name: monitorMessages.stop.label, exact: true })
    .waitFor({ timeout: SOON_MS + 10_000 });
}

/** MAC and stage of each machine that the screen has drawn, in the order of the MACs. */
export async function machinesOnScreen(page: Page): Promise<string[]> {
  const [start = ''] = monitorMessages.machine.rail('|', '').split('|');
  return await page.evaluate<string[]>(`[...document.querySelectorAll('ol[aria-label^=${JSON.stringify(start)}]')]
    .map((rail) => {
      const mac = /([0-9a-f]{2}:){5}[0-9a-f]{2}/.exec(rail.closest('li, [role=row]').textContent)?.[0];
      return mac + ' ' + rail.getAttribute('aria-label').slice(${start.length}).split(',')[0];
    })
    .sort()`);
}

/** The same, as the station holds it. */
export async function machinesAtStation(page: Page, url: string): Promise<string[]> {
  return (await stateOf(page, url)).clients.map(({ mac, stage }) => `${mac} ${stageNames[stage]}`).toSorted();
}
