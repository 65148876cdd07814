import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import type { EngineEvent } from '../contract/events.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { locateLoadersFolder } from '../engine/files/loaders-folder.ts';
import { resolveImage } from '../engine/images/library.ts';
import { createVendorLookup } from '../engine/net/mac-vendor.ts';
import { createLiveTable } from './live-table.ts';
import { printJsonLine, printLine, printNote, printable } from './output.ts';
import { type ShownClient, plainLine, plainLineKey, tableLines } from './serve-lines.ts';

interface ServeOptions {
  readonly image: string;
  readonly interface: string;
  readonly mode: string;
  readonly address?: string;
  readonly pool?: string;
  readonly entry?: string;
  readonly policy?: string;
  readonly ui: string;
  readonly allowUnfit?: boolean;
  readonly json?: boolean;
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('a session: serves until Ctrl-C and shows each machine')
    .requiredOption('--image <ISO|ID>', 'the image to boot: a path, or an id of the library')
    .requiredOption('--interface <IF>', 'the network interface that leads to the bench')
    .option('--mode <MODE>', 'dhcp: hand out addresses (auto means the same for now)', 'auto')
    .option('--address <CIDR>', 'give the interface this address for the session')
    .option('--pool <FROM-TO>', 'addresses for the machines (default: upper part of the subnet)')
    .option('--entry <ID>', 'the entry to boot (default: the one the image starts by itself)')
    .option('--policy <POLICY>', 'auto: boot every machine that asks')
    .option('--ui <HOST:PORT>', 'not there yet: off', 'off')
    .option('--allow-unfit', 'serve even on an interface that "fieldboot interfaces" calls unfit')
    .option('--json', 'print events as JSON lines')
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  refuseWhatIsNotThere(options);
  const stop = stopSignal();
  const image = await resolveImage(options.image, dataFolder());
  const onEvent = options.json === true ? printJsonLine : undefined;
  const config = {
    imagePath: image.path,
    interfaceName: options.interface,
    address: options.address,
    pool: options.pool,
    entryId: options.entry,
    allowUnfitInterface: options.allowUnfit,
    loadersFolder: locateLoadersFolder(process.env),
    dataFolder: dataFolder(),
  };
  await using engine = await startEngine(config, onEvent);
  if (options.json !== true) announce(engine, options);
  using _shown = options.json === true ? undefined : process.stdout.isTTY ? showTable(engine) : showPlain(engine);
  await stop;
}

/** A destructive image boots nothing unasked: approval is not built yet, so the policy must be named. */
function refuseWhatIsNotThere({ mode, policy, ui }: ServeOptions): void {
  const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });
  if (mode !== 'auto' && mode !== 'dhcp') throw usage(`--mode ${mode} is not there yet; it takes "dhcp" or "auto".`);
  if (policy !== undefined && policy !== 'auto') throw usage(`--policy ${policy} is not there yet; it takes "auto".`);
  if (ui !== 'off') throw usage('--ui is not there yet; it takes "off".');
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function announce(engine: Engine, options: ServeOptions): void {
  const { image, entry, baseUrl, pool } = engine;
  printLine(`${printable(image.name)}: ${printable(entry.title)}${entry.destructive ? ' (may change disks)' : ''}`);
  for (const warning of image.warnings) printLine(`Note: ${printable(warning)}`);
  printLine(`Serving on ${options.interface}, ${baseUrl}, addresses ${pool.first} to ${pool.last}. Ctrl-C stops.`);
}

function trouble(event: EngineEvent): string | undefined {
  return event.type === 'engine.trouble'
    ? `${event.code}: ${printable(event.title)} ${printable(event.advice)}`
    : undefined;
}

function showTable(engine: Engine): Disposable {
  const vendors = new Map<string, string | undefined>();
  const lookup = createVendorLookup();
  const shown = (): ShownClient[] => engine.clients().map((client) => ({ client, vendor: vendors.get(client.mac) }));
  const table = createLiveTable(process.stdout, () => tableLines(shown(), process.stdout.columns));
  const unsubscribe = engine.subscribe((event) => {
    const text = trouble(event);
    if (text !== undefined) table.note(text);
    if ('mac' in event && !vendors.has(event.mac)) {
      vendors.set(event.mac, undefined);
      void lookup(event.mac).then((vendor) => vendors.set(event.mac, vendor));
    }
  });
  return {
    [Symbol.dispose]() {
      unsubscribe();
      table[Symbol.dispose]();
    },
  };
}

function showPlain(engine: Engine): Disposable {
  const printed = new Map<string, string>();
  const lookup = createVendorLookup();
  const show = async (mac: string): Promise<void> => {
    const vendor = await lookup(mac);
    const client = engine.clients().find((candidate) => candidate.mac === mac);
    if (client === undefined) return;
    const key = plainLineKey(client);
    if (printed.get(mac) === key) return;
    printed.set(mac, key);
    printLine(plainLine({ client, vendor }, new Date(client.lastSeenMs)));
  };
  const unsubscribeClients = engine.onClientChanged((mac) => void show(mac));
  const unsubscribe = engine.subscribe((event) => {
    const text = trouble(event);
    if (text !== undefined) printNote(text);
  });
  return {
    [Symbol.dispose]() {
      unsubscribeClients();
      unsubscribe();
    },
  };
}
