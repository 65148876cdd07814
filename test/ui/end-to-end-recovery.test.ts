import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { appMessages } from '../../renderer/app/messages.en.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed } from '../testbed/namespace.ts';
import { openStation, startBrowserAt, stateOf } from './end-to-end-browser.ts';
import { networkOf } from './end-to-end-network.ts';
import {
  SOON_MS,
  atStep,
  chooseByKeyboard,
  chooseImage,
  goOn,
  memoryTestImage,
  startWhenReady,
} from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

const address = '192.168.78.1/24';

/** Whatever breaks, the screen says so and comes back to what is true. */
describe.skipIf(!bedAvailable('chromium', 'ss'))('after a failure', () => {
  it('a reload, a cut line and a killed station are survived, and Ctrl-C leaves nothing', async () => {
    await using bed = await Bed.open();
    await bed.addBridge('br1');
    const before = await networkOf(bed.station);
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using browser = await startBrowserAt(bed.station);
    const first = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
    const { page, complaints } = await openStation(browser, first.url);

    // In the wizard: what was chosen is still chosen.
    await chooseImage(page, memoryTestImage);
    await goOn(page, 'network');
    await chooseByKeyboard(page, 'interface', 'br1');
    await page.getByRole('button', { name: address }).click();
    await page.reload();
    await atStep(page, 'network');
    expect(await page.locator('input[name="interface"][value="br1"]').isChecked()).toBe(true);
    await goOn(page, 'boot');
    await goOn(page, 'start');
    await page.reload();
    await atStep(page, 'start');
    await startWhenReady(page);

    // In a session: it goes on, and the screen shows it.
    await isServing(page);
    await page.reload();
    await isServing(page);

    // A line that is cut while the station goes on.
    const lost = page.getByText(appMessages.lost.title);
    await bed.station.check(['ss', '--kill', 'state', 'established', `sport = :${first.port}`]);
    await lost.waitFor({ timeout: SOON_MS });
    await lost.waitFor({ state: 'detached', timeout: SOON_MS });
    await isServing(page);

    await first.kill();
    await lost.waitFor({ timeout: SOON_MS });
    // What is shown is the last that was known, and is still shown.
    expect(await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).isVisible()).toBe(true);
    expect((await networkOf(bed.station)).addresses).toContain(`br1 ${address}`);

    // Started again, the tab that was open finds it by itself.
    const second = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path, port: first.port });
    await page.getByText(appMessages.resume.title).waitFor({ timeout: SOON_MS });
    await page.getByRole('button', { name: appMessages.resume.resume }).click();
    await isServing(page);
    const resumed = await stateOf(page, second.url);
    expect(resumed.session).toMatchObject({
      state: 'running',
      address: '192.168.78.1',
      draft: { interfaceName: 'br1', address },
    });
    // Its record takes the place of the one that it goes on with.
    const records = async (): Promise<string[]> => (await stateOf(page, second.url)).sessions.map(({ id }) => id);
    await expect.poll(records, { timeout: SOON_MS }).toEqual([resumed.session?.id]);

    // Killed once more, and this time not resumed: then its address goes.
    await second.kill();
    const third = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path, port: first.port });
    await page.getByRole('button', { name: appMessages.resume.dismiss }).click();
    await page.getByText(appMessages.resume.title).waitFor({ state: 'detached', timeout: SOON_MS });
    expect(await networkOf(bed.station)).toEqual(before);

    // Ctrl-C in a session.
    await atStep(page, 'start');
    await startWhenReady(page);
    await isServing(page);
    expect(await networkOf(bed.station)).not.toEqual(before);
    expect(await third.stop()).toEqual({ code: 0, signal: null });
    await lost.waitFor({ timeout: SOON_MS });
    expect(await networkOf(bed.station)).toEqual(before);

    // It ended in order: nothing is left to resume.
    const fourth = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
    const { sessions } = await openStation(browser, fourth.url).then(({ page: other }) => stateOf(other, fourth.url));
    expect(sessions).toHaveLength(2);
    expect(sessions.every(({ endedAtMs }) => endedAtMs !== undefined)).toBe(true);
    expect(await fourth.stop()).toMatchObject({ code: 0 });
    expect(complaints).toEqual([]);
  });
});

async function isServing(page: Page): Promise<void> {
  await page.getByRole('heading', { name: monitorMessages.empty.title }).waitFor({ timeout: SOON_MS });
  await page.getByText(appMessages.lamp.running, { exact: true }).first().waitFor({ timeout: SOON_MS });
}
