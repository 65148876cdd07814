import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
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
const FIRST_LOOK_MS = 8_000;
const { wire } = monitorMessages;

describe.skipIf(!bedAvailable('chromium'))('a cable', () => {
  it('that is pulled in a session is told at once, and so is an adapter', async () => {
    await using bed = await Bed.open();
    const withoutAdapter = await networkOf(bed.station);
    await bed.addBridge('usb0');
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using station = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
    await using browser = await startBrowserAt(bed.station);
    const { page, complaints } = await openStation(browser, station.url);
    await chooseImage(page, memoryTestImage);
    await goOn(page, 'network');
    await chooseByKeyboard(page, 'interface', 'usb0');
    await page.getByRole('button', { name: address }).click();
    await goOn(page, 'boot');
    await goOn(page, 'start');
    await startWhenReady(page);
    await page.getByRole('heading', { name: monitorMessages.empty.title }).waitFor({ timeout: SOON_MS });

    // As long as the station looks for other DHCP servers first, a wire that is gone ends the session.
    await delay(FIRST_LOOK_MS);

    const noLink = page.getByText(wire.down.title('usb0'));
    await bed.station.configure('link set usb0 down');
    await noLink.waitFor({ timeout: SOON_MS });
    await bed.station.configure('link set usb0 up');
    await noLink.waitFor({ state: 'detached', timeout: SOON_MS });

    await bed.station.configure('link delete usb0');
    await page.getByText(wire.gone.title('usb0')).waitFor({ timeout: SOON_MS });
    await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).click();
    // The same again: the draft is kept, and what it lacks is the interface.
    await page.getByRole('button', { name: monitorMessages.session.again }).click();
    await atStep(page, 'network');
    expect((await stateOf(page, station.url)).session).toMatchObject({ state: 'ended' });
    const after = await networkOf(bed.station);
    expect({ ...after, flags: [] }).toEqual({ ...withoutAdapter, flags: [] });
    expect(complaints).toEqual([]);
    expect(await station.stop()).toMatchObject({ code: 0 });
  });
});
