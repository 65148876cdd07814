import { bigText } from './big-text.ts';
import { ipxeMachineUrl } from './ipxe-script.ts';

/**
 * Scripts of machines that nobody has approved yet: harmless, they show the code and ask the station again. None of them may
 * grow with the time that a person takes: no loader's stack holds a script for each asking.
 */

const ASK_AGAIN_SECONDS = 3;
const TITLE = 'This machine waits for approval at the station.';

/**
 * For iPXE, on BIOS and UEFI: neither Debian's build for BIOS nor older ones have `console` or `cpair`, but all of them obey these few
 * ANSI sequences. Spaces are a setting, which iPXE fills in after it has taken the line apart; plain ones it would run together.
 */
export function ipxeWaitScript(baseUrl: string, code: string): string {
  const rows = bigText(code).map((row) => (row === '' ? 'echo' : `echo ${inkAndGaps(row)}`));
  return lines([
    '#!ipxe',
    'set esc:hex 1b',
    'set gap:hex 20:20',
    'echo ${esc:string}[2J${esc:string}[1;1H',
    `echo ${TITLE} Code: ${code}`,
    'echo',
    ...rows,
    'echo',
    ':again',
    `sleep ${ASK_AGAIN_SECONDS} ||`,
    // Takes the place of this script, so that hours of waiting are not hours of nesting.
    `chain --replace --autofree ${ipxeMachineUrl(baseUrl)}&waited=${code} ||`,
    'goto again',
  ]);
}

// No word may begin with `#`: the rest of the line would be a comment.
const inkAndGaps = (row: string): string => row.replaceAll('#', 'X').replaceAll('  ', '${gap:string}');

/** For GRUB: `source` comes back, `configfile` would nest; the answer is a variable (see `grubApproval`). */
export function grubWaitScript(baseUrl: string, code: string): string {
  const station = new URL(baseUrl).host;
  return lines([
    `set files='(http,${station})'`,
    'set approval=waiting',
    'while [ "$approval" = waiting ]; do',
    '  clear',
    `  echo '${TITLE} Code: ${code}'`,
    "  echo ''",
    ...bigText(code).map((row) => `  echo '${row}'`),
    `  sleep ${ASK_AGAIN_SECONDS}`,
    '  source "$files/grub/approval.cfg"',
    'done',
    'configfile "$files/grub/grub.cfg"',
  ]);
}

export const grubApproval = (isWaiting: boolean): string => `set approval=${isWaiting ? 'waiting' : 'decided'}\n`;

/** For PXELINUX: `CONFIG` starts over with the new configuration. */
export function pxelinuxWaitScript(code: string): string {
  return lines([
    'PROMPT 1',
    `TIMEOUT ${ASK_AGAIN_SECONDS * 10}`,
    `SAY ${TITLE} Code: ${code}`,
    ...bigText(code).map((row) => `SAY ${row}`),
    'DEFAULT again',
    'LABEL again',
    '  CONFIG pxelinux.cfg/default',
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
