import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { EngineEvent } from '../contract/events.ts';
import type { Entry, ImageDescription } from '../contract/image.ts';
import type { MachineList } from '../contract/machines.ts';
import type { ApprovalPolicy, RouterSettings } from '../contract/session.ts';
import { firstLoader } from './boot/loader-rungs.ts';
import { variantFor } from './boot/menu.ts';
import { chosenEntry, refuseMissingLoader } from './boot/chosen-entry.ts';
import { sessionEntry } from './boot/session-entry.ts';
import { exampleStation, mainFileName, problemsOf, refuseProblems } from './answers/session-answers.ts';
import { sessionPlan } from './boot/session-plan.ts';
import type { Client } from './clients/client.ts';
import { createClientMonitor } from './clients-monitor.ts';
import type { ReservedAddresses } from './dhcp/pool-reservations.ts';
import { routerSettings } from './dhcp/router-settings.ts';
import { defaultPolicy } from './default-policy.ts';
import { startDhcpServer } from './dhcp/server.ts';
import { createEventBus } from './event-bus.ts';
import { watchFit } from './fit-watch.ts';
import { loaderRoute } from './files/loader-route.ts';
import { openLoaders } from './files/loaders.ts';
import { readLoaderManifest } from './files/loaders-manifest.ts';
import { neighbourRoute } from './files/neighbour-route.ts';
import { isForRaspberryPi, raspberryPiRoute } from './files/raspberry-pi-route.ts';
import type { Route } from './files/route.ts';
import { scriptRoute } from './files/script-route.ts';
import { startHttpServer } from './http/server.ts';
import { startSessionHardware } from './hardware/session-hardware.ts';
import { identify } from './images/identify.ts';
import { hypervisorRoute } from './images/hypervisor.ts';
import { injectedRoute } from './images/injected-route.ts';
import { rewrittenRoute } from './images/rewritten-route.ts';
import { isoRoute } from './images/iso-route.ts';
import { ownLoaderNames, ownLoadersRoute } from './images/own-loaders-route.ts';
import { treeRoute } from './images/tree-route.ts';
import { netbootPlaces } from './images/netboot/netboot-places.ts';
import { openBootableImage } from './images/netboot/open-bootable-image.ts';
import { wakeUp } from './net/wake-on-lan.ts';
import { findInterface } from './net/interfaces.ts';
import { vendorsForRules } from './net/mac-vendor.ts';
import { defaultPool } from './net/default-pool.ts';
import { parseCidr } from './net/ipv4.ts';
import type { DecidedMode } from './net/mode-by-look.ts';
import { watchNeighbours } from './net/neighbours.ts';
import {
  type PoolRange,
  type ServingAddress,
  parsePool,
  servingAddress,
  type Tolerance,
} from './net/serving-address.ts';
import { addressNote, assignSessionAddress, undoSessionAddress } from './net/session-address.ts';
import { servedAnswers } from './served-answers.ts';
import { type ClientApproval, sessionApprovals } from './session-approvals.ts';
import { type SessionConfig, standardPorts } from './session-config.ts';
import { decideSessionMode, wantedMode } from './session-mode.ts';
import { sessionMachines } from './session-machines.ts';
import { writeSessionTree } from './session-tree.ts';
import { startTftpServer } from './tftp/server.ts';
import { dampTroubles } from './trouble-damper.ts';

// Long enough for any installer, short enough that a bench of new machines every hour never runs out.
const LEASE_SECONDS = 3600;

/** A running session. Dispose stops everything it started and gives the interface back as it was. */
export interface Engine extends AsyncDisposable {
  readonly image: ImageDescription;
  readonly entry: Entry;
  readonly address: string;
  readonly baseUrl: string;
  readonly pool: PoolRange;
  readonly policy: ApprovalPolicy;
  /** What another DHCP server has to say for machines that do not listen to this station beside it. */
  readonly routerSettings: readonly RouterSettings[];
  /** Who hands out the addresses, and why; undefined until that is decided, which the event `session.mode` tells. */
  mode(): DecidedMode | undefined;
  /**
   * Rejects when the session cannot go on, with E_FOREIGN_DHCP, E_DHCP_OF_OTHER_NETWORK, E_PROBE_FAILED or E_INTERFACE_UNFIT: from then
   * on it answers no DHCP, and has to be disposed of. Never resolves.
   */
  readonly failed: Promise<never>;
  clients(): Client[];
  /** Whether a machine may boot, and what its screen shows while it waits for a person. */
  approvalOf(clientId: string): ClientApproval;
  /** The machine that shows this code. */
  idOfCode(code: string): string | undefined;
  /** Lets machines boot; those that booted already boot once more when they are switched on. */
  approve(clientIds: readonly string[]): void;
  refuse(clientIds: readonly string[]): void;
  /** Machines of the list whose address cannot be reserved on this network, and why. */
  unreservable(): ReservedAddresses['problems'];
  /** Takes another list of machines from now on. */
  useMachines(machines: MachineList): void;
  /** Switches machines on by all their adapters. Errors: those of `wakeUp`. */
  wake(clientIds: readonly string[]): Promise<void>;
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Told after a client's journey took an event in. */
  onClientChanged(listener: (clientId: string) => void): () => void;
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

  const { answer, machines } = config;
  // Before anything is set or opened: a machine that gets no answer would stop at its first question.
  if (answer !== undefined) refuseProblems(answer.answer.name, problemsOf(answer, exampleStation, machines));
  const opened = started.use(
    await openBootableImage(config.imagePath, () => netbootPlaces(config.dataFolder), { cached: true }),
  );
  const image = await identify(opened);
  const entry = sessionEntry(chosenEntry(image, config.entryId), {
    commandLine: config.commandLine,
    extraArguments: config.extraArguments,
    answerFileName: answer === undefined ? undefined : mainFileName(answer.answer),
    answerFileArguments: image.answerFileArguments,
  });
  const loaders = config.loaders ?? (await openLoaders(config.loadersFolder, await readLoaderManifest()));
  refuseMissingLoader(entry, new Set(loaders.byFile.keys()), loaders.folder);

  const serving = await serveFrom(config, started);
  const pool = config.pool === undefined ? defaultPool(serving) : parsePool(config.pool, serving);
  const networkInterface = await findInterface(config.interfaceName);
  const { mtuBytes } = networkInterface;

  const bus = createEventBus(clock);
  if (onEvent !== undefined) bus.subscribe(onEvent);
  const monitor = started.use(createClientMonitor(bus));
  started.use(watchFit({ bus, image, entry, client: monitor.clientAt }));
  const routes: Route[] = [];
  // What measures and waits goes by a clock that nobody sets; leases go by the time of day, as they outlive the program.
  const uptime = (): number => performance.now();
  const emit = dampTroubles(bus.emit, uptime);
  const shared = { interfaceName: config.interfaceName, emit, now: uptime, routes };

  const http = started.use(await startHttpServer({ ...shared, ...serving, ports: ports.http }));
  const baseUrl = `http://${serving.address}${http.port === 80 ? '' : `:${http.port}`}`;
  const policy =
    config.approval ?? defaultPolicy({ changeDisks: entry.destructive, reachOthers: networkInterface.defaultRoute });
  const afterBoot = config.afterBoot ?? (entry.destructive ? 'local-disk' : 'boot-again');
  const known = sessionMachines(machines, serving, monitor);
  const approvals = sessionApprovals({
    policy,
    afterBoot,
    salt: randomBytes(8).toString('hex'),
    monitor,
    emit: bus.emit,
    vendorOf: await vendorsForRules(policy),
    earlier: config.earlier,
    isListed: (client) => known.find(client) !== undefined,
  });
  const hardware = started.use(
    await startSessionHardware({
      dataFolder: config.dataFolder,
      bus,
      now: clock,
      files: new Set([...loaders.byFile.keys(), ...ownLoaderNames(image.ownLoaders)]),
      methodOn: (firmware) => variantFor(entry, firmware)?.method,
      macOf: monitor.macOf,
    }),
  );
  const isForPi = await isForRaspberryPi(async (path) => (await opened.fs.open(path)) !== undefined);
  const plan = sessionPlan({
    entry,
    baseUrl,
    imageUrl: `${baseUrl}/${image.id}.iso`,
    chooseLoader: (machine) => hardware.ladders.choose(machine, clock()),
    chooseDiskStarter: (machine) => hardware.ladders.chooseDiskStarter(machine, clock()),
    servesRaspberryPi: isForPi,
    localDisk: (machine) => hardware.localDisks.choose(machine, clock()),
    approval: approvals.stateOf,
    codeOf: approvals.codeOf,
    afterBoot,
    hasFinished: approvals.hasFinished,
  });
  const treeFolder = join(config.dataFolder, 'trees', image.id);
  let mode: DecidedMode | undefined;
  const neighbours = watchNeighbours(config.interfaceName, uptime);
  const station = { baseUrl, address: serving.address, imageId: image.id };
  const mayBoot = (mac: string): boolean => approvals.ofClient(monitor.clientAt(mac)?.id ?? mac).state === 'approved';
  const isApprovedPi = (address: string): boolean => {
    const client = monitor.clientAt(monitor.macOf(address) ?? '');
    return client?.firmware === 'raspberry-pi' && approvals.ofClient(client.id).state === 'approved';
  };
  const ofImage = [treeRoute(treeFolder, image), isoRoute(opened, image)];
  routes.push(
    neighbourRoute({
      macOf: monitor.macOf,
      lookUp: neighbours.macOf,
      isWireRight: () => mode?.mode === 'proxy',
      emit: bus.emit,
    }),
    scriptRoute({
      menu: { title: image.name, imageId: image.id, baseUrl },
      plan,
      emit: bus.emit,
      macOf: monitor.macOf,
      addressOf: (mac) => monitor.clientAt(mac)?.address,
      firmwareOf: (mac) => monitor.clientAt(mac)?.firmware ?? 'unknown',
    }),
    ...(answer === undefined
      ? []
      : [
          servedAnswers({
            session: answer,
            station,
            machines: known.list,
            monitor,
            mayBoot,
            emit,
            subscribe: bus.subscribe,
            givesAddresses: () => mode?.mode !== 'proxy',
          }),
        ]),
    ...(isForPi ? [raspberryPiRoute({ imageId: image.id, ofImage, mayBoot: isApprovedPi })] : []),
    loaderRoute(loaders),
    ...(image.ownLoaders === undefined ? [] : [ownLoadersRoute(opened, image.ownLoaders, image.id)]),
    rewrittenRoute(image, baseUrl),
    hypervisorRoute(opened.fs, image),
    injectedRoute(opened, image, entry, ofImage),
    ...ofImage,
  );

  started.use(await startTftpServer({ ...shared, addresses: [serving], port: ports.tftp, mtuBytes }));
  // After the ports that need privileges: whoever may not open them is told just that.
  const decision = started.use(decideSessionMode(config, networkInterface, ports, bus.emit));
  const dhcp = started.use(
    await startDhcpServer({
      ...shared,
      ...serving,
      now: clock,
      pool,
      plan,
      leaseSeconds: LEASE_SECONDS,
      leaseFile: join(config.dataFolder, 'leases', `${config.interfaceName}.jsonl`),
      ports: { server: ports.dhcpServer, client: ports.dhcpClient, bootServer: ports.pxeBootServer },
      reservation: (asker) => known.reservationOf(asker),
      reservedAddresses: known.reserved().addresses,
      ignoredMacs: decision.macs,
      mode: decision.decided.then((decided) => decided.mode),
    }),
  );
  decision.failed.catch(() => void dhcp[Symbol.asyncDispose]());
  bus.emit({
    type: 'session.started',
    interfaceName: config.interfaceName,
    address: serving.address,
    httpPort: http.port,
    imageName: image.name,
    entryTitle: entry.title,
  });
  void noteMode();
  started.use(writeSessionTree({ opened, image, treeFolder, emit: bus.emit }));

  async function noteMode(): Promise<void> {
    mode = await decision.decided;
    bus.emit({ type: 'session.mode', ...mode });
  }

  const running = started.move();
  return {
    image,
    entry,
    baseUrl,
    pool,
    address: serving.address,
    routerSettings: routerSettings({ address: serving.address, baseUrl, loaderFor: firstLoader }),
    policy,
    mode: () => mode,
    failed: decision.failed,
    clients: monitor.clients,
    approvalOf: (clientId) => approvals.ofClient(clientId),
    idOfCode: (code) => approvals.idOfCode(code),
    approve(clientIds) {
      for (const id of clientIds) for (const mac of monitor.client(id)?.macs ?? []) hardware.forget(mac);
      approvals.approve(clientIds);
    },
    refuse: (clientIds) => approvals.refuse(clientIds),
    unreservable: () => known.reserved().problems,
    useMachines(changed) {
      known.use(changed);
      dhcp.reserve(known.reserved().addresses);
    },
    wake: (clientIds) => {
      const macs = clientIds.flatMap((id) => monitor.client(id)?.macs ?? []);
      return wakeUp(config.interfaceName, macs);
    },
    subscribe: bus.subscribe,
    onClientChanged: monitor.onChanged,
    async [Symbol.asyncDispose]() {
      await running.disposeAsync();
      bus.emit({ type: 'session.stopped' });
    },
  };
}

/** The address to serve from; one that was asked for is set first, and taken away when the session ends. */
async function serveFrom(config: SessionConfig, started: AsyncDisposableStack): Promise<ServingAddress> {
  const { interfaceName: name, address, allowUnfitInterface = false } = config;
  // A network that others use is served beside its own DHCP server, or not at all: the mode tells, once it is decided.
  const tolerance: Tolerance = { unfit: allowUnfitInterface, shared: wantedMode(config) !== 'dhcp' };
  // Known first: its name becomes a part of a path.
  await findInterface(name);
  const noteFile = addressNote(config.dataFolder, name);
  await undoSessionAddress(noteFile);
  if (address !== undefined) {
    const found = await findInterface(name);
    const has = found.addresses.some((one) => `${one.address}/${one.prefixLength}` === address);
    // Checked before it is touched: an interface that must not be served on is not given an address either.
    servingAddress({ ...found, addresses: [{ address: '169.254.1.1', prefixLength: 16, family: 'IPv4' }] }, tolerance);
    // All of 127.0.0.0/8 is there already (on Linux), and nobody has to set it.
    const loopback = found.kind === 'loopback' ? parseCidr(address) : undefined;
    if (loopback?.address.startsWith('127.') === true) return loopback;
    if (!has) return started.use(await assignSessionAddress(name, address, noteFile));
  }
  return servingAddress(await findInterface(name), tolerance);
}
