import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { labMachines, monitorStation } from './scenes/machines.ts';
import type { Scene } from './scenes/scene.ts';

/**
 * Two hundred machines that all change four times a second, as while a whole lab boots. What is bounded is the processor
 * time of the page's thread, which a busy test machine hardly changes; frames and memory are measured as they come. The
 * numbers are printed.
 */

const lab: Scene = { name: 'a lab', state: { ...monitorStation, clients: [...labMachines] } };
const updates = 20;
const clicks = 8;
/** Of the page's thread, for one update of all machines and for one click. */
const mostMs = 50;

const moved = (client: MonitoredClient, step: number): MonitoredClient => ({
  ...client,
  percent: (step * 3 + client.firstSeenMs / 1000) % 100,
  bytesPerSecond: 1e6 + ((step * 7_310_000) % 20_000_000),
  lastSeenMs: client.lastSeenMs + step * 250,
});

/** Counts how long each frame took, from one to the next. */
const watchFrames = `
  window.frameTimes = [];
  let last = performance.now();
  const frame = (now) => {
    window.frameTimes.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;

/** Reads what the page's thread has worked so far: its own processor time, whatever else runs beside it. */
async function threadClock(page: Page): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}

/** Memory of the largest tab's process: its own, and its share of what it shares. */
async function largestTabMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]) / 1000);
  return Math.max(...sizes);
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('200 machines at 4 Hz', () => {
  let browser: Browser;
  let server: SceneServer;
  beforeAll(async () => {
    browser = await startBrowser();
    server = await startSceneServer(lab);
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  it.each([{ view: 'Table' }, { view: 'Cards' }])('stay fluent as $view, and small', async ({ view }) => {
    await using page = await openScene(browser, server, lab);
    await page.getByRole('button', { name: view }).click();
    // The scene's clock stands still; frames are measured by the real one.
    await page.clock.resume();
    const workedMs = await threadClock(page);
    await page.evaluate(watchFrames);

    const each = async (count: number, act: (index: number) => unknown): Promise<number> => {
      const before = await workedMs();
      for (let index = 0; index < count; index++) {
        await act(index);
        await page.waitForTimeout(250);
      }
      return ((await workedMs()) - before) / count;
    };
    const perUpdateMs = await each(updates, (step) =>
      server.tell({ event: 'clients.changed', value: labMachines.map((client) => moved(client, step)) }),
    );
    const perClickMs = await each(clicks, (index) =>
      page.evaluate(`document.querySelector('[aria-label="Show only"] button:nth-child(${(index % 3) + 1})').click()`),
    );
    const frameMs = median(await page.evaluate<number[]>('window.frameTimes'));
    const tabMb = await largestTabMb(browser);

    const numbers = { perUpdateMs, perClickMs, frameMs, tabMb };
    const printed = Object.entries(numbers).map(([name, value]) => `${name} ${value.toFixed(1)}`);
    process.stdout.write(`${view}: ${printed.join(', ')}\n`);
    expect(perUpdateMs).toBeLessThan(mostMs);
    expect(perClickMs).toBeLessThan(mostMs);
    expect(frameMs).toBeLessThan(50);
    expect(tabMb).toBeLessThan(300);
  });
});
