import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CallName, calls } from '../../main/contract/calls.ts';
import { appMessages } from '../../renderer/app/messages.en.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { wizardMessages as words } from '../../renderer/wizard/messages.en.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed } from '../testbed/namespace.ts';
import { answerOfStation, callStation, openStation, startBrowserAt, stateOf } from './end-to-end-browser.ts';
import { SOON_MS } from './end-to-end-wizard.ts';
import { StationProcess } from './station-process.ts';

const callNames = Object.keys(calls) as CallName[];
const changing = callNames.filter((name) => !calls[name].readOnly);

/** The address for a phone: it may look, whatever it sends. */
describe.skipIf(!bedAvailable('chromium'))('the shared address', () => {
  it('shows the bench and changes nothing', async () => {
    await using bed = await Bed.open();
    await bed.addBridge('office', '10.20.30.1/24');
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-data-'));
    await using station = await StationProcess.start({ namespace: bed.station, dataFolder: folder.path });
    await using browser = await startBrowserAt(bed.station);
    const { page } = await openStation(browser, station.url);
    await callStation(page, station.url, 'sharing.start', {});
    const { sharing } = await stateOf(page, station.url);
    const shared = sharing?.url ?? '';
    expect(new URL(shared).hostname).toMatch(/^(10\.20\.30\.1|192\.168\.77\.1)$/);
    expect(sharing?.qrSvg).toContain('<svg');

    const { page: phone, complaints } = await openStation(browser, shared);
    await phone.getByText(appMessages.lamp.readOnly).waitFor({ timeout: SOON_MS });
    await callStation(page, station.url, 'rehearsal.start', { clients: 2 });
    await phone.getByText(monitorMessages.session.rehearsal, { exact: true }).first().waitFor({ timeout: SOON_MS });
    const [mac = ''] = await machinesShown(phone);
    expect(mac).not.toBe('');
    expect(await phone.getByRole('button', { name: monitorMessages.stop.label, exact: true }).count()).toBe(0);
    expect(await phone.getByRole('button', { name: words.start, exact: true }).count()).toBe(0);

    const before = await stateOf(page, station.url);
    for (const call of changing) {
      // Refused before its argument is looked at.
      expect(await answerOfStation(phone, shared, call, argumentOf(call, mac))).toMatchObject({
        ok: false,
        error: { code: 'E_READ_ONLY' },
      });
    }
    const after = await stateOf(page, station.url);
    for (const part of ['settings', 'images', 'interfaces', 'sharing'] as const) {
      expect(after[part]).toEqual(before[part]);
    }
    expect(after.session).toMatchObject({ id: before.session?.id, state: 'running' });

    // What it sees has no way in for others; what it may ask, it is told.
    const seen = await stateOf(phone, shared);
    expect(seen).toMatchObject({ sharing: null, station: { readOnly: true } });
    expect((await callStation(phone, shared, 'clients.timeline', { clientId: mac })).entries.length).toBeGreaterThan(0);
    // Nor does it know the token of the person's own screen.
    expect(JSON.stringify(seen)).not.toContain(new URL(station.url).hash.replace('#token=', ''));

    await callStation(page, station.url, 'sharing.stop', {});
    await phone.getByText(appMessages.lost.title).waitFor({ timeout: SOON_MS });
    expect(complaints).toEqual([]);
  });
});

/** Arguments that would do something, were they let through. */
function argumentOf(call: CallName, mac: string): object {
  if (call === 'settings.change') return { theme: 'dark' };
  if (call === 'clients.refuse' || call === 'clients.approve') return { clientIds: [mac] };
  if (call === 'clients.rename') return { clientId: mac, name: 'taken over' };
  if (call === 'rehearsal.start') return { clients: 1 };
  return {};
}

async function machinesShown(page: Awaited<ReturnType<typeof openStation>>['page']): Promise<string[]> {
  const macs = page.getByText(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  await macs.first().waitFor({ timeout: SOON_MS });
  return await macs.allInnerTexts();
}
