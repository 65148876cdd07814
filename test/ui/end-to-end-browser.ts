import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CallArg, CallName, CallValue } from '../../main/contract/calls.ts';
import type { StationState } from '../../main/contract/state.ts';
import type { WireAnswer } from '../../main/contract/wire.ts';
import type { NetworkNamespace } from '../testbed/namespace.ts';
import { startBrowser } from './browser.ts';

/** The browser of the person at the station, who may sit in a namespace: 127.0.0.1 outside is another one. */
export async function startBrowserAt(namespace?: NetworkNamespace): Promise<Browser> {
  if (namespace === undefined) return await startBrowser();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'fieldboot-browser-'));
  const inside = join(folder.path, 'chromium');
  const command = namespace.command(['/usr/bin/chromium']).join(' ');
  await writeFile(inside, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return await startBrowser(inside);
}

export interface OpenPage {
  readonly page: Page;
  /** What it threw or wrote to its console: defects, and breaches of the content security policy. */
  readonly complaints: readonly string[];
}

export async function openStation(browser: Browser, url: string): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A cut line, and a header that means nothing to a phone over plain HTTP: Chromium says so by itself.
    const isExpected = /ERR_|WebSocket|40[13]|Cross-Origin-Opener-Policy/.test(message.text());
    if (!isExpected && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await load(page, url);
  return { page, complaints };
}

const LOADS = 3;

/**
 * A bed's interfaces come up while the page loads, and Chromium breaks off what it is loading when a network changes
 * (ERR_NETWORK_CHANGED): then the page is loaded again, as a person would.
 */
async function load(page: Page, url: string): Promise<void> {
  const isThere = (): Promise<boolean> =>
    page
      .locator('#root > *')
      .first()
      .waitFor({ state: 'attached', timeout: 5_000 })
      .then(
        () => true,
        () => false,
      );
  await page.goto(url).catch(() => undefined);
  for (let loads = 1; loads < LOADS && !(await isThere()); loads++) {
    // Before the page ran, the token is still in its address; afterwards it is in the tab's storage.
    await (page.url().startsWith('http') ? page.reload() : page.goto(url)).catch(() => undefined);
  }
}

/** A call beside the screen, over a line of its own, from the page's own origin: what the station holds to be true. */
export async function callStation<Name extends CallName>(
  page: Page,
  url: string,
  call: Name,
  arg: CallArg<Name>,
): Promise<CallValue<Name>> {
  const answer = await answerOfStation(page, url, call, arg);
  if (!answer.ok) throw new Error(`${call}: ${answer.error.code} ${answer.error.title} ${answer.error.advice}`);
  return answer.value as CallValue<Name>;
}

export async function answerOfStation(page: Page, url: string, call: CallName, arg: unknown): Promise<WireAnswer> {
  const address = new URL(url);
  const token = address.hash.replace('#token=', '');
  // As text: it runs in the page, whose types are not those of this program.
  return await page.evaluate<WireAnswer>(`new Promise((resolve, reject) => {
    const line = new WebSocket(${JSON.stringify(`ws://${address.host}/station`)}, ['fieldboot', ${JSON.stringify(token)}]);
    line.onopen = () => line.send(${JSON.stringify(JSON.stringify({ id: 1, call, arg }))});
    line.onclose = () => reject(new Error('the station cut the line'));
    line.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.id !== 1) return;
      resolve(message);
      line.onclose = null;
      line.close();
    };
  })`);
}

export async function stateOf(page: Page, url: string): Promise<StationState> {
  return (await callStation(page, url, 'state.snapshot', {})).state;
}
