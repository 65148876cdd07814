import type dgram from 'node:dgram';
import os from 'node:os';
import { StationError, toStationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import type { ServingMode } from '../../contract/session.ts';
import type { Plan } from '../boot/plan.ts';
import { openDeviceUdpSocket } from '../net/device-socket.ts';
import type { DhcpPorts, Endpoint } from './addressing.ts';
import { FloodGuard } from './flood-guard.ts';
import { HeldRequests } from './held-requests.ts';
import { type LeaseFile, openLeaseFile } from './lease-file.ts';
import { AddressPool, type Binding, InvalidPool } from './pool.ts';
import type { Reservation, ReservationAsker } from './pool-reservations.ts';
import { reservationReader } from './reservation-reader.ts';
import type { DatagramResponder, Outcome, PreparedReply } from './outcome.ts';
import { Responder } from './responder.ts';
import { ProxyResponder } from './responder-proxy.ts';
import { explainSocketError, ReplySender } from './sender.ts';
import { TroubleReporter } from './trouble-reporter.ts';

export interface DhcpServerOptions {
  readonly interfaceName: string;
  /** The station's address on that interface: server identifier and boot server. */
  readonly address: string;
  readonly prefixLength: number;
  /** First and last address to hand out; the station's own is left out. */
  readonly pool: { readonly first: string; readonly last: string };
  readonly leaseSeconds: number;
  readonly router?: string | undefined;
  readonly dnsServers?: readonly string[] | undefined;
  /** 67, 68 and 4011 by default. */
  readonly ports?: DhcpPorts | undefined;
  /** True by default: clients that insist on an address from elsewhere are told to start anew. */
  readonly authoritative?: boolean | undefined;
  /** `pool` by default: plain BOOTP clients get an address too. */
  readonly bootp?: 'off' | 'pool' | undefined;
  readonly plan: Plan;
  readonly emit: EmitEvent;
  /** Where leases are kept over restarts. */
  readonly leaseFile: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What a person keeps for the machine that asks. */
  readonly reservation?: ((machine: ReservationAsker) => Reservation) | undefined;
  /** All that are kept when it starts. */
  readonly reservedAddresses?: ReadonlySet<string> | undefined;
  /** Hardware addresses that are never served; those of this computer by default. */
  readonly ownMacs?: readonly string[] | undefined;
  /** Further ones that are never served, such as those that a probe for other servers asks by. */
  readonly ignoredMacs?: readonly string[] | undefined;
  /**
   * Whether it hands out addresses (the default) or leaves that to another server. Requests are kept until a promise resolves, and
   * answered then; where it rejects, nothing is ever answered.
   */
  readonly mode?: ServingMode | Promise<ServingMode> | undefined;
}

export interface DhcpStatistics {
  /** Datagrams heard. */
  readonly received: number;
  /** Of those: not a request that a server can read, or one of a flood. */
  readonly dropped: number;
  /** Of those: from this computer's own interfaces. */
  readonly ignored: number;
  /** Of those: understood and not answered. */
  readonly silent: number;
  readonly replied: number;
  readonly sendFailures: number;
}

export interface DhcpServer extends AsyncDisposable {
  /** Keeps these addresses for the machines that `reservation` names, from now on. */
  reserve(addresses: ReadonlySet<string>): void;
  readonly statistics: DhcpStatistics;
  /** Where it listens: the port that was chosen where 0 was asked for. */
  readonly endpoint: Endpoint;
}

/**
 * Serves DHCP and BOOTP on one interface until it is disposed of.
 *
 * Errors: E_POOL_INVALID; E_OUTPUT_NOT_WRITABLE, E_DISK_FULL for the lease file; those of `openDeviceUdpSocket`.
 */
export async function startDhcpServer(options: DhcpServerOptions): Promise<DhcpServer> {
  const pool = openPool(options);
  const leaseFile = await openLeaseFile(options.leaseFile);
  try {
    // First: a lease of one that is outside the pool is no lease else.
    if (options.reservedAddresses !== undefined) pool.reserve(options.reservedAddresses);
    for (const binding of inOrderOfEnd(leaseFile.restored)) pool.bind(binding);
    const { interfaceName, address, ports = standardPorts } = options;
    const socket = await openDeviceUdpSocket(
      { interfaceName, address: '0.0.0.0', port: ports.server },
      { interfaceAddress: address, alone: true },
    );
    const server = new SocketDhcpServer(options, pool, leaseFile, socket);
    if (ports.bootServer !== undefined) await server.openBootServer(ports.bootServer);
    return server;
  } catch (error) {
    await leaseFile[Symbol.asyncDispose]();
    throw error;
  }
}

const standardPorts: DhcpPorts = { server: 67, client: 68, bootServer: 4011 };

function openPool({ address, prefixLength, pool }: DhcpServerOptions): AddressPool {
  try {
    return new AddressPool({ address, prefixLength, ...pool });
  } catch (error) {
    if (!(error instanceof InvalidPool)) throw error;
    const value = `${pool.first}-${pool.last}`;
    throw new StationError('E_POOL_INVALID', { value, problem: error.message }, { cause: error });
  }
}

/** The pool goes by the order of bindings, and a run with other lease times may have written the file. */
const inOrderOfEnd = (bindings: readonly Binding[]): Binding[] =>
  bindings.toSorted((a, b) => a.expiresAtMs - b.expiresAtMs);

const ownHardwareAddresses = (): string[] =>
  Object.values(os.networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ mac }) => mac));

/** Beyond this many unwritten leases the disk is the bottleneck, and clients ask again. */
const MAXIMUM_UNWRITTEN = 4096;
const DROPPED_EVENT_INTERVAL_MS = 1000;

class SocketDhcpServer implements DhcpServer {
  readonly #options: DhcpServerOptions;
  readonly #responders: Readonly<Record<ServingMode, DatagramResponder>>;
  #mode: ServingMode = 'dhcp';
  readonly #pool: AddressPool;
  readonly #leaseFile: LeaseFile;
  readonly #socket: dgram.Socket;
  readonly #trouble: TroubleReporter;
  readonly #sender: ReplySender;
  readonly #held: HeldRequests;
  readonly #flood = new FloodGuard();
  #bootServerSocket: dgram.Socket | undefined;
  readonly #counts = { received: 0, dropped: 0, ignored: 0, silent: 0 };
  #droppedToldAtMs = -Infinity;
  #isClosed = false;

  constructor(options: DhcpServerOptions, pool: AddressPool, leaseFile: LeaseFile, socket: dgram.Socket) {
    const { authoritative = true, bootp = 'pool', ports = standardPorts, plan, mode = 'dhcp' } = options;
    this.#options = options;
    this.#pool = pool;
    this.#leaseFile = leaseFile;
    this.#socket = socket;
    this.#trouble = new TroubleReporter(options.emit);
    this.#sender = new ReplySender(options.interfaceName, options.emit, this.#trouble);
    const station = { ...options, authoritative, bootp, ...reservationReader(options.reservation) };
    const ownMacs = new Set([...(options.ownMacs ?? ownHardwareAddresses()), ...(options.ignoredMacs ?? [])]);
    const hasBootServer = (): boolean => this.#bootServerSocket !== undefined;
    this.#responders = {
      dhcp: new Responder({ station, ports, plan, pool, ownMacs }),
      proxy: new ProxyResponder({ station, ports, plan, ownMacs, hasBootServer }),
    };
    if (typeof mode === 'string') this.#mode = mode;
    const decided = typeof mode === 'string' ? undefined : mode.then((known) => void (this.#mode = known));
    this.#held = new HeldRequests(decided);
    this.#listen(socket, (datagram, source) => this.#responder.handle(datagram, source, options.now()));
  }

  get #responder(): DatagramResponder {
    return this.#responders[this.#mode];
  }

  /** The server goes on without it where the port is taken: a proxy's offers send nobody there then. */
  async openBootServer(port: number): Promise<void> {
    const { interfaceName, address } = this.#options;
    try {
      const socket = await openDeviceUdpSocket({ interfaceName, address, port }, { interfaceAddress: address });
      this.#bootServerSocket = socket;
      this.#listen(socket, (datagram, source) => this.#responder.handleBootServer(datagram, source));
    } catch (error) {
      this.#trouble.report('boot-server', toStationError(error));
    }
  }

  reserve(addresses: ReadonlySet<string>): void {
    this.#pool.reserve(addresses);
  }

  get statistics(): DhcpStatistics {
    return { ...this.#counts, ...this.#sender.statistics };
  }

  get endpoint(): Endpoint {
    const { address, port } = this.#socket.address();
    return { address, port };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#held[Symbol.dispose]();
    this.#sender[Symbol.dispose]();
    const sockets = [this.#socket, this.#bootServerSocket].filter((socket) => socket !== undefined);
    await Promise.all(sockets.map(async (socket) => await new Promise<void>((resolve) => socket.close(resolve))));
    await this.#leaseFile[Symbol.asyncDispose]();
  }

  #listen(socket: dgram.Socket, handle: (datagram: Uint8Array, source: Endpoint) => Outcome): void {
    socket.on('error', (error) =>
      this.#trouble.report('receive', explainSocketError(error, this.#options.interfaceName)),
    );
    socket.on('message', (datagram, source) => {
      this.#counts.received++;
      const flood = this.#flood.refusal(datagram, this.#options.now());
      if (flood === undefined) this.#held.pass(() => this.#receive(socket, () => handle(datagram, source)));
      else this.#drop(flood);
    });
  }

  #receive(socket: dgram.Socket, handle: () => Outcome): void {
    if (this.#leaseFile.pendingCount >= MAXIMUM_UNWRITTEN) return this.#drop('the disk does not keep up');
    try {
      this.#act(handle(), socket);
    } catch (error) {
      // A defect here or in the plan: it must not end the service for everybody else.
      this.#drop('the station failed');
      this.#trouble.report('defect', toStationError(error));
    }
  }

  #act(outcome: Outcome, socket: dgram.Socket): void {
    if (outcome.kind === 'dropped') return this.#drop(outcome.reason);
    if (outcome.kind === 'ignored') {
      this.#counts.ignored++;
      return;
    }
    for (const event of outcome.events) this.#options.emit(event);
    if (outcome.reply === undefined) this.#counts.silent++;
    void this.#writeAndReply(outcome.binding, outcome.reply, socket);
  }

  async #writeAndReply(
    binding: Binding | undefined,
    reply: PreparedReply | undefined,
    socket: dgram.Socket,
  ): Promise<void> {
    if (binding !== undefined && !(await this.#write(binding))) return;
    if (reply !== undefined) this.#sender.send(reply, socket);
  }

  /** False where it could not: no promise may be made then that a restart would forget. */
  async #write(binding: Binding): Promise<boolean> {
    try {
      await this.#leaseFile.append(binding);
      this.#trouble.resolve('lease-file');
      return true;
    } catch (error) {
      this.#trouble.report('lease-file', toStationError(error));
      return false;
    }
  }

  /** A flood of garbage must not become a flood of events: the total of each tells the rest. */
  #drop(reason: string): void {
    this.#counts.dropped++;
    const nowMs = this.#options.now();
    if (nowMs - this.#droppedToldAtMs < DROPPED_EVENT_INTERVAL_MS) return;
    this.#droppedToldAtMs = nowMs;
    this.#options.emit({ type: 'dhcp.dropped', reason, total: this.#counts.dropped });
  }
}
