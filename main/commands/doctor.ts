import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import type { PreflightCheck } from '../contract/session.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { locateLoadersFolder } from '../engine/files/loaders-folder.ts';
import { resolveImage } from '../engine/images/library.ts';
import { listInterfaces } from '../engine/net/interfaces.ts';
import { isReady, preflightChecks } from '../engine/preflight/checks.ts';
import { describeImage } from '../engine/images/describe-image.ts';
import { gatherFacts } from '../engine/preflight/gather.ts';
import { readMode } from './read-mode.ts';
import { printable, printJson, printLine, printNote } from './output.ts';

interface DoctorOptions {
  readonly interface?: string;
  readonly image?: string;
  readonly mode: string;
  readonly address?: string;
  readonly pool?: string;
  readonly json?: boolean;
}

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('everything that must be true before a session, each with its fix')
    .option('--interface <IF>', 'the network interface (default: the first that is fit for use)')
    .option('--image <ISO|ID>', 'also check an image')
    .option('--mode <MODE>', 'as it would be given to "serve"', 'auto')
    .option('--address <CIDR>', 'as it would be given to "serve"')
    .option('--pool <FROM-TO>', 'as it would be given to "serve"')
    .option('--json', 'print one JSON document')
    .action(doctor);
}

async function doctor(options: DoctorOptions): Promise<void> {
  const { image, address, pool, json } = options;
  const interfaceName = options.interface ?? (await firstInterface());
  if (json !== true) printNote(`Checking ${interfaceName} …`);
  const draft = { interfaceName, mode: readMode(options.mode), address, pool };
  const places = { dataFolder: dataFolder(), loadersFolder: locateLoadersFolder() };
  const describe =
    image === undefined
      ? undefined
      : async () => await describeImage((await resolveImage(image, places.dataFolder)).path, places.dataFolder);
  const checks = preflightChecks(draft, await gatherFacts(draft, places, describe));
  const ready = isReady(checks);
  if (json === true) printJson({ interfaceName, checks, ready });
  else for (const line of checks.flatMap(formatCheck)) printLine(line);
  if (!ready) process.exitCode = 1;
}

async function firstInterface(): Promise<string> {
  // Those that are fit come first.
  const [first] = await listInterfaces();
  if (first === undefined) throw new StationError('E_INTERFACE_NOT_FOUND', { name: 'any', known: [] });
  return first.name;
}

const signs: Readonly<Record<PreflightCheck['state'], string>> = {
  passed: 'ok',
  warning: 'note',
  failed: 'FAIL',
  running: '…',
};

export function formatCheck({ state, title, detail, advice }: PreflightCheck): string[] {
  const line = `${signs[state].padEnd(4)}  ${title}: ${printable(detail)}`;
  return state === 'passed' || advice === undefined ? [line] : [line, `      ${printable(advice)}`];
}
