import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StationError } from '../../main/contract/errors.ts';
import type { MonitoredClient } from '../../main/contract/session.ts';
import type { StationState } from '../../main/contract/state.ts';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import {
  benchMachines,
  codes,
  logOf,
  machine,
  monitorStation,
  runningSession,
  timeline,
  waitingMachine,
} from './scenes/machines.ts';
import { monitorScenes } from './scenes/monitor.ts';
import { type Scene, sceneNowMs } from './scenes/scene.ts';

const withClients = (clients: readonly MonitoredClient[], own: Partial<StationState> = {}): Scene => ({
  name: 'a bench',
  state: { ...monitorStation, clients: [...clients], log: logOf(clients), ...own },
  answers: {
    'clients.timeline': () => ({ entries: [...timeline] }),
    'clients.approve': ({ clientIds }, { state, tell }) => {
      const approved = state.clients.filter(({ id }) => clientIds.includes(id));
      tell({
        event: 'clients.changed',
        value: approved.map((client) => ({ ...client, approval: 'approved' as const })),
      });
      return {};
    },
    'clients.rename': ({ clientId, name }, { state, tell }) => {
      const renamed = state.clients.filter((client) => client.id === clientId);
      tell({ event: 'clients.changed', value: renamed.map((client) => ({ ...client, name })) });
      return {};
    },
  },
});

const waiting = [0, 1, 2].map((index) => waitingMachine(index));
const bench = withClients([
  ...waiting,
  machine(6, 'running', { name: 'Desk 7' }),
  machine(7, 'initrd', { name: 'Desk 8' }),
]);

describe('the monitor', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(bench);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });
  const open = (scene: Scene = bench): Promise<Page> => openScene(browser, server, scene);
  const sent = (call: string): unknown[] => server.received.filter((one) => one.call === call).map(({ arg }) => arg);
  // Not by role: what is scrolled out of sight is not drawn, and counts all the same.
  const cards = (page: Page) => page.locator('ul[aria-label="Machines"] > li');

  it('approves one machine by its code, and all that wait after a look at which they are', async () => {
    await using page = await open();
    const first = cards(page).filter({ hasText: codes[0] ?? '' });
    await first.getByRole('button', { name: /^Approve / }).click();
    await expect.poll(() => sent('clients.approve')).toEqual([{ clientIds: [waiting[0]?.id] }]);
    await first.getByRole('button', { name: /^Approve / }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Approve all' }).click();
    const question = page.getByRole('dialog');
    expect(await question.getByRole('listitem').count()).toBe(2);
    expect(await question.textContent()).toContain('can erase their disks');
    await question.getByRole('button', { name: 'Approve 2' }).click();
    await expect.poll(() => sent('clients.approve')[1]).toEqual({ clientIds: [waiting[1]?.id, waiting[2]?.id] });
    await page.getByText('for your approval').waitFor({ state: 'detached' });
  });

  it('does not approve who came while the question was asked', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Approve all' }).click();
    server.tell({ event: 'clients.changed', value: [waitingMachine(4)] });
    await page.getByText('4 machines wait').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve 3' }).click();
    await expect.poll(() => sent('clients.approve')).toEqual([{ clientIds: waiting.map(({ id }) => id) }]);
  });

  it('asks before it stops booting machines, and only then', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const question = page.getByRole('dialog');
    expect(await question.textContent()).toContain('1 machine is still booting');
    await question.getByRole('button', { name: 'Keep serving' }).click();
    expect(sent('session.stop')).toEqual([]);

    server.tell({ event: 'clients.changed', value: [machine(7, 'running', { name: 'Desk 8' })] });
    await page.getByRole('button', { name: 'Running' }).getByText('2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.poll(() => sent('session.stop')).toEqual([{}]);
  });

  it('shows only what is chosen, finds a MAC however it is written, and says when nothing fits', async () => {
    await using page = await open();
    await page.getByRole('button', { name: /Waiting for you/ }).click();
    expect(await cards(page).count()).toBe(3);
    await page.getByRole('button', { name: /Waiting for you/ }).click();
    expect(await cards(page).count()).toBe(5);

    await page.getByRole('searchbox').fill(machine(7, 'initrd').mac.replaceAll(':', '').toUpperCase());
    await expect.poll(() => cards(page).count()).toBe(1);
    await page.getByRole('searchbox').fill('nobody');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => cards(page).count()).toBe(5);
  });

  it('renames a machine where it stands; Escape leaves it as it was', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Rename: Desk 8' }).click();
    await page.getByRole('textbox', { name: 'Name of this machine' }).fill('Front row');
    await page.keyboard.press('Escape');
    expect(sent('clients.rename')).toEqual([]);

    await page.getByRole('button', { name: 'Rename: Desk 8' }).click();
    await page.getByRole('textbox', { name: 'Name of this machine' }).fill(' Front row ');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Front row', exact: true }).waitFor();
    expect(sent('clients.rename')).toEqual([{ clientId: machine(7, 'initrd').id, name: 'Front row' }]);
  });

  it('says why an approval or a name was not taken, and keeps what was typed', async () => {
    const refusal = () => new StationError('E_SESSION_RUNNING', { imageName: 'Debian' });
    await using page = await open({ ...bench, answers: { 'clients.rename': refusal, 'clients.approve': refusal } });
    await cards(page)
      .first()
      .getByRole('button', { name: /^Approve / })
      .click();
    await page.getByText('A session is running already').first().waitFor();
    await page.getByRole('button', { name: 'Rename: Desk 8' }).click();
    const field = page.getByRole('textbox', { name: 'Name of this machine' });
    await field.fill('Front row');
    await page.keyboard.press('Enter');
    await expect.poll(() => sent('clients.rename').length).toBe(1);
    expect(await field.inputValue()).toBe('Front row');
  });

  it('sorts by a column, and back to who needs a person', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Table' }).click();
    const header = page.getByRole('columnheader', { name: 'Machine', exact: true });
    const rows = page.getByRole('row').filter({ has: page.getByRole('gridcell') });
    await expect.poll(() => rows.last().textContent()).toContain('Desk 7');
    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(() => rows.first().textContent()).toContain('Desk 7');
    await header.getByRole('button').click();
    await expect.poll(() => rows.last().textContent()).toContain('Desk 7');
  });

  it('tells everything about a machine beside the bench, which stays in use', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Desk 8', exact: true }).click();
    const drawer = page.getByRole('dialog', { name: 'Desk 8' });
    await drawer.getByText('It was approved, and fetches its boot script.').waitFor();
    expect(await drawer.textContent()).toContain(machine(7, 'initrd').uuid);
    expect(sent('clients.timeline')).toEqual([{ clientId: machine(7, 'initrd').id }]);
    await page.getByRole('searchbox').fill('Desk 7');
    await expect.poll(() => cards(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Desk 7', exact: true }).click();
    await page.getByRole('dialog', { name: 'Desk 7' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('follows the log until somebody scrolls up to read, and then holds still', async () => {
    await using page = await open(withClients(benchMachines));
    await page.getByRole('button', { name: 'Event log' }).click();
    const log = page.getByRole('region', { name: 'Event log' });
    const append = (id: number, text: string): void =>
      server.tell({ event: 'log.appended', value: [{ id, at: 0, level: 'info', text }] });
    append(9101, 'The newest line');
    await log.getByText('The newest line').waitFor();
    const list = log.getByRole('list');
    const topOf = (): Promise<number> => list.evaluate((element) => (element as { scrollTop: number }).scrollTop);
    await expect.poll(topOf).toBeGreaterThan(100);

    await list.evaluate((element) => (element as { scrollTo(x: number, y: number): void }).scrollTo(0, 40));
    await log.getByText('Paused').waitFor();
    append(9102, 'A line nobody reads yet');
    await log.getByText('1 newer').waitFor();
    expect(await topOf()).toBe(40);
    expect(await log.getByText('A line nobody reads yet').count()).toBe(0);

    await log.getByRole('button', { name: 'Follow' }).click();
    await log.getByText('A line nobody reads yet').waitFor();
    await expect.poll(topOf).toBeGreaterThan(100);
  });

  it('becomes a table above 24 machines, of which only the rows in sight are drawn, and keeps the choice of the person', async () => {
    await using page = await open(withClients(benchMachines));
    expect(await cards(page).count()).toBe(24);
    const more = Array.from({ length: 176 }, (_, index) => machine(index + 24, 'kernel'));
    server.tell({ event: 'clients.changed', value: more });
    const table = page.getByRole('grid', { name: 'Machines' });
    await table.waitFor();
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe('201');
    expect(await table.getByRole('row').count()).toBeLessThan(60);

    await page.getByRole('button', { name: 'Cards' }).click();
    await expect.poll(() => cards(page).count()).toBe(200);
    await page.reload();
    await expect.poll(() => cards(page).count(), { timeout: 10_000 }).toBe(200);
  });

  it('is walked through by the keyboard as a table: arrows, pages, Enter for the drawer, the space bar for a choice', async () => {
    const machines = Array.from({ length: 200 }, (_, index) => machine(index, 'kernel', { name: `Desk ${index + 1}` }));
    await using page = await open(withClients(machines));
    const focusedRow = (): Promise<string | null> =>
      page.evaluate('document.activeElement?.getAttribute("aria-rowindex") ?? null');
    const grid = page.getByRole('grid', { name: 'Machines' });
    await page.getByRole('columnheader', { name: 'Stage' }).getByRole('button').focus();
    await page.keyboard.press('Tab');
    expect(await focusedRow()).toBe('2');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    await expect.poll(focusedRow).toBe('3');

    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Desk 2' });
    await drawer.waitFor();
    // Beside the machines and under the head: nothing of that is covered.
    const head = await page.getByRole('button', { name: 'Stop', exact: true }).boundingBox();
    expect((await drawer.boundingBox())?.y).toBeGreaterThan((head?.y ?? 0) + (head?.height ?? 0));
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(focusedRow).toBe('3');

    await page.keyboard.press('End');
    await expect.poll(focusedRow).toBe('201');
    await page.keyboard.press('Space');
    await page.getByRole('toolbar').getByText('1 selected').waitFor();
    expect(await grid.locator('[aria-rowindex="201"]').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('PageUp');
    await expect.poll(focusedRow).not.toBe('201');
    await page.keyboard.press('Home');
    await expect.poll(focusedRow).toBe('2');
  });

  it('approves those that are selected, and no others', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('checkbox', { name: 'Select Desk 7' }).check();
    await page.getByRole('checkbox').nth(2).check();
    const bar = page.getByRole('toolbar');
    await bar.getByText('2 selected').waitFor();
    await bar.getByRole('button', { name: 'Approve (1)' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve 1' }).click();
    await expect.poll(() => sent('clients.approve')).toEqual([{ clientIds: [waiting[1]?.id] }]);
    await bar.waitFor({ state: 'detached' });
  });

  it('counts by the clock of the station, where this screen has another', async () => {
    await using page = await open();
    const elapsed = page.getByRole('timer');
    expect(await elapsed.textContent()).toBe('12:41');
    server.tell({ event: 'throughput.sampled', value: [{ at: sceneNowMs + 600_000, bytesPerSecond: 1 }] });
    await expect.poll(() => elapsed.textContent(), { timeout: 3000 }).toBe('22:41');
  });

  it('leads on from a session that ended: to a new one, or to the same choices', async () => {
    const ended: Scene = {
      ...bench,
      state: { ...bench.state, session: { ...runningSession, state: 'ended', endedAtMs: 1 } },
    };
    await using page = await open(ended);
    expect(await page.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByText('Check and start').waitFor();
    await page.reload();
    await page.getByText('Check and start').waitFor();
  });

  it('shows a person who may only look no control that would be refused', async () => {
    const readOnly = monitorScenes.find(({ name }) => name === 'monitor-read-only');
    if (readOnly === undefined) throw new Error('the scene is gone');
    await using page = await open(readOnly);
    await cards(page).first().waitFor();
    for (const name of [/^Approve/, /^Refuse/, /^Rename/, /^Stop/]) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    await page.getByRole('button', { name: 'Desk 1', exact: true }).click();
    await page.getByRole('dialog').getByText('was approved').waitFor();
  });
});
