import dgram from 'node:dgram';
import type { Server } from 'node:net';
import { StationError } from '../../contract/errors.ts';
import { isPortFree, NativeSocketError, openNativeSocket } from './native-socket.ts';
import { portOwner } from './port-owner.ts';

/** Where a socket of the station lives: on one interface, never on another. */
export interface DeviceEndpoint {
  readonly interfaceName: string;
  /**
   * `0.0.0.0` where broadcasts must be heard (DHCP), else one of the interface's addresses: then answers leave from
   * the address that was asked.
   */
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

export interface DeviceSocketOptions {
  readonly interfaceAddress: string;
  readonly platform?: NodeJS.Platform;
  /** Refuse a wildcard port that another program has on the same interface, even if it is willing to share it. */
  readonly alone?: boolean;
}

// Bursts of a whole bench powering on must not be lost in the socket: the kernel clamps this to rmem_max.
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * A bound UDP socket that hears and speaks on one interface only, broadcasts allowed.
 *
 * Linux: SO_BINDTODEVICE. Windows: a socket bound to the interface's address hears that interface's broadcasts and
 * sends by it, so a wildcard is replaced by `interfaceAddress`. macOS: bound to the wildcard (a specific address
 * below 1024 needs root there) with IP_BOUND_IF, which needs a host to be tested on; until then the interface's
 * address is bound, as on Windows.
 *
 * Errors: E_PORT_IN_USE (names the owner where it can), E_NO_PRIVILEGE, E_DEVICE_BIND_FAILED.
 */
export async function openDeviceUdpSocket(
  endpoint: DeviceEndpoint,
  options: DeviceSocketOptions,
): Promise<dgram.Socket> {
  const platform = options.platform ?? process.platform;
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: sharesPort(endpoint), lookup: literalAddress });
  try {
    if (platform === 'linux') {
      if (options.alone === true && hasNeighbour(endpoint)) throw new NativeSocketError('bind', 'EADDRINUSE');
      const fd = openNativeSocket({
        ...endpoint,
        type: 'udp',
        broadcast: true,
        reuseAddress: sharesPort(endpoint),
        receiveBufferBytes: RECEIVE_BUFFER_BYTES,
      });
      await bound(socket, () => socket.bind({ fd }));
    } else {
      const address = endpoint.address === '0.0.0.0' ? options.interfaceAddress : endpoint.address;
      await bound(socket, () => socket.bind({ address, port: endpoint.port, exclusive: true }));
      socket.setBroadcast(true);
    }
  } catch (error) {
    socket.close();
    throw await explainBindError(error, endpoint, 'UDP', platform);
  }
  return socket;
}

/** Lets a `net.Server` (an HTTP server is one) listen on one interface only. Same errors as for UDP. */
export async function listenOnDevice(
  server: Server,
  endpoint: DeviceEndpoint,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  try {
    const listen =
      platform === 'linux'
        ? { fd: openNativeSocket({ ...endpoint, type: 'tcp', reuseAddress: true, backlog: 1024 }) }
        : { host: endpoint.address, port: endpoint.port, exclusive: true };
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(listen, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw await explainBindError(error, endpoint, 'TCP', platform);
  }
}

// Only addresses are ever given, and Node's own lookup takes a turn of the event loop for each packet even so.
const literalAddress = ((address: string, _family: unknown, done: (error: null, address: string, family: 4) => void) =>
  done(null, address, 4)) as NonNullable<dgram.SocketOptions['lookup']>;

// Other DHCP servers of this computer may serve other interfaces on the same wildcard port. A socket
// on one of our own addresses is ours alone.
const sharesPort = (endpoint: DeviceEndpoint): boolean => endpoint.address === '0.0.0.0';

/**
 * Whether a program has the wildcard port on this very interface (dnsmasq with --bind-interfaces, say). As both are
 * willing to share it, binding would work, and two servers would answer every machine. One that is not willing finds
 * out: it conflicts with sockets of its own interface and with those of none. The latter serve other interfaces as
 * often as not, and they conflict on the loopback too.
 */
function hasNeighbour({ interfaceName, address, port }: DeviceEndpoint): boolean {
  if (port === 0) return false;
  const isFreeOn = (name: string): boolean => isPortFree({ type: 'udp', interfaceName: name, address, port });
  return !isFreeOn(interfaceName) && isFreeOn('lo');
}

function bound(socket: dgram.Socket, bind: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('listening', () => {
      socket.removeListener('error', reject);
      resolve();
    });
    bind();
  });
}

async function explainBindError(
  error: unknown,
  endpoint: DeviceEndpoint,
  protocol: 'UDP' | 'TCP',
  platform: NodeJS.Platform,
): Promise<unknown> {
  const code = (error as NodeJS.ErrnoException).code;
  const { port, address } = endpoint;
  if (code === 'EADDRINUSE') {
    const owner = await portOwner(protocol, port);
    return new StationError('E_PORT_IN_USE', { port, protocol, address, owner }, { cause: error });
  }
  const isBind = !(error instanceof NativeSocketError) || error.call === 'bind';
  if ((code === 'EACCES' || code === 'EPERM') && isBind) {
    return new StationError('E_NO_PRIVILEGE', { port, protocol, platform }, { cause: error });
  }
  return new StationError(
    'E_DEVICE_BIND_FAILED',
    { name: endpoint.interfaceName, reason: error instanceof Error ? error.message : String(error) },
    { cause: error },
  );
}
