import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { appMessages } from '../../renderer/app/messages.en.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { openStation, startBrowserAt, stateOf } from './end-to-end-browser.ts';
import { SOON_MS, chooseByKeyboard, chooseImage, goOn, memoryTestImage, startWhenReady } from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

const { approval } = monitorMessages;
const startsSomething = /^\s*(kernel|boot)\b/m;

/** Machines that do what iPXE does, a person who approves in the browser. */
describe.skipIf(!bedAvailable('chromium', 'busybox', 'curl'))('approval in the browser', () => {
  it('lets the one machine boot whose code was compared, refuses the other, and a crash changes neither', async () => {
    await using bed = await Bed.open();
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    const place = { namespace: bed.station, dataFolder: folder.path };
    await using station = await StationProcess.start(place);
    await using browser = await startBrowserAt(bed.station);
    const { page, complaints } = await openStation(browser, station.url);
    await chooseImage(page, memoryTestImage);
    await goOn(page, 'network');
    await chooseByKeyboard(page, 'interface', Bed.bridge);
    await goOn(page, 'boot');
    await chooseByKeyboard(page, 'approval', 'approved');
    await goOn(page, 'start');
    await page.getByText(words.boot.approval.approved.title).waitFor();
    await startWhenReady(page);
    await page.getByRole('heading', { name: monitorMessages.empty.title }).waitFor({ timeout: SOON_MS });

    const [wanted, unwanted] = [await askAsIpxe(bed, page, station.url), await askAsIpxe(bed, page, station.url)];
    await page.getByText(approval.band(2)).waitFor({ timeout: SOON_MS });
    for (const machine of [wanted, unwanted]) {
      const script = await machine.script();
      expect(script).not.toMatch(startsSomething);
      const code = /Code: (\w+)/.exec(script)?.[1] ?? 'none';
      // Beside the MAC of the machine that shows it.
      const card = page.getByRole('listitem').filter({ hasText: machine.mac });
      expect(await card.getByText(code, { exact: true }).isVisible()).toBe(true);
    }

    await page.getByRole('button', { name: approval.approveName(wanted.mac) }).click();
    await page.getByText(approval.band(1)).waitFor({ timeout: SOON_MS });
    expect(await wanted.script()).toMatch(/^kernel http:\/\/192\.168\.77\.1\/\S+/m);
    expect(await unwanted.script()).not.toMatch(startsSomething);

    await page.getByRole('button', { name: approval.refuseName(unwanted.mac) }).click();
    await page.getByText(approval.band(1)).waitFor({ state: 'detached', timeout: SOON_MS });
    expect(await unwanted.script()).not.toMatch(startsSomething);
    expect((await stateOf(page, station.url)).clients).toMatchObject([
      { mac: wanted.mac, approval: 'approved' },
      { mac: unwanted.mac, approval: 'refused' },
    ]);

    await station.kill();
    await using _again = await StationProcess.start({ ...place, port: station.port });
    await page.getByRole('button', { name: appMessages.resume.resume }).click();
    await page.getByText(appMessages.resume.title).waitFor({ state: 'detached', timeout: SOON_MS });
    await expect.poll(() => wanted.script(), { timeout: SOON_MS }).toMatch(/^kernel http:\/\/192\.168\.77\.1\/\S+/m);
    expect(await unwanted.script()).not.toMatch(startsSomething);
    expect(complaints).toEqual([]);
  });
});

interface WaitingMachine {
  readonly mac: string;
  /** What it is told when it asks what to boot. */
  script(): Promise<string>;
}

/** Gets a lease as iPXE on a BIOS machine does (options 77, 93, 60), keeps the address, and asks for its script. */
async function askAsIpxe(bed: Bed, page: Page, stationUrl: string): Promise<WaitingMachine> {
  const client: ClientNamespace = await bed.addClient();
  const { mac, namespace, interfaceName } = client;
  const asIpxe = ['-V', 'PXEClient:Arch:00000:UNDI:002001', '-x', '0x4d:69505845', '-x', '0x5d:0000'];
  namespace.spawn(['busybox', 'udhcpc', '-f', '-i', interfaceName, '-s', '/bin/true', ...asIpxe]);
  const addressOf = async (): Promise<string> =>
    (await stateOf(page, stationUrl)).clients.find((one) => one.mac === mac)?.address ?? '';
  await expect.poll(addressOf, { timeout: SOON_MS }).not.toBe('');
  await namespace.configure(`address add ${await addressOf()}/24 dev ${interfaceName}`);
  const url = `http://${Bed.address}/machine.ipxe?mac=${mac}&platform=pcbios&arch=i386`;
  const script = async (): Promise<string> =>
    await namespace.check(['curl', '--silent', '--show-error', '--fail', url]);
  await script();
  return { mac, script };
}
