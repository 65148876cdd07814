import { join } from 'node:path';
import { StationError } from '../contract/errors.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { Entry, ImageDescription } from '../contract/image.ts';
import type { Menu } from './boot/menu.ts';
import { sessionPlan } from './boot/session-plan.ts';
import type { Client } from './clients/client.ts';
import { createClientMonitor } from './clients-monitor.ts';
import { startDhcpServer } from './dhcp/server.ts';
import { createEventBus } from './event-bus.ts';
import { loaderRoute } from './files/loader-route.ts';
import { openLoaders } from './files/loaders.ts';
import { readLoaderManifest } from './files/loaders-manifest.ts';
import type { Route } from './files/route.ts';
import { scriptRoute } from './files/script-route.ts';
import { startHttpServer } from './http/server.ts';
import { identify } from './images/identify.ts';
import { isoRoute } from './images/iso-route.ts';
import { treeRoute } from './images/tree-route.ts';
import { openImageFile } from './iso/open-image.ts';
import { findInterface } from './net/interfaces.ts';
import { defaultPool } from './net/default-pool.ts';
import { type PoolRange, type ServingAddress, parsePool, servingAddress } from './net/serving-address.ts';
import { assignSessionAddress, undoSessionAddress } from './net/session-address.ts';
import { type SessionConfig, standardPorts } from './session-config.ts';
import { writeSessionTree } from './session-tree.ts';
import { startTftpServer } from './tftp/server.ts';

// Long enough for any installer, short enough that a bench of new machines every hour never runs out.
const LEASE_SECONDS = 3600;

/** A running session. Dispose stops everything it started and gives the interface back as it was. */
export interface Engine extends AsyncDisposable {
  readonly image: ImageDescription;
  readonly entry: Entry;
  readonly address: string;
  readonly baseUrl: string;
  readonly pool: PoolRange;
  clients(): Client[];
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Told after a client's journey took an event in. */
  onClientChanged(listener: (mac: string) => void): () => void;
}

/**
 * Puts the rooms together: opens and recognises the image, then HTTP, TFTP and, when all else is ready, DHCP, so that
 * no machine is told of a file that is not there yet. The boot tree is written beside while machines are served straight out of
 * the image.
 *
 * `onEvent` hears every event from the first one on. Errors: those of the rooms; nothing is left behind after one.
 */
export async function startEngine(config: SessionConfig, onEvent?: (event: EngineEvent) => void): Promise<Engine> {
  await using started = new AsyncDisposableStack();
  const clock = (): number => Date.now();
  const ports = { ...standardPorts, ...config.ports };

  const opened = started.use(await openImageFile(config.imagePath));
  const image = await identify(opened);
  const entry = chooseEntry(image, config.entryId);
  const loaders = await openLoaders(config.loadersFolder, await readLoaderManifest());

  const serving = await serveFrom(config, started);
  const pool = config.pool === undefined ? defaultPool(serving) : parsePool(config.pool, serving);
  const { mtuBytes } = await findInterface(config.interfaceName);

  const bus = createEventBus(clock);
  if (onEvent !== undefined) bus.subscribe(onEvent);
  const monitor = started.use(createClientMonitor(bus));
  const routes: Route[] = [];
  const shared = { interfaceName: config.interfaceName, emit: bus.emit, now: clock, routes };

  const http = started.use(await startHttpServer({ ...shared, ...serving, ports: ports.http }));
  const baseUrl = `http://${serving.address}${http.port === 80 ? '' : `:${http.port}`}`;
  const menu: Menu & { baseUrl: string } = {
    title: image.name,
    imageId: image.id,
    entries: image.entries,
    defaultEntryId: entry.id,
    baseUrl,
  };
  const plan = sessionPlan({ entry, baseUrl, loaders: new Set(loaders.byFile.keys()) });
  const treeFolder = join(config.dataFolder, 'trees', image.id);
  routes.push(
    scriptRoute({ menu, plan, emit: bus.emit, macOf: monitor.macOf }),
    loaderRoute(loaders),
    treeRoute(treeFolder, image),
    isoRoute(opened, image),
  );

  started.use(await startTftpServer({ ...shared, addresses: [serving], port: ports.tftp, mtuBytes }));
  started.use(
    await startDhcpServer({
      ...shared,
      ...serving,
      pool,
      plan,
      leaseSeconds: LEASE_SECONDS,
      leaseFile: join(config.dataFolder, 'leases', `${config.interfaceName}.jsonl`),
      ports: { server: ports.dhcpServer, client: ports.dhcpClient },
    }),
  );
  bus.emit({
    type: 'session.started',
    interfaceName: config.interfaceName,
    address: serving.address,
    httpPort: http.port,
    imageName: image.name,
    entryTitle: entry.title,
  });
  started.use(writeSessionTree({ opened, image, treeFolder, emit: bus.emit }));

  const running = started.move();
  return {
    image,
    entry,
    baseUrl,
    pool,
    address: serving.address,
    clients: monitor.clients,
    subscribe: bus.subscribe,
    onClientChanged: monitor.onChanged,
    async [Symbol.asyncDispose]() {
      await running.disposeAsync();
      bus.emit({ type: 'session.stopped' });
    },
  };
}

function chooseEntry(image: ImageDescription, entryId: string | undefined): Entry {
  const wanted = entryId ?? image.defaultEntryId;
  const entry = image.entries.find(({ id }) => id === wanted);
  if (entry !== undefined) return entry;
  throw new StationError('E_ENTRY_NOT_FOUND', { entry: wanted, known: image.entries.map(({ id }) => id) });
}

/** The address to serve from; one that was asked for is set first, and taken away when the session ends. */
async function serveFrom(config: SessionConfig, started: AsyncDisposableStack): Promise<ServingAddress> {
  const { interfaceName: name, address, allowUnfitInterface = false } = config;
  const noteFile = join(config.dataFolder, `address-${name}.json`);
  await undoSessionAddress(noteFile);
  if (address !== undefined) {
    const found = await findInterface(name);
    const has = found.addresses.some((one) => `${one.address}/${one.prefixLength}` === address);
    // Checked before it is touched: an interface that must not be served on is not given an address either.
    servingAddress(
      { ...found, addresses: [{ address: '169.254.1.1', prefixLength: 16, family: 'IPv4' }] },
      allowUnfitInterface,
    );
    if (!has) return started.use(await assignSessionAddress(name, address, noteFile));
  }
  return servingAddress(await findInterface(name), allowUnfitInterface);
}
