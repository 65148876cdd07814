import { type Command, Option } from 'commander';
import type { ApprovalPolicy } from '../contract/session.ts';
import { dataFolder } from '../engine/data-folder.ts';
import type { Engine } from '../engine/engine.ts';
import { locateLoadersFolder } from '../engine/files/loaders-folder.ts';
import { collect } from './answer-input.ts';
import { listenForApprovals } from './approval-input.ts';
import { printJsonLine, printLine, printNote, printable } from './output.ts';
import { type ChoiceOptions, readChoices } from './serve-choices.ts';
import { modeLines } from './serve-lines.ts';
import { showEngine } from './show-engine.ts';
import { stopSignal } from './stop-signal.ts';
import { parseUiAddress } from './ui-address.ts';

interface ServeOptions extends ChoiceOptions {
  readonly ui: string;
  readonly allowUnfit?: boolean;
  readonly allowForeignDhcp?: boolean;
  readonly probe: boolean;
  readonly json?: boolean;
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('a session: serves until Ctrl-C and shows each machine')
    .option('--image <ISO|ID>', 'the image to boot: a path, or an id of the library')
    .option(
      '--profile <NAME|FILE>',
      'choices that were kept: image, entry, answer file, policy; other options come first',
    )
    .requiredOption('--interface <IF>', 'the network interface that leads to the bench')
    .option(
      '--mode <MODE>',
      'dhcp: hand out addresses; proxy: leave them to the DHCP server that is there, and only tell machines what to boot (ProxyDHCP); auto: whichever fits the network',
      'auto',
    )
    .option('--address <CIDR>', 'give the interface this address for the session')
    .option('--pool <FROM-TO>', 'addresses for the machines (default: upper part of the subnet)')
    .option('--entry <ID>', 'the entry to boot (default: the one the image starts by itself)')
    .option(
      '--policy <POLICY>',
      'approve: a person lets each machine boot; auto: every machine boots; macs:FILE: those listed boot and no others; first:N, vendor:NAME, list (the machines of --machines) or several with "+": those boot, others wait for a person (default: approve where the entry may change disks or others use the network, else auto)',
    )
    .option(
      '--after-boot <WHAT>',
      'local-disk: a machine boots once and then from its own disk; boot-again: every time (default: local-disk where the entry may change disks)',
    )
    .option('--append <WORDS>', 'words to add to the kernel command line')
    .option('--answer <FILE|ID>', 'answer file for the installer, such as a preseed; filled in for each machine')
    .addOption(new Option('--answer-file <FILE>', 'the same').hideHelp())
    .option('--format <FORMAT>', 'what the answer file is written in (default: told by its text)')
    .option(
      '--machines <CSV>',
      'list of your machines: by MAC, serial or UUID their names, addresses to keep for them, and values for the answer file',
    )
    .option('--var <NAME=VALUE>', 'a value for the answer file; may be repeated', collect)
    .option('--secret <NAME=WHERE>', 'a secret for it, from a variable of the environment or a file', collect)
    .option(
      '--ui <HOST:PORT>',
      'also serve the user interface to a browser of this computer, such as 127.0.0.1:8460',
      'off',
    )
    .option('--allow-unfit', 'serve even on an interface that "fieldboot interfaces" calls unfit')
    .option('--allow-foreign-dhcp', 'serve even where another DHCP server answers')
    .option('--no-probe', 'do not ask whether another DHCP server answers')
    .option('--json', 'print events as JSON lines')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const uiAddress = parseUiAddress(options.ui);
  const stop = stopSignal();
  const onEvent = options.json === true ? printJsonLine : undefined;
  const choices = await readChoices(options);
  if (uiAddress !== undefined) {
    const { allowUnfit, allowForeignDhcp, probe } = options;
    const { serveWithUi } = await import('./serve-with-ui.ts');
    const draft = { ...choices, override: false, allowUnfit, allowForeignDhcp, probe };
    return serveWithUi(uiAddress, draft, stop, onEvent);
  }
  const config = {
    ...choices,
    allowUnfitInterface: options.allowUnfit,
    allowForeignDhcp: options.allowForeignDhcp,
    probe: options.probe,
    loadersFolder: locateLoadersFolder(process.env),
    dataFolder: dataFolder(),
  };
  const { startEngine } = await import('../engine/engine.ts');
  await using engine = await startEngine(config, onEvent);
  for (const { address, machine, reason } of engine.unreservable()) {
    printNote(
      `Line ${machine.line} of ${options.machines ?? 'the machine list'}: ${address} is not reserved, as ${reason}.`,
    );
  }
  if (options.json !== true) announce(engine, options);
  using _shown = options.json === true ? undefined : showEngine(engine);
  using _approvals = takesCodes(engine.policy) ? listenForApprovals(process.stdin, engine) : undefined;
  await Promise.race([stop, engine.failed]);
}

const takesCodes = ({ kind }: ApprovalPolicy): boolean => kind === 'approved' || kind === 'rules';

function announce(engine: Engine, options: ServeOptions): void {
  const { image, entry, baseUrl } = engine;
  const mode = engine.mode();
  printLine(`${printable(image.name)}: ${printable(entry.title)}${entry.destructive ? ' (may change disks)' : ''}`);
  for (const warning of image.warnings) printLine(`Note: ${printable(warning)}`);
  printLine(policyInWords[engine.policy.kind]);
  printLine(`Serving on ${options.interface}, ${baseUrl}. Ctrl-C stops.`);
  if (mode !== undefined) for (const line of modeLines(mode, engine)) printLine(line);
}

const policyInWords: Readonly<Record<ApprovalPolicy['kind'], string>> = {
  'every-machine': 'Every machine that asks boots.',
  approved: 'Each machine waits for you: type the code on its screen and press Enter to let it boot.',
  listed: 'Only the machines of the list boot.',
  rules: 'Machines that your rules name boot; for any other, type the code on its screen and press Enter.',
};
