import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { locateLoadersFolder } from '../engine/files/loaders-folder.ts';
import { resolveImage } from '../engine/images/library.ts';
import type { Rehearsal } from '../engine/rehearsal/rehearsal.ts';
import type { RehearsalResult } from '../engine/rehearsal/rehearsal-result.ts';
import { interruption } from './interruption.ts';
import { printable, printJsonLine, printLine } from './output.ts';
import { resultLines } from './rehearse-lines.ts';
import { showEngine } from './show-engine.ts';
import { stopSignal } from './stop-signal.ts';
import { parseUiAddress } from './ui-address.ts';

interface RehearseOptions {
  readonly clients: string;
  readonly image?: string;
  readonly seed: string;
  readonly fullSpeed?: boolean;
  readonly ui: string;
  readonly json?: boolean;
}

export function addRehearseCommand(program: Command): void {
  program
    .command('rehearse')
    .description('simulated machines boot over loopback: a demonstration, an exercise and a test of this computer')
    .option('--clients <N>', 'how many machines, 1 to 500', '24')
    .option('--image <ISO|ID>', 'what they boot: a path, or an id of the library (default: an image made for it)')
    .option('--ui <HOST:PORT>', 'show it in the user interface, in a browser of this computer', 'off')
    .option('--seed <N>', 'another number makes other machines', '1')
    .option('--full-speed', 'as fast as this computer can, instead of at the pace of real machines')
    .option('--json', 'print events as JSON lines, and the result as the last one')
    .action(rehearse);
}

async function rehearse(options: RehearseOptions): Promise<void> {
  const clients = wholeNumber('--clients', options.clients, 1, 500);
  const seed = wholeNumber('--seed', options.seed, 0, 0xffffffff);
  const uiAddress = parseUiAddress(options.ui);
  const folder = dataFolder();
  const imagePath = options.image === undefined ? undefined : (await resolveImage(options.image, folder)).path;
  if (uiAddress !== undefined) {
    const { rehearseWithUi } = await import('./rehearse-with-ui.ts');
    return rehearseWithUi(uiAddress, clients, imagePath, stopSignal());
  }
  using interrupted = interruption();
  const { startRehearsal } = await import('../engine/rehearsal/rehearsal.ts');
  await using rehearsal = await startRehearsal(
    {
      clients,
      seed,
      imagePath,
      pace: options.fullSpeed === true ? 'full-speed' : 'demo',
      dataFolder: folder,
      loadersFolder: locateLoadersFolder(process.env),
    },
    options.json === true ? printJsonLine : undefined,
  );
  if (options.json !== true) announce(rehearsal, clients);
  const result = await resultOf(rehearsal, interrupted, options.json === true);
  // Its last events come before the result.
  await rehearsal[Symbol.asyncDispose]();
  if (options.json === true) printJsonLine({ type: 'rehearsal.ended', ...result });
  else for (const line of ['', ...resultLines(result)]) printLine(line);
  if (!result.passed) process.exitCode = 1;
}

function wholeNumber(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new StationError('E_USAGE', { problem: `${name} takes a whole number from ${low} to ${high}, not "${text}".` });
}

function announce({ engine }: Rehearsal, clients: number): void {
  const { image, entry, baseUrl } = engine;
  const machines = clients === 1 ? 'One simulated machine boots' : `${clients} simulated machines boot`;
  printLine(`${printable(image.name)}: ${printable(entry.title)}`);
  printLine(`${machines} on this computer's loopback from ${baseUrl}; nothing goes out on a wire. Ctrl-C stops.`);
}

/** Ctrl-C stops the machines; what they came to until then is the result. */
async function resultOf(rehearsal: Rehearsal, interrupted: AbortSignal, json: boolean): Promise<RehearsalResult> {
  using _shown = json ? undefined : showEngine(rehearsal.engine);
  const onInterrupt = (): void => void rehearsal[Symbol.asyncDispose]();
  interrupted.addEventListener('abort', onInterrupt);
  if (interrupted.aborted) onInterrupt();
  return await rehearsal.done;
}
