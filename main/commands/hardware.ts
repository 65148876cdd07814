import type { Command } from 'commander';
import type { HardwareNotes, WorkedMethod } from '../contract/hardware-notes.ts';
import { dataFolder } from '../engine/data-folder.ts';
import {
  exportHardwareNotes,
  hardwareNotesFile,
  importHardwareNotes,
  openHardwareNotes,
} from '../engine/hardware/hardware-notes-file.ts';
import { printable, printJson, printLine } from './output.ts';
import { formatTable } from './table.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addHardwareCommand(program: Command): void {
  const hardware = program.command('hardware').description('what worked on the machines and models that were booted');
  hardware
    .command('list')
    .description('models and machines, with the loader and the way to the local disk that worked')
    .option('--json', 'print one JSON document')
    .action(list);
  hardware
    .command('export')
    .description('writes them to a file, for another station')
    .argument('<FILE>', 'path of the file')
    .option('--json', 'print one JSON document')
    .action(exportTo);
  hardware
    .command('import')
    .description('takes in what another station wrote; of two notes about the same, the newer one counts')
    .argument('<FILE>', 'path of the file')
    .option('--json', 'print one JSON document')
    .action(importFrom);
}

async function list(options: JsonOption): Promise<void> {
  const { notes } = await openHardwareNotes(dataFolder());
  if (options.json === true) return printJson(notes);
  if (notes.machines.length === 0) return printLine('No machine has booted from this station yet.');
  for (const line of hardwareLines(notes)) printLine(line);
}

async function exportTo(file: string, options: JsonOption): Promise<void> {
  const notes = await exportHardwareNotes(dataFolder(), file);
  if (options.json === true) return printJson({ file, ...countsOf(notes) });
  printLine(`Wrote notes on ${inWords(notes)} to ${printable(file)}.`);
}

async function importFrom(file: string, options: JsonOption): Promise<void> {
  const notes = await importHardwareNotes(dataFolder(), file);
  if (options.json === true) return printJson({ file: hardwareNotesFile(dataFolder()), ...countsOf(notes) });
  printLine(`This station now has notes on ${inWords(notes)}.`);
}

const countsOf = ({ machines, models }: HardwareNotes): { machines: number; models: number } => ({
  machines: machines.length,
  models: models.length,
});

function inWords(notes: HardwareNotes): string {
  const { machines, models } = countsOf(notes);
  return `${models} ${models === 1 ? 'model' : 'models'} and ${machines} ${machines === 1 ? 'machine' : 'machines'}`;
}

function hardwareLines({ machines, models }: HardwareNotes): string[] {
  const worked = ({ loader, localDisk }: WorkedMethod): string[] => [loader ?? '-', localDisk ?? '-'];
  const modelRows = models.map((one) => [`${one.manufacturer} ${one.product}`, one.firmware, ...worked(one)]);
  const machineRows = machines.map((one) => [one.mac, one.product ?? '-', one.firmware, ...worked(one)]);
  return [
    ...(modelRows.length === 0 ? [] : [...formatTable(['MODEL', 'FIRMWARE', 'LOADER', 'LOCAL DISK'], modelRows), '']),
    ...formatTable(['MACHINE', 'PRODUCT', 'FIRMWARE', 'LOADER', 'LOCAL DISK'], machineRows),
  ];
}
