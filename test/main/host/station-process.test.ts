import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StationPlaces } from '../../../main/host/process-messages.ts';
import { answerScreens } from '../../../main/host/screen-ports.ts';
import { startStationHost } from '../../../main/host/station-host.ts';
import { placesFromArgument, runStationProcess } from '../../../main/host/station-process.ts';
import { type DesktopBridge, desktopChannel } from '../../../renderer/transport/electron.ts';
import { transportMessages } from '../../../renderer/transport/messages.en.ts';
import { StationLine } from '../../../renderer/transport/station-line.ts';
import type { StationState } from '../../../main/contract/state.ts';
import type { MessagePortMain } from './electron-stand-in/ports.ts';
import * as electron from './electron-stand-in.ts';
import { resetWorld, world } from './electron-stand-in/world.ts';

/** A real station behind the real host, and the real preload and line of a page before it. Only Electron is not real. */

vi.mock('electron', () => import('./electron-stand-in.ts'));
// A station that crashed lives on here, in the process of the test, and would keep its folder.
vi.mock('../../../main/station/data-folder-claim.ts', () => ({
  claimDataFolder: () => Promise.resolve({ [Symbol.dispose]: () => undefined }),
}));

let folder: string;
let places: StationPlaces;
const events = { onMessage: vi.fn(), onCrash: vi.fn(), onGiveUp: vi.fn() };

beforeEach(() => {
  vi.resetAllMocks();
  resetWorld();
  folder = mkdtempSync(join(tmpdir(), 'fieldboot-station-'));
  places = { version: '1.2.3', dataFolder: join(folder, 'data'), loadersFolder: folder, uiFolder: folder };
  electron.app.becomeReady();
  world.launch = (child) => {
    setImmediate(() => child.emit('spawn'));
    // Where it stopped by itself, its process ends.
    void runStationProcess(child.parentPort, placesFromArgument(child.args[0]), (code) => child.exit(code));
  };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A page in a window; what it was shown, in order. */
async function page() {
  const shown: string[] = [];
  let state: StationState | undefined;
  const window = new electron.BrowserWindow({ width: 1, height: 1, webPreferences: {} });
  window.webContents.mainFrame.url = 'app://station/';
  vi.resetModules();
  await import('../../../preload/index.ts');
  const line = new StationLine(
    desktopChannel(world.bridges.get('station') as unknown as DesktopBridge),
    () => transportMessages,
  );
  line.listen({
    onConnection: ({ state }) => shown.push(state),
    onSnapshot: (snapshot) => {
      shown.push('snapshot');
      state = snapshot;
    },
    onChange: ({ event }) => shown.push(event),
  });
  return { line, shown, state: () => state };
}

describe('the station in a process of its own', () => {
  it('talks to a page, survives a crash, and the page has the true state again', async () => {
    const host = startStationHost('station-entry.js', places, events);
    answerScreens(host);
    const { line, shown, state } = await page();

    await vi.waitUntil(() => shown.includes('open'), 5_000);
    expect(shown).toEqual(['connecting', 'snapshot', 'open']);
    expect(state()?.station).toMatchObject({ version: '1.2.3', capabilities: { nativeDialogs: true } });
    await line.call('settings.change', { theme: 'dark' });
    await vi.waitUntil(() => shown.includes('settings.changed'));

    world.processes[0]?.exit(139);
    expect(events.onCrash).toHaveBeenCalledWith(139);
    await vi.waitUntil(() => shown.includes('lost'));
    await expect(line.call('settings.change', { theme: 'light' })).rejects.toMatchObject({ code: 'E_STATION_LOST' });

    await vi.waitUntil(() => shown.lastIndexOf('open') > shown.indexOf('lost'), 5_000);
    expect(shown.slice(shown.indexOf('lost'))).toEqual(['lost', 'snapshot', 'open']);
    expect(state()?.settings.theme).toBe('dark');
    expect(world.processes).toHaveLength(2);

    line.close();
    await host.stop();
    expect(events.onCrash).toHaveBeenCalledTimes(1);
  });

  it('tells nothing more to a page that is gone', async () => {
    const host = startStationHost('station-entry.js', places, events);
    answerScreens(host);
    const { line, shown } = await page();
    await vi.waitUntil(() => shown.includes('open'), 5_000);
    const gone = vi.spyOn(world.processes[0]?.sent[0]?.ports[0] as MessagePortMain, 'postMessage');

    const heard: string[] = [];
    let other: MessagePortMain | undefined;
    host.connect((port) => (other = port as unknown as MessagePortMain));
    other?.on('message', ({ data }: { data: string }) => heard.push(data));
    other?.start();
    const change = async (theme: string): Promise<void> => {
      const before = heard.length;
      other?.postMessage(JSON.stringify({ id: 1, call: 'settings.change', arg: { theme } }));
      await vi.waitUntil(() => heard.slice(before).some((message) => message.includes('"ok":true')));
    };

    await change('dark');
    expect(gone).toHaveBeenCalled();
    line.close();
    await new Promise((resolve) => void setTimeout(resolve, 50));
    gone.mockClear();
    await change('light');
    expect(gone).not.toHaveBeenCalled();
    other?.close();
    await host.stop();
  });

  it('asks the shell for a native dialog and gives the page what was picked', async () => {
    const host = startStationHost('station-entry.js', places, events);
    answerScreens(host);
    const { line, shown } = await page();
    await vi.waitUntil(() => shown.includes('open'), 5_000);
    events.onMessage.mockImplementation((message: { kind: string; id: number }) =>
      host.send({ kind: 'picked-image', id: message.id }),
    );
    expect(await line.call('images.pick', {})).toEqual({});
    expect(events.onMessage).toHaveBeenCalledWith({ kind: 'pick-image', id: 1 });
    line.close();
    await host.stop();
  });

  it('says why it cannot start, and ends', async () => {
    const failing = '../../../main/station/station.ts';
    vi.resetModules();
    vi.doMock(failing, () => ({ createStation: () => Promise.reject(new Error('no room on the disk')) }));
    const failed = await import('../../../main/host/station-process.ts');
    vi.doUnmock(failing);
    world.launch = (child) => void failed.runStationProcess(child.parentPort, places, (code) => child.exit(code));

    const host = startStationHost('station-entry.js', places, events);
    await vi.waitUntil(() => events.onGiveUp.mock.calls.length > 0);
    expect(events.onMessage).toHaveBeenCalledWith({
      kind: 'failed',
      title: expect.stringMatching(/\w/),
      advice: expect.stringMatching(/\w/),
    });
    expect(events.onGiveUp).toHaveBeenCalledWith(1);
    expect(events.onCrash).not.toHaveBeenCalled();
    await host.stop();
  });

  it('takes only an argument that says where everything is', () => {
    expect(placesFromArgument(JSON.stringify(places))).toEqual(places);
    for (const argument of [undefined, '', '{}', 'null', '{"version":1}']) {
      expect(() => placesFromArgument(argument)).toThrow(/./);
    }
  });
});
