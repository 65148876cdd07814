import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';
import { type CommandOptions, type CommandResult, runChecked, runCommand, RunningCommand } from './command.ts';
import type { Impairment } from './impaired-cable.ts';

const NAMESPACE_FOLDER = '/run/netns';
const CONFIGURATION_FOLDER = '/etc/netns';
const NAME_PREFIX = 'fieldboot-';
const IMPAIRED_CABLE = fileURLToPath(new URL('impaired-cable.ts', import.meta.url));

let counter = 0;

/**
 * A network namespace of this test process, loopback up, nothing else in it. Dispose ends every process that is still
 * in it and removes it with all its interfaces.
 */
export class NetworkNamespace implements AsyncDisposable {
  readonly name: string;
  readonly #spawned = new Set<RunningCommand>();

  private constructor(name: string) {
    this.name = name;
  }

  static async open(): Promise<NetworkNamespace> {
    if (counter === 0) await removeAbandoned();
    const namespace = new NetworkNamespace(`${NAME_PREFIX}${process.pid}-${threadId}-${++counter}`);
    // `ip netns exec` mounts what is in this folder over /etc: a DHCP client may not touch this machine's own resolver.
    const configuration = join(CONFIGURATION_FOLDER, namespace.name);
    try {
      mkdirSync(configuration, { recursive: true });
      writeFileSync(join(configuration, 'resolv.conf'), '');
      await runChecked(['ip', 'netns', 'add', namespace.name]);
      await namespace.configure('link set lo up');
      return namespace;
    } catch (error) {
      await namespace[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A command's words as they have to be run from outside. */
  command(command: readonly string[]): readonly string[] {
    return ['ip', 'netns', 'exec', this.name, ...command];
  }

  /** Runs a command in the namespace to its end, whatever its exit code. */
  async run(command: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return await runCommand(this.command(command), options);
  }

  /** Like `run`, rejects with the output where the exit code is not 0; resolves to stdout. */
  async check(command: readonly string[], options?: CommandOptions): Promise<string> {
    return await runChecked(this.command(command), options);
  }

  /** Starts a long-running command in the namespace; ended at the latest with the namespace. */
  spawn(command: readonly string[], options?: Omit<CommandOptions, 'timeoutMs'>): RunningCommand {
    const running = new RunningCommand(this.command(command), options);
    this.#spawned.add(running);
    return running;
  }

  /** `ip <words>` in the namespace. */
  async configure(words: string): Promise<void> {
    await runChecked(['ip', '-netns', this.name, ...words.split(' ')]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#spawned].map(async (running) => await running.stop()));
    await removeNamespace(this.name);
  }
}

/** A machine's place on the bench that is played by a namespace: one interface, wired to a bridge of the bed. */
export class ClientNamespace implements AsyncDisposable {
  readonly namespace: NetworkNamespace;
  readonly interfaceName = 'eth0';
  readonly mac: string;
  /** The other end of its cable, in the station's namespace. */
  readonly stationSide: string;
  #cable: RunningCommand | undefined;
  #impairments = 0;

  constructor(namespace: NetworkNamespace, mac: string, stationSide: string) {
    this.namespace = namespace;
    this.mac = mac;
    this.stationSide = stationSide;
  }

  /** Wires the client by a cable that `impair` can spoil, instead of by a plain one. */
  attachImpairedCable(cable: RunningCommand): void {
    this.#cable = cable;
  }

  /** Spoils the cable in both directions from now on; `{}` repairs it. Needs `addClient({ impairable: true })`. */
  async impair(impairment: Impairment): Promise<void> {
    if (this.#cable === undefined) throw new Error('This client has a plain cable: add it with { impairable: true }');
    this.#cable.writeLine(JSON.stringify(impairment));
    await this.#cable.waitForLine(new RegExp(`^impaired ${++this.#impairments}$`), 5_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.namespace[Symbol.asyncDispose]();
  }
}

export interface ClientOptions {
  /** Bridge of the bed; the bench's by default. */
  readonly bridge?: string;
  readonly mac?: string;
  /** Static address such as `192.168.77.9/24`; none by default, as for a client that asks by DHCP. */
  readonly address?: string;
  /** Frames pass by a process that can lose, double and delay them: slower than a plain cable. */
  readonly impairable?: boolean;
}

/**
 * A bench: the station's namespace with bridge `br0` (192.168.77.1/24), and what is plugged into it. Nothing leaves the
 * namespaces. Dispose removes all of it, also where only a part was made.
 */
export class Bed implements AsyncDisposable {
  static readonly bridge = 'br0';
  static readonly address = '192.168.77.1';
  static readonly prefixLength = 24;

  readonly station: NetworkNamespace;
  readonly #clients: AsyncDisposable[] = [];
  #cables = 0;
  #bridges = 0;

  private constructor(station: NetworkNamespace) {
    this.station = station;
  }

  static async open(): Promise<Bed> {
    const bed = new Bed(await NetworkNamespace.open());
    try {
      await bed.addBridge(Bed.bridge, `${Bed.address}/${Bed.prefixLength}`);
      return bed;
    } catch (error) {
      await bed[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Another switch at the station, such as the office's. Its link is up, as a switch's is with nothing else on it. */
  async addBridge(name: string, address?: string): Promise<void> {
    // Of its own: else it is the lowest of its ports', changes when one is added, and who knows the old one waits in vain.
    const mac = `52:54:00:b0:00:${(++this.#bridges).toString(16).padStart(2, '0')}`;
    await this.station.configure(`link add ${name} address ${mac} type bridge stp_state 0 forward_delay 0`);
    if (address !== undefined) await this.station.configure(`address add ${address} dev ${name}`);
    await this.station.configure(`link set ${name} up`);
    // A bridge without a live port has no carrier, and the station rightly refuses an interface without.
    await this.addClient({ bridge: name });
  }

  /** A tap for a virtual machine on a bridge. Resolves to its name. */
  async addTap(bridge: string = Bed.bridge): Promise<string> {
    const tap = `tap${this.#cables++}`;
    await this.station.configure(`tuntap add dev ${tap} mode tap`);
    await this.station.configure(`link set ${tap} master ${bridge} up`);
    return tap;
  }

  /** A namespace that plays a machine: `eth0` in it is wired to a bridge. */
  async addClient(options: ClientOptions = {}): Promise<ClientNamespace> {
    const { bridge = Bed.bridge, address } = options;
    const number = this.#cables++;
    const mac = options.mac ?? `52:54:00:7e:00:${number.toString(16).padStart(2, '0')}`;
    const client = new ClientNamespace(await NetworkNamespace.open(), mac, `cable${number}`);
    this.#clients.push(client);
    const { namespace, interfaceName, stationSide } = client;
    if (options.impairable === true) {
      const farSide = `far${number}`;
      const cable = this.station.spawn([process.execPath, IMPAIRED_CABLE, stationSide, farSide]);
      await cable.waitForLine(/^ready$/, 10_000);
      await this.station.configure(`link set ${farSide} address ${mac} name ${interfaceName} netns ${namespace.name}`);
      client.attachImpairedCable(cable);
    } else {
      await this.station.configure(
        `link add ${stationSide} type veth peer name ${interfaceName} address ${mac} netns ${namespace.name}`,
      );
    }
    await this.station.configure(`link set ${stationSide} master ${bridge} up`);
    await namespace.configure(`link set ${interfaceName} up`);
    if (address !== undefined) await namespace.configure(`address add ${address} dev ${interfaceName}`);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The station first: what it runs may still talk to the clients.
    await this.station[Symbol.asyncDispose]();
    await Promise.all(this.#clients.map(async (client) => await client[Symbol.asyncDispose]()));
  }
}

async function removeNamespace(name: string): Promise<void> {
  // Daemons that a client left behind keep a namespace alive. What runs in it was started by its test.
  const { stdout } = await runCommand(['ip', 'netns', 'pids', name]);
  for (const pid of stdout.split('\n').filter((line) => line !== '')) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Ended by itself meanwhile.
    }
  }
  await runCommand(['ip', 'netns', 'delete', name]);
  rmSync(join(CONFIGURATION_FOLDER, name), { recursive: true, force: true });
}

/** Namespaces of test processes that were killed before they could clean up. */
async function removeAbandoned(): Promise<void> {
  const names = new Set([NAMESPACE_FOLDER, CONFIGURATION_FOLDER].flatMap(entriesOf));
  for (const name of names) {
    const owner = new RegExp(`^${NAME_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await removeNamespace(name);
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
