import type { Locator, Page } from 'playwright-core';
import { stageNames } from '../../main/contract/session.ts';
import { monitorMessages } from '../../renderer/monitor/messages.en.ts';

/**
 * Writes down what the rail of the one machine on the monitor says, each time it says something else. Resolves to a function
 * that gives the names of the stages so far, in the order they were shown.
 */
export async function recordStages(page: Page): Promise<() => Promise<string[]>> {
  const [start = ''] = monitorMessages.machine.rail('|', '').split('|');
  await page.evaluate(`{
    const shown = (window.shownStages = []);
    const look = () => {
      const label = document.querySelector('ol[aria-label^=${JSON.stringify(start)}]')?.getAttribute('aria-label');
      if (label !== undefined && label !== shown.at(-1)) shown.push(label);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
    look();
  }`);
  return async () => {
    const labels = await page.evaluate<string[]>('window.shownStages');
    return withoutRepeats(
      labels.map((label) => Object.values(stageNames).find((name) => label.startsWith(`${start}${name},`))),
    );
  };
}

/** Names of the stages in a machine's timeline, from the first to the last. */
export async function stagesOfTimeline(drawer: Locator): Promise<string[]> {
  const entries = await drawer.locator('li:has(time)').allInnerTexts();
  const names: ReadonlySet<string> = new Set(Object.values(stageNames));
  return withoutRepeats(entries.toReversed().map((entry) => entry.split('\n').find((line) => names.has(line.trim()))));
}

const withoutRepeats = (names: readonly (string | undefined)[]): string[] =>
  names.filter((name): name is string => name !== undefined).filter((name, index, all) => name !== all[index - 1]);
