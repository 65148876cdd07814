import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed } from '../testbed/namespace.ts';
import { openStation, startBrowserAt } from './end-to-end-browser.ts';
import { networkOf } from './end-to-end-network.ts';
import { SOON_MS, chooseByKeyboard, chooseImage, goOn, memoryTestImage, startWhenReady } from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

describe.skipIf(!bedAvailable('chromium'))('the wizard', () => {
  it('gives an interface without an address one with one press, and takes it away again', async () => {
    await using bed = await Bed.open();
    await bed.addBridge('br1');
    const before = await networkOf(bed.station);
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using station = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
    await using browser = await startBrowserAt(bed.station);
    const { page, complaints } = await openStation(browser, station.url);
    await chooseImage(page, memoryTestImage);
    await goOn(page, 'network');
    await chooseByKeyboard(page, 'interface', 'br1');
    // Another network than that of br0, which is taken.
    const address = '192.168.78.1/24';
    await page.getByRole('button', { name: words.network.address.give(address) }).click();
    await page.getByText(words.network.address.given(address)).waitFor();
    expect(await networkOf(bed.station)).toEqual(before);
    await goOn(page, 'boot');
    await goOn(page, 'start');
    await startWhenReady(page);

    await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).waitFor({ timeout: SOON_MS });
    const addresses = async (): Promise<readonly string[]> => (await networkOf(bed.station)).addresses;
    await expect.poll(addresses, { timeout: SOON_MS }).toEqual([...before.addresses, `br1 ${address}`].toSorted());
    await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).click();
    await page.getByRole('button', { name: monitorMessages.session.another }).waitFor({ timeout: SOON_MS });
    expect(await networkOf(bed.station)).toEqual(before);
    expect(complaints).toEqual([]);
    expect(await station.stop()).toMatchObject({ code: 0 });
  });
});
