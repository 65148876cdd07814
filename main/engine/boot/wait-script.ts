import { bigText } from './big-text.ts';
import { ipxeMachineUrl } from './ipxe-script.ts';
import { ASK_AGAIN_SECONDS, WAITING_TITLE } from './wait-text.ts';

/**
 * Scripts of machines that nobody has approved yet: harmless, they show the code and ask the station again. None of them may
 * grow with the time that a person takes: no loader's stack holds a script for each asking.
 */

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
    `echo ${WAITING_TITLE} Code: ${code}`,
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

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
