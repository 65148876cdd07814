import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { openScene, startBrowser } from './browser.ts';
import { type SceneServer, startSceneServer } from './scene-server.ts';
import { labMachines, monitorStation } from './scenes/machines.ts';
import type { Scene } from './scenes/scene.ts';

/**
 * Two hundred machines that all change four times a second, as while a whole lab boots. Bounds are wide enough for a busy
 * test machine without a graphics card; the numbers are printed.
 */

const seconds = 8;
const lab: Scene = { name: 'a lab', state: { ...monitorStation, clients: [...labMachines] } };

const moved = (client: MonitoredClient, step: number): MonitoredClient => ({
  ...client,
  percent: (step * 3 + client.firstSeenMs / 1000) % 100,
  bytesPerSecond: 1e6 + ((step * 7_310_000) % 20_000_000),
  lastSeenMs: client.lastSeenMs + step * 250,
});

/** How long each frame took, from one to the next, and how long the page was not to be talked to. */
const watch = `
  window.seen = { frames: [], tasks: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seen.tasks.push(duration);
  }).observe({ type: 'longtask' });
  let last = performance.now();
  const frame = (now) => {
    window.seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;

const atShare = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Memory of the tab's process that is its own, and its share of what it shares. */
async function largestTabMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const tabs = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = tabs.map(({ id }) => {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1];
    return Number(pss) / 1000;
  });
  return Math.max(...sizes);
}

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

  it.each(['Table', 'Cards'])('stay fluent as %s: a click is answered soon, and memory stays small', async (view) => {
    await using page = await openScene(browser, server, lab);
    await page.getByRole('button', { name: view }).click();
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Performance.enable');
    // The scene's clock stands still; frames are measured by the real one.
    await page.clock.resume();
    await page.evaluate(watch);

    const answers: number[] = [];
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      server.tell({ event: 'clients.changed', value: labMachines.map((client) => moved(client, step)) });
      if (step % 4 === 0)
        server.tell({ event: 'throughput.sampled', value: [{ at: Date.now(), bytesPerSecond: 1e8 }] });
    }, 250);
    try {
      const search = page.getByRole('searchbox');
      for (let second = 0; second < seconds; second++) {
        await page.waitForTimeout(700);
        answers.push(
          await page.evaluate<number>(`new Promise((resolve) => {
            const start = performance.now();
            document.querySelector('[aria-label="Show only"] button:nth-child(${(second % 3) + 1})').click();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
          })`),
        );
      }
      await search.fill('');
    } finally {
      clearInterval(timer);
    }

    const { frames, tasks } = await page.evaluate<{ frames: number[]; tasks: number[] }>('window.seen');
    const { metrics } = await devTools.send('Performance.getMetrics');
    const heapMb = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6;
    const nodes = metrics.find(({ name }) => name === 'Nodes')?.value ?? 0;
    const tabMb = await largestTabMb(browser);
    const numbers = {
      frames: frames.length,
      frameMedianMs: atShare(frames, 0.5),
      frame95Ms: atShare(frames, 0.95),
      longTasks: tasks.length,
      longestTaskMs: Math.max(0, ...tasks),
      clickMedianMs: atShare(answers, 0.5),
      clickWorstMs: Math.max(...answers),
      heapMb,
      tabMb,
      nodes,
    };
    process.stdout.write(
      `${view}: ${Object.entries(numbers)
        .map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`)
        .join(', ')}\n`,
    );
    expect(step).toBeGreaterThan(seconds * 2);
    expect(numbers.frameMedianMs).toBeLessThan(50);
    expect(numbers.clickMedianMs).toBeLessThan(view === 'Table' ? 150 : 300);
    expect(tabMb).toBeLessThan(300);
  });
});
