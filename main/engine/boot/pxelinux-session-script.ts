import type { BootVariant, Entry } from '../../contract/image.ts';
import { bigText } from './big-text.ts';
import type { SessionMenu } from './menu.ts';
import type { LocalDiskPlan } from './plan.ts';
import { pxelinuxVariantLines } from './pxelinux-script.ts';
import { plainLine } from './script-text.ts';
import { ASK_AGAIN_SECONDS, WAITING_TITLE } from './wait-text.ts';

/**
 * What PXELINUX does in a session: it reads one configuration, and `CONFIG` starts over with that path. It knows nothing of its
 * machine but the MAC, which is in the path that it asks for first.
 */

/** Starts the entry at once; where a file is missing it asks again. */
export function pxelinuxBootScript(menu: SessionMenu, entry: Entry, variant: BootVariant, path: string): string {
  return lines([
    `SAY ${plainLine(`${menu.title}: ${entry.title}`)}`,
    'PROMPT 0',
    `DEFAULT ${entry.id}`,
    'ONERROR again',
    ...pxelinuxVariantLines(menu, entry, variant),
    ...againLines(path),
  ]);
}

export function pxelinuxWaitScript(code: string, path: string): string {
  return lines([
    'PROMPT 1',
    // In tenths of a second.
    `TIMEOUT ${ASK_AGAIN_SECONDS * 10}`,
    `SAY ${WAITING_TITLE} Code: ${code}`,
    ...bigText(code).map((row) => `SAY ${row}`),
    'DEFAULT again',
    ...againLines(path),
  ]);
}

const againLines = (path: string): string[] => ['LABEL again', `  CONFIG ${path}`];

/** The script of a machine that gets nothing from this session. */
export const pxelinuxNothingScript = (reason: string): string => localDisk(reason, ['  LOCALBOOT 0']);

export const pxelinuxLocalDiskScript = ({ method, reason }: LocalDiskPlan): string =>
  localDisk(reason, method === 'loader-starts-disk' ? ['  KERNEL chain.c32', '  APPEND hd0'] : ['  LOCALBOOT 0']);

const localDisk = (reason: string, how: readonly string[]): string =>
  lines([`SAY ${plainLine(reason)}`, 'PROMPT 0', 'DEFAULT local-disk', 'LABEL local-disk', ...how]);

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
