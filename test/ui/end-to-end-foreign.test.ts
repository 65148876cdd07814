import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StationError } from '../../main/contract/errors.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { callStation, openStation, startBrowserAt, stateOf } from './end-to-end-browser.ts';
import { SOON_MS, chooseByKeyboard, chooseImage, goOn, memoryTestImage, startWhenReady } from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

const ROUTER = '192.168.77.254';
const { mode, probe } = words.network;

/** The bench is plugged into a network that has a DHCP server: the one mistake that hurts others. */
describe.skipIf(!bedAvailable('chromium', 'dnsmasq'))('beside a router', () => {
  it('Start is off and says why; a router that comes later ends the session, and the screen says so', async () => {
    await using bed = await Bed.open();
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using station = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
    await using browser = await startBrowserAt(bed.station);
    const { page, complaints } = await openStation(browser, station.url);
    const router = await bed.addClient({ address: `${ROUTER}/24` });
    const before = await serveDhcp(router, folder.path);

    await chooseImage(page, memoryTestImage);
    await goOn(page, 'network');
    await chooseByKeyboard(page, 'interface', Bed.bridge);
    await page.getByText(probe.found(1)).waitFor({ timeout: SOON_MS });
    expect(await page.getByText(ROUTER).first().isVisible()).toBe(true);
    // It would leave the addresses to the router; this person wants to give them out.
    await page.getByText(mode.proposed.proxy).waitFor();
    await page.getByRole('button', { name: mode.names.dhcp }).click();
    await goOn(page, 'boot');
    await goOn(page, 'start');
    await page.getByText(words.check.notReady(1)).waitFor({ timeout: SOON_MS });
    const start = page.getByRole('button', { name: words.start, exact: true });
    expect(await start.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    expect((await stateOf(page, station.url)).session).toBe(null);

    // The cable of the office is out, and the person looks again.
    await before.stop();
    await page.getByRole('button', { name: words.check.again }).click();
    await startWhenReady(page);
    await page.getByRole('heading', { name: monitorMessages.empty.title }).waitFor({ timeout: SOON_MS });

    // A router on the bench answers what a machine asks: the station steps back.
    await serveDhcp(router, folder.path);
    const { title } = new StationError('E_FOREIGN_DHCP', { name: Bed.bridge, address: ROUTER, kind: 'dhcp' });
    await page.getByText(monitorMessages.session.state.failed).waitFor({ timeout: 60_000 });
    await page.getByText(title).first().waitFor({ timeout: SOON_MS });
    expect((await stateOf(page, station.url)).session).toMatchObject({
      state: 'failed',
      trouble: { code: 'E_FOREIGN_DHCP' },
    });
    // And is free for the next one.
    await callStation(page, station.url, 'rehearsal.start', { clients: 1 });
    expect(complaints).toEqual([]);
  });
});

async function serveDhcp(router: ClientNamespace, folder: string): Promise<RunningCommand> {
  const server = router.namespace.spawn([
    'dnsmasq',
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--port=0',
    `--interface=${router.interfaceName}`,
    '--bind-interfaces',
    `--dhcp-leasefile=${join(folder, 'router.leases')}`,
    '--dhcp-range=192.168.77.50,192.168.77.90',
    '--log-facility=-',
  ]);
  await server.waitForLine(/started/, 10_000);
  return server;
}
