import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../main/contract/session.ts';
import { stageNames } from '../../main/contract/session.ts';
import { evidenceWords, monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { fontInside, screenText } from '../testbed/screen-text.ts';
import { openStation, startBrowserAt, stateOf } from './end-to-end-browser.ts';
import { networkOf } from './end-to-end-network.ts';
import { recordStages, stagesOfTimeline } from './end-to-end-stages.ts';
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

const BOOT_TIMEOUT_MS = 240_000;

/** A person, a browser, the real program, a real interface: from nothing to a machine that boots, and back to nothing. */
describe.skipIf(!bedAvailable('qemu-system-x86_64', 'chromium'))('from the wizard to a booted bench', () => {
  it(
    'walks the four steps, boots a UEFI machine, and leaves the interface as it was',
    { timeout: BOOT_TIMEOUT_MS },
    async () => {
      await using bed = await Bed.open();
      const tap = await bed.addTap();
      const before = await networkOf(bed.station);
      await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
      await using station = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
      await using browser = await startBrowserAt(bed.station);
      const { page, complaints } = await openStation(browser, station.url);

      await atStep(page, 'image');
      await chooseImage(page, memoryTestImage);
      await page.getByRole('heading', { name: /Memtest86\+/ }).waitFor({ timeout: SOON_MS });
      await page.getByText(words.image.harmless.title).waitFor();

      await goOn(page, 'network');
      expect(await page.locator('input[name="interface"][value="lo"]').isDisabled()).toBe(true);
      await chooseByKeyboard(page, 'interface', Bed.bridge);
      await page.getByRole('heading', { name: `${Bed.address}/${Bed.prefixLength}` }).waitFor({ timeout: SOON_MS });
      await page.getByText(words.network.probe.alone).waitFor({ timeout: SOON_MS });

      // Enter on a choice goes on.
      await page.keyboard.press('Enter');
      await atStep(page, 'boot');
      expect(await page.locator('input[name="approval"][value="every-machine"]').isChecked()).toBe(true);
      // Back and forth loses nothing.
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('Escape');
      await atStep(page, 'network');
      expect(await page.locator(`input[name="interface"][value="${Bed.bridge}"]`).isChecked()).toBe(true);
      await goOn(page, 'boot');
      await goOn(page, 'start');
      await startWhenReady(page);

      await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).waitFor({ timeout: SOON_MS });
      await page.getByRole('heading', { name: monitorMessages.empty.title }).waitFor({ timeout: SOON_MS });
      const shown = await recordStages(page);
      await using machine = await Machine.powerOn(bed.station, {
        firmware: 'uefi',
        mac: '52:54:00:0e:f1:21',
        tap,
        memoryMiB: 512,
        identity: { manufacturer: 'Bench & <b>Sons</b>', product: 'Model 7', serial: 'SN-00421' },
      });
      await page
        .getByRole('list', { name: monitorMessages.machine.rail(stageNames.running, evidenceWords.inferred.name) })
        .waitFor({ timeout: BOOT_TIMEOUT_MS - 60_000 });
      expect(await page.getByText(machine.mac).isVisible()).toBe(true);
      // What firmware says of itself is text, whatever it looks like.
      expect(await page.getByText('Bench & <b>Sons</b>').first().isVisible()).toBe(true);
      const booted: readonly Stage[] = ['dhcp', 'loader', 'menu', 'kernel', 'running'];
      const names = booted.map((stage) => stageNames[stage]);
      // A kernel of 150 kB is sent between two looks: the rail may go past it, never back.
      const onRail = await shown();
      expect(onRail).toEqual(names.filter((name) => onRail.includes(name)));
      expect(onRail.length).toBeGreaterThanOrEqual(3);
      await page.getByRole('button', { name: 'Model 7', exact: true }).click();
      const drawer = page.getByRole('dialog', { name: 'Model 7' });
      await expect.poll(() => stagesOfTimeline(drawer), { timeout: SOON_MS }).toEqual(names);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      // What the monitor concluded is so.
      const font = fontInside(memoryTestImage);
      const title = async (): Promise<true | undefined> =>
        /Memtest86\+ v/.test(screenText(await machine.screen(), font)[0] ?? '') ? true : undefined;
      await machine.waitFor('memory test on the display', title, BOOT_TIMEOUT_MS - 60_000);

      await page.getByRole('button', { name: monitorMessages.stop.label, exact: true }).click();
      await page.getByRole('button', { name: monitorMessages.session.another }).waitFor({ timeout: SOON_MS });
      expect(await networkOf(bed.station)).toEqual(before);
      expect((await stateOf(page, station.url)).sessions).toMatchObject([{ machines: 1, finished: 1 }]);
      await page.getByRole('button', { name: monitorMessages.session.another }).click();
      await atStep(page, 'image');
      expect(complaints).toEqual([]);
      expect(await station.stop()).toMatchObject({ code: 0 });
    },
  );
});
