import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import { readMachineListFile } from '../engine/machines/machine-list-file.ts';
import { InvalidCell, readMacs } from '../engine/machines/machine-fields.ts';
import { InvalidSecureOn, secureOnPassword } from '../engine/net/magic-packet.ts';
import { wakeUp } from '../engine/net/wake-on-lan.ts';
import { printJson, printLine } from './output.ts';

export function addWakeCommand(program: Command): void {
  program
    .command('wake')
    .description('switches machines on by Wake-on-LAN')
    .argument('[MAC...]', 'adapters of the machines')
    .requiredOption('--interface <IF>', 'the network interface that leads to them')
    .option('--machines <CSV>', 'all machines of this list')
    .option('--password <SECUREON>', 'SecureOn password, such as 00:11:22:33:44:55 or 1.2.3.4')
    .option('--json', 'print one JSON document')
    .action(wake);
}

interface WakeOptions {
  readonly interface: string;
  readonly machines?: string;
  readonly password?: string;
  readonly json?: boolean;
}

async function wake(words: readonly string[], options: WakeOptions): Promise<void> {
  const listed = options.machines === undefined ? [] : (await readMachineListFile(options.machines)).machines;
  const macs = [...new Set([...readWords(words), ...listed.flatMap((machine) => machine.macs)])];
  if (macs.length === 0) throw usage('Nothing is to be woken: name MAC addresses, or a list with --machines.');
  await wakeUp(options.interface, macs, readPassword(options.password));
  if (options.json === true) printJson({ interface: options.interface, macs });
  else printLine(`Woke ${macs.length === 1 ? macs[0] : `${macs.length} machines`} on ${options.interface}.`);
}

const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });

function readWords(words: readonly string[]): string[] {
  try {
    return readMacs(words.join(' '));
  } catch (error) {
    if (error instanceof InvalidCell) throw usage(`${error.message}.`);
    throw error;
  }
}

function readPassword(text: string | undefined): Uint8Array | undefined {
  try {
    return text === undefined ? undefined : secureOnPassword(text);
  } catch (error) {
    if (error instanceof InvalidSecureOn) throw usage(`--password ${text} cannot be used: ${error.message}.`);
    throw error;
  }
}
