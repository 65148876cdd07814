import { createServer } from 'node:net';
import { join } from 'node:path';
import { type StationError, toStationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import { openLoaders } from '../files/loaders.ts';
import { readLoaderManifest } from '../files/loaders-manifest.ts';
import { freeSpaceBytes } from '../images/free-space.ts';
import { listenOnDevice, openDeviceUdpSocket } from '../net/device-socket.ts';
import { probeForeignDhcp } from '../net/dhcp-probe.ts';
import { findInterface } from '../net/interfaces.ts';
import { standardPorts } from '../session-config.ts';
import type { Finding, PortFinding, PreflightDraft, PreflightFacts } from './facts.ts';
import { plannedAddress } from './network-checks.ts';

export interface PreflightPlaces {
  readonly dataFolder: string;
  readonly loadersFolder: string;
}

/** Finds out everything the checks go by. Takes as long as the probe; changes nothing. */
export async function gatherFacts(
  draft: PreflightDraft,
  places: PreflightPlaces,
  image: (() => Promise<ImageDescription>) | undefined,
): Promise<PreflightFacts> {
  const networkInterface = await finding(() => findInterface(draft.interfaceName));
  const [probe, ports, loaders, described, freeBytes] = await Promise.all([
    finding(() => probeForeignDhcp(draft.interfaceName)),
    networkInterface.ok ? tryPorts(draft, networkInterface.value) : [],
    finding(() => presentLoaders(places.loadersFolder)),
    image === undefined ? undefined : finding(image),
    freeSpaceBytes(join(places.dataFolder, 'trees')).catch(() => undefined),
  ]);
  return { networkInterface, probe, ports, loaders, image: described, freeBytes };
}

async function finding<Value>(find: () => Promise<Value>): Promise<Finding<Value>> {
  try {
    return { ok: true, value: await find() };
  } catch (error) {
    return { ok: false, error: toStationError(error) };
  }
}

async function presentLoaders(
  folder: string,
): Promise<{ folder: string; present: string[]; missing: readonly string[] }> {
  const { byFile, missing } = await openLoaders(folder, await readLoaderManifest());
  return { folder, present: [...byFile.keys()], missing };
}

/** Opens each port for a moment, tied to the interface as a session would. */
async function tryPorts(draft: PreflightDraft, networkInterface: NetworkInterface): Promise<PortFinding[]> {
  const { name: interfaceName, addresses } = networkInterface;
  const planned = plannedAddress(draft, networkInterface)?.address;
  // An address that the session will only set cannot be bound yet.
  const address = addresses.some((one) => one.address === planned) && planned !== undefined ? planned : '0.0.0.0';
  const udp = async (port: number, bindAddress: string): Promise<void> => {
    const endpoint = { interfaceName, address: bindAddress, port };
    const socket = await openDeviceUdpSocket(endpoint, {
      interfaceAddress: address,
      alone: port === standardPorts.dhcpServer,
    });
    await new Promise<void>((resolve) => socket.close(resolve));
  };
  const tcp = async (port: number): Promise<void> => {
    const server = createServer();
    await listenOnDevice(server, { interfaceName, address, port });
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const { dhcpServer, tftp, http } = standardPorts;
  return await Promise.all([
    tried('UDP', dhcpServer, 'DHCP', () => udp(dhcpServer, '0.0.0.0')),
    tried('UDP', tftp, 'TFTP', () => udp(tftp, address)),
    ...http.map((port) => tried('TCP', port, 'HTTP', () => tcp(port))),
  ]);
}

async function tried(
  protocol: 'UDP' | 'TCP',
  port: number,
  purpose: string,
  open: () => Promise<void>,
): Promise<PortFinding> {
  const error: StationError | undefined = await open().then(
    () => undefined,
    (thrown: unknown) => toStationError(thrown),
  );
  return { protocol, port, purpose, error };
}
