import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { stageNames } from '../../main/contract/session.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { isInstalled } from '../testbed/gate.ts';
import { openStation, startBrowserAt, stateOf } from './end-to-end-browser.ts';
import { machinesAtStation, machinesOnScreen, rehearse } from './end-to-end-machines.ts';
import { SOON_MS, atStep } from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

const machines = 24;
const BENCH_MS = 90_000;

describe.skipIf(process.platform !== 'linux' || !isInstalled('chromium'))('a rehearsal', () => {
  it('of 24 machines is shown as it is, over a reload and to its end', { timeout: 170_000 }, async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using station = await StationProcess.start({ dataFolder: folder.path });
    await using browser = await startBrowserAt();
    const { page, complaints } = await openStation(browser, station.url);
    await rehearse(page, '24');

    // In the middle of it: a reload shows what the station knows, and the bench goes on.
    const shown = async (): Promise<number> => (await machinesOnScreen(page)).length;
    await expect.poll(shown, { timeout: BENCH_MS, interval: 500 }).toBeGreaterThan(machines / 2);
    await page.reload();
    await expect.poll(shown, { timeout: SOON_MS }).toBeGreaterThan(machines / 2);
    expect(await page.getByText(monitorMessages.session.rehearsal, { exact: true }).first().isVisible()).toBe(true);

    await expect
      .poll(async () => (await machinesOnScreen(page)).filter(isUp).length, { timeout: BENCH_MS, interval: 1000 })
      .toBeGreaterThan(machines / 2);
    await showsTheTruth(page, station.url);
    const { clients } = await stateOf(page, station.url);
    expect(clients).toHaveLength(machines);
    // Seen, by each of the firmwares; some fail on purpose.
    expect(new Set(clients.map(({ firmware }) => firmware))).toEqual(new Set(['bios', 'uefi-x64', 'uefi-arm64']));

    await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).click();
    const question = page.getByRole('dialog', { name: monitorMessages.stop.title });
    const another = page.getByRole('button', { name: monitorMessages.session.another });
    await question.or(another).waitFor({ timeout: SOON_MS });
    if (await question.isVisible()) await question.getByRole('button', { name: monitorMessages.stop.stop }).click();
    await another.waitFor({ timeout: SOON_MS });
    // What came of it stays until the person goes on.
    expect(await machinesOnScreen(page)).toHaveLength(machines);
    expect((await stateOf(page, station.url)).sessions).toMatchObject([{ rehearsal: true, machines }]);
    await another.click();
    await atStep(page, 'image');
    expect(complaints).toEqual([]);
    expect(await station.stop()).toMatchObject({ code: 0 });
  });
});

const isUp = (machine: string): boolean => machine.endsWith(stageNames.running) || machine.endsWith(stageNames.done);

/** A change may be on its way: some look finds both the same. */
async function showsTheTruth(page: Page, url: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const atStation = await machinesAtStation(page, url);
        const onScreen = await machinesOnScreen(page);
        return onScreen
          .filter((machine, index) => machine !== atStation[index])
          .concat(atStation.slice(onScreen.length));
      },
      { timeout: SOON_MS },
    )
    .toEqual([]);
}
