import { randomBytes } from 'node:crypto';
import type dgram from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { StationError } from '../../contract/errors.ts';
import type { ForeignServer, ProbeResult } from '../../contract/session.ts';
import { neighbourMac } from './arp-table.ts';
import {
  discoverPacket,
  informPacket,
  mergeServers,
  PROBE_SEED_BYTES,
  type ProbeClient,
  probeClients,
  readProbeAnswer,
} from './dhcp-probe-packets.ts';
import { openDeviceUdpSocket } from './device-socket.ts';
import { findInterface } from './interfaces.ts';
import { createVendorLookup } from './mac-vendor.ts';
import { proposeMode } from './propose-mode.ts';
import type { ServingAddress } from './serving-address.ts';

export interface DhcpProbeOptions {
  readonly interfaceName: string;
  /** What this computer is on that interface; its own answers do not count. Without an address only DISCOVERs are sent. */
  readonly own: { readonly mac: string; readonly addresses: readonly ServingAddress[] };
  /** Who asks (`probeClients`), made by the caller, whose own server must not answer them. */
  readonly clients: readonly ProbeClient[];
  readonly vendorOf: (mac: string) => Promise<string | undefined>;
  /** 67 and 68 by default. */
  readonly ports?: { readonly server: number; readonly client: number } | undefined;
  readonly durationMs?: number | undefined;
  /**
   * True: only whether somebody gives addresses. Who answers an INFORM is then asked nothing more, so that a server which looks again
   * and again is not made to set addresses aside.
   */
  readonly presenceOnly?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of each server once, when it is first heard. */
  readonly onServer?: ((server: ForeignServer) => void) | undefined;
}

/** dnsmasq, which most routers run, pings an address for 3 s before it offers it. */
const DURATION_MS = 4_000;
/** Servers that know the wire answer in milliseconds; packets get lost, and switches learn ports for a second. */
const ASK_AT_MS = [0, 250, 1_000, 2_000];
const MOST_SERVERS = 64;
const LIMITED_BROADCAST = '255.255.255.255';
const INFORMED_MS = 50;
/** Long enough for an ARP exchange on a slow switch. */
const LEARN_MS = 150;

/**
 * Asks on one interface whether somebody else answers DHCP there: as a plain client, a BIOS, a UEFI and one that boots by HTTP. Nothing is
 * ever requested, so that no address is taken.
 *
 * Errors: those of `openDeviceUdpSocket` for the client's port, the reason of `signal`, and the system's where nothing can be sent.
 */
export async function probeDhcp(options: DhcpProbeOptions): Promise<ProbeResult> {
  const { interfaceName, own, durationMs = DURATION_MS, signal, vendorOf } = options;
  const servers = new Map<string, ForeignServer>();
  const startedAtMs = performance.now();
  const socket = await openProbeSocket(options);
  try {
    listen(socket, options, servers);
    for (const atMs of ASK_AT_MS.filter((time) => time < durationMs)) {
      await delay(Math.max(0, startedAtMs + atMs - performance.now()), undefined, { signal });
      // Once somebody answers there is no doubt left, and every asking makes a dnsmasq ping, deaf to its own clients.
      if (servers.size === 0) await ask(socket, options, servers, atMs);
      if (options.presenceOnly === true && servers.size > 0) break;
    }
    if (options.presenceOnly !== true || servers.size === 0)
      await delay(Math.max(0, startedAtMs + durationMs - performance.now()), undefined, { signal });
    // Asked by name: this computer has to learn the server's hardware address for it.
    for (const address of servers.keys()) await inform(socket, options, address).catch(() => undefined);
    if (servers.size > 0 && own.addresses.length > 0) await delay(LEARN_MS, undefined, { signal });
  } finally {
    await new Promise<void>((resolve) => socket.close(resolve));
  }
  const found = await Promise.all([...servers.values()].map(async (server) => await named(server)));
  const tookMs = Math.round(performance.now() - startedAtMs);
  const proposal = proposeMode({ interfaceName, addresses: own.addresses, servers: found, durationMs: tookMs });
  return { interfaceName, servers: found, durationMs: tookMs, ...proposal };

  async function named(server: ForeignServer): Promise<ForeignServer> {
    const mac = await neighbourMac(server.address, interfaceName);
    const vendor = mac === undefined ? undefined : await vendorOf(mac);
    return { ...server, ...(mac === undefined ? {} : { mac }), ...(vendor === undefined ? {} : { vendor }) };
  }
}

/** The probe of an interface as it stands, by its name. Errors: E_INTERFACE_NOT_FOUND, E_INTERFACE_DOWN, those of `probeDhcp`. */
export async function probeForeignDhcp(interfaceName: string, signal?: AbortSignal): Promise<ProbeResult> {
  const { mac, kind, link, addresses } = await findInterface(interfaceName);
  if (kind === 'loopback') {
    const reason = 'Nobody else is on the loopback.';
    return { interfaceName, servers: [], durationMs: 0, proposedMode: 'dhcp', reason };
  }
  if (link === 'down') throw new StationError('E_INTERFACE_DOWN', { name: interfaceName });
  const own = { mac, addresses: addresses.filter(({ family }) => family === 'IPv4') };
  const clients = probeClients(mac, randomBytes(PROBE_SEED_BYTES));
  return await probeDhcp({ interfaceName, own, clients, vendorOf: createVendorLookup(), signal });
}

async function openProbeSocket({ interfaceName, own, ports = standardPorts }: DhcpProbeOptions): Promise<dgram.Socket> {
  const interfaceAddress = own.addresses[0]?.address ?? '0.0.0.0';
  return await openDeviceUdpSocket({ interfaceName, address: '0.0.0.0', port: ports.client }, { interfaceAddress });
}

const standardPorts = { server: 67, client: 68 };

function listen(socket: dgram.Socket, options: DhcpProbeOptions, servers: Map<string, ForeignServer>): void {
  const { own, clients, onServer } = options;
  const transactionIds = new Set([...clients.map(({ transactionId }) => transactionId), informId(clients)]);
  socket.on('message', (datagram, source) => {
    const heard = readProbeAnswer(datagram, source.address, transactionIds);
    const isOwn = (address: string): boolean => own.addresses.some((one) => one.address === address);
    if (heard === undefined || isOwn(heard.address) || isOwn(source.address)) return;
    const known = servers.get(heard.address);
    if (known === undefined && servers.size >= MOST_SERVERS) return;
    servers.set(heard.address, mergeServers(known, heard));
    if (known === undefined) onServer?.(heard);
  });
  // An interface that goes away while it is asked is told by the sending.
  socket.on('error', () => undefined);
}

const informId = (clients: readonly ProbeClient[]): number => ((clients[0]?.transactionId ?? 0) ^ 0x5a5a5a5a) >>> 0;

/** Settings first: a dnsmasq that has begun to ping hears nothing else for 3 s. */
async function ask(
  socket: dgram.Socket,
  options: DhcpProbeOptions,
  servers: ReadonlyMap<string, ForeignServer>,
  elapsedMs: number,
): Promise<void> {
  const { clients, ports = standardPorts, signal, presenceOnly = false } = options;
  await inform(socket, options, LIMITED_BROADCAST);
  await delay(INFORMED_MS, undefined, { signal });
  if (presenceOnly && servers.size > 0) return;
  for (const client of clients) {
    await send(socket, discoverPacket(client, Math.floor(elapsedMs / 1000)), LIMITED_BROADCAST, ports.server);
  }
}

async function inform(socket: dgram.Socket, options: DhcpProbeOptions, to: string): Promise<void> {
  const { own, clients, ports = standardPorts } = options;
  const address = own.addresses[0]?.address;
  if (address === undefined || !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(own.mac)) return;
  await send(socket, informPacket({ mac: own.mac, address }, informId(clients)), to, ports.server);
}

function send(socket: dgram.Socket, bytes: Uint8Array, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(bytes, port, address, (error) => (error === null ? resolve() : reject(error)));
  });
}
