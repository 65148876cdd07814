import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { StationError } from '../../main/contract/errors.ts';
import { settingsMessages } from '../../renderer/settings/messages.en.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';
import { classroom, machineListScenes } from './scenes/machine-lists.ts';
import { monitorScenes } from './scenes/monitor.ts';
import type { Scene } from './scenes/scene.ts';

const words = settingsMessages.machines;
const sceneOf = (name: string): Scene => {
  const scene = [...machineListScenes, ...monitorScenes].find((one) => one.name === name);
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return scene;
};

describe('the list of machines', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(sceneOf('settings-machines'));
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });
  const open = (name: string, own: Partial<Scene> = {}): Promise<Page> =>
    openScene(browser, server, { ...sceneOf(name), ...own });
  const sent = (call: string): unknown[] => server.received.filter((one) => one.call === call).map(({ arg }) => arg);

  it('names each line that is left out before it is taken, and is taken as a whole', async () => {
    await using page = await open('settings-machines-import');
    expect(sent('machines.read')).toEqual([{ name: 'classroom-2.csv', base64: Buffer.from('any').toString('base64') }]);
    const preview = page.getByRole('dialog');
    expect(await preview.getByRole('alert').innerText()).toContain(words.leftOut(classroom.problemCount));
    for (const { line, reason } of classroom.problems) {
      await preview.getByText(words.line(line), { exact: true }).waitFor();
      await preview.getByText(reason, { exact: true }).waitFor();
    }
    expect(sent('machines.take')).toEqual([]);
    await preview.getByRole('button', { name: words.replace }).click();
    await expect.poll(() => sent('machines.take')).toEqual([{ machines: classroom.machines, how: 'replace' }]);
    await preview.waitFor({ state: 'detached' });
  });

  it('that cannot be used is refused with the reason', async () => {
    const refusal = new StationError('E_MACHINE_LIST', { name: 'x.csv', problem: 'line 1: the list is empty' });
    await using page = await open('settings-machines', { answers: { 'machines.read': () => refusal } });
    const file = { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('alert').getByText(refusal.title).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    // Too large to be one: not even sent.
    await page.locator('input[type=file]').setInputFiles({ ...file, buffer: Buffer.alloc(2_000_001) });
    await page.getByText(words.tooLarge).waitFor();
    expect(sent('machines.read')).toHaveLength(1);
  });

  it('is written as a file', async () => {
    await using page = await open('settings-machines', { answers: { 'machines.export': () => ({ csv: 'mac\r\n' }) } });
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: words.export }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(words.exportName);
  });

  it('gets an address for a machine from the monitor, where it is woken up and let boot once more, too', async () => {
    const { keeping, drawer } = monitorMessages;
    await using page = await open('monitor-drawer-facts');
    const clientId = server.state.clients[0]?.id;
    const address = page.getByRole('textbox', { name: keeping.address });
    expect(await page.getByRole('button', { name: keeping.keep }).isDisabled()).toBe(true);
    await address.fill(' 192.168.77.40 ');
    await page.getByRole('button', { name: keeping.keep }).click();
    await expect.poll(() => sent('clients.reserve')).toEqual([{ clientId, address: '192.168.77.40' }]);
    await page.getByRole('button', { name: keeping.wake }).click();
    await expect.poll(() => sent('clients.wake')).toEqual([{ clientIds: [clientId] }]);
    await page.getByRole('button', { name: drawer.bootOnce }).click();
    await expect.poll(() => sent('clients.approve')).toEqual([{ clientIds: [clientId] }]);
  });

  it('wakes up machines that were not seen yet', async () => {
    await using page = await open('monitor-empty-listed');
    await page.getByRole('button', { name: monitorMessages.keeping.wakeListed(classroom.machines.length) }).click();
    await expect.poll(() => sent('machines.wake')).toEqual([{}]);
  });
});
