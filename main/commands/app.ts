import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import { openBrowser } from './browser.ts';
import { desktopCommand, desktopFacts, runDesktop } from './desktop.ts';
import { printLine, printNote } from './output.ts';
import { stopSignal } from './stop-signal.ts';
import { parseUiAddress, standardUiAddress } from './ui-address.ts';

/** `fieldboot` alone: the app. Without Electron or a display it is the same app in a browser. */
export function addAppCommand(program: Command): void {
  program
    .command('app', { isDefault: true })
    .description('opens Fieldboot; without a desktop, prints the address to open in a browser (default command)')
    .option('--ui <HOST:PORT>', 'address of the user interface', `${standardUiAddress.host}:${standardUiAddress.port}`)
    // As the default command it is given every word that is no command.
    .argument('[words...]')
    .allowUnknownOption()
    .usage('[options]')
    .action(openApp);
}

async function openApp(words: readonly string[], { ui }: { ui: string }, command: Command): Promise<void> {
  refuseStrangeWords(words);
  // Whoever says an address wants a browser.
  if (command.getOptionValueSource('ui') === 'default' && (await openDesktop())) return;
  const stop = stopSignal();
  const { startLocalStation } = await import('./local-station.ts');
  await using local = await startLocalStation(parseUiAddress(ui) ?? standardUiAddress);
  printLine(`Fieldboot is at ${local.url}`);
  printLine(
    openBrowser(local.url)
      ? 'It opens in your browser. Ctrl-C ends it.'
      : 'Open it in a browser of this computer. Ctrl-C ends it.',
  );
  await stop;
}

/** False where it has to be a browser. */
async function openDesktop(): Promise<boolean> {
  const command = desktopCommand(desktopFacts());
  if (command === undefined) return false;
  const exitCode = await runDesktop(...command);
  if (exitCode === undefined) {
    printNote('The window of the desktop app could not be opened here; a browser does as well.');
    return false;
  }
  process.exitCode = exitCode;
  return true;
}

/** A command that there is not is what is wrong, whatever options it was given. */
function refuseStrangeWords(words: readonly string[]): void {
  const command = words.find((word) => !word.startsWith('-'));
  if (command !== undefined) throw new StationError('E_USAGE', { problem: `There is no command "${command}".` });
  if (words[0] !== undefined) throw new StationError('E_USAGE', { problem: `Unknown option '${words[0]}'.` });
}
