import type { Socket } from 'node:dgram';
import { randomUUID } from 'node:crypto';
import { StationError, toStationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import type { Route } from '../files/route.ts';
import { createTransferMeter } from '../files/transfer-meter.ts';
import { openDeviceUdpSocket } from '../net/device-socket.ts';
import { parseIpv4, subnetOf } from '../net/ipv4.ts';
import { ChunkPool } from './chunk-pool.ts';
import { blockSizeForMtu, type OptionLimits } from './options.ts';
import { defaultPeerLimits, PeerLimiter, type PeerLimits } from './peer-limits.ts';
import { RequestDesk, type DeskServices } from './request-desk.ts';
import { zeroStatistics, type TftpStatistics } from './statistics.ts';
import { TransferThread } from './thread/transfer-thread.ts';

export interface TftpServerOptions {
  readonly interfaceName: string;
  /** Every IPv4 address of the interface: what is asked at one is answered from it. */
  readonly addresses: readonly { readonly address: string; readonly prefixLength: number }[];
  /** 69; 0 lets the system choose, which makes sense for one address. */
  readonly port?: number;
  readonly routes: readonly Route[];
  readonly emit: EmitEvent;
  /** Milliseconds, only differences matter; best with fractions, as `performance.now`. */
  readonly now: () => number;
  /** Of the interface, 1500 where it is not known. */
  readonly mtuBytes?: number | undefined;
  readonly limits?: Partial<PeerLimits> | undefined;
  /** False: no thread of its own sends the files, as on systems that have not the calls for it. */
  readonly useThread?: boolean | undefined;
  /** How fast time passes for the timers of that thread: 1, and less in tests on busy machines. */
  readonly clockRate?: number | undefined;
}

export interface TftpServer extends AsyncDisposable {
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  readonly statistics: TftpStatistics;
  /** Settles when it is as fast as it can be: it serves before that. */
  readonly ready: Promise<void>;
}

const TFTP_PORT = 69;
const ETHERNET_MTU_BYTES = 1_500;
const MAX_WINDOW_SIZE = 64;

// A receive buffer of Linux's default size holds about this much in small packets; more would be lost in it.
const MAX_WINDOW_BYTES = 128 * 1024;

const MAX_POOLED_BYTES = 32 * 1024 * 1024;

/**
 * Serves the routes' files, read-only, to the subnets of one interface until it is disposed.
 *
 * Errors: E_PORT_IN_USE, E_NO_PRIVILEGE, E_DEVICE_BIND_FAILED; nothing is left open then.
 */
export async function startTftpServer(options: TftpServerOptions): Promise<TftpServer> {
  const { interfaceName, port = TFTP_PORT, routes, emit, now } = options;
  const optionLimits: OptionLimits = {
    maxBlockSizeBytes: blockSizeForMtu(options.mtuBytes ?? ETHERNET_MTU_BYTES),
    maxWindowSize: MAX_WINDOW_SIZE,
    maxWindowBytes: MAX_WINDOW_BYTES,
  };
  await using opened = new AsyncDisposableStack();
  const statistics = zeroStatistics();
  const thread =
    options.useThread === false
      ? undefined
      : new TransferThread({
          interfaceName,
          addresses: options.addresses.map(({ address }) => address),
          clockRate: options.clockRate,
          onStrangers: (count) => {
            statistics.strangers += count;
          },
        });
  if (thread !== undefined) opened.use(thread);
  const services: DeskServices = {
    routes,
    emit,
    now,
    meter: createTransferMeter({ emit, now, newTransferId: randomUUID }),
    pool: new ChunkPool(MAX_POOLED_BYTES),
    limiter: new PeerLimiter({ ...defaultPeerLimits, ...options.limits }),
    optionLimits,
    statistics,
    thread,
  };

  const open = async (address: string, port: number): Promise<Socket> =>
    await openDeviceUdpSocket({ interfaceName, address, port }, { interfaceAddress: address });
  const openForGood = async (address: string, port: number): Promise<Socket> => {
    const socket = opened.adopt(await open(address, port), closeSocket);
    socket.on('error', (error) => tellTrouble(error, emit));
    return socket;
  };

  const desks: RequestDesk[] = [];
  const bound: { address: string; port: number }[] = [];
  for (const { address, prefixLength } of options.addresses) {
    const number = parseIpv4(address);
    if (number === undefined) throw new StationError('E_ADDRESS_INVALID', { value: address, problem: 'not IPv4' });
    const listening = await openForGood(address, port);
    const answering = await openForGood(address, 0);
    const subnet = subnetOf(number, prefixLength);
    const openTransferSocket = async (): Promise<Socket> => await open(address, 0);
    desks.push(new RequestDesk(services, { address, subnet, listening, answering, openTransferSocket }));
    bound.push({ address, port: listening.address().port });
  }
  // Transfers end first, while there are sockets to tell their clients.
  opened.defer(async () => {
    await Promise.all(desks.map(async (desk) => await desk.close()));
  });

  const disposal = opened.move();
  return {
    addresses: bound,
    ready: thread?.ready ?? Promise.resolve(),
    get statistics() {
      return { ...services.statistics };
    },
    [Symbol.asyncDispose]: async () => await disposal.disposeAsync(),
  };
}

const closeSocket = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));

// A packet that cannot be sent is a packet lost. What concerns the socket itself is told, and the server lives on.
const passing: ReadonlySet<string | undefined> = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ENOBUFS', 'EAGAIN', 'EPERM']);

function tellTrouble(error: NodeJS.ErrnoException, emit: EmitEvent): void {
  if (passing.has(error.code)) return;
  const { code, title, advice } = toStationError(error);
  emit({ type: 'engine.trouble', code, title, advice });
}
