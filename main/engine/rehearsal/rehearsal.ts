import dgram from 'node:dgram';
import { join } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { EngineEvent } from '../../contract/events.ts';
import { type Engine, startEngine } from '../engine.ts';
import { type Loaders, openLoaders } from '../files/loaders.ts';
import { readLoaderManifest } from '../files/loaders-manifest.ts';
import type { SessionPorts } from '../session-config.ts';
import { benchOf, type MachineProfile } from './bench.ts';
import { openRehearsalFolder } from './rehearsal-folder.ts';
import { type RehearsalImageSizes, writeRehearsalImage } from './rehearsal-image.ts';
import { machineResult, type RehearsalResult, rehearsalResult } from './rehearsal-result.ts';
import { openRelay } from './relay.ts';
import { type MachineNetwork, type MachinePace, runMachine } from './simulated-machine.ts';
import { standInLoaders } from './stand-in-loaders.ts';

export interface RehearsalConfig {
  /** How many machines, 1 to 500. */
  readonly clients: number;
  /** Undefined: an image made for the purpose. */
  readonly imagePath?: string | undefined;
  readonly dataFolder: string;
  readonly loadersFolder: string;
  /** `demo` (the default) takes a minute or so, as a bench does; `full-speed` as long as this computer needs. */
  readonly pace?: 'demo' | 'full-speed' | undefined;
  /** The same seed makes the same machines. */
  readonly seed?: number | undefined;
  /** Of the image that is made. */
  readonly imageSizes?: RehearsalImageSizes | undefined;
}

/** A session with simulated machines. Dispose stops both and leaves nothing, wherever they are. */
export interface Rehearsal extends AsyncDisposable {
  readonly engine: Engine;
  /** Resolves when every machine has ended, or was stopped. Never rejects. */
  readonly done: Promise<RehearsalResult>;
}

/**
 * Simulated machines boot over the loopback interface: real packets through the real sockets of the real engine, each machine from its own
 * leased address. Needs no privilege, no loaders and no image.
 *
 * `onEvent` hears every event of the engine from the first one on. Errors: E_REHEARSAL_UNSUPPORTED where the loopback has one address
 * only, and those of `startEngine`; nothing is left behind after one.
 */
export async function startRehearsal(
  config: RehearsalConfig,
  onEvent?: (event: EngineEvent) => void,
): Promise<Rehearsal> {
  const { clients, pace = 'demo', seed = 1 } = config;
  // macOS has 127.0.0.1 alone, and the engine tells machines apart by their addresses.
  if (process.platform !== 'linux') throw new StationError('E_REHEARSAL_UNSUPPORTED', { platform: process.platform });

  await using started = new AsyncDisposableStack();
  const folder = started.use(await openRehearsalFolder(config.dataFolder));
  const imagePath = config.imagePath ?? join(folder.path, 'rehearsal.iso');
  if (config.imagePath === undefined) await writeRehearsalImage(imagePath, config.imageSizes);

  const { engine, ports } = await startEngineOnLoopback({ ...config, imagePath, folder: folder.path }, onEvent);
  started.use(engine);
  const relay = started.use(
    await openRelay({ address: RELAY_ADDRESS, server: { address: STATION_ADDRESS, port: ports.dhcpServer } }),
  );
  const firmware = engine.entry.variants.flatMap((variant) => variant.firmware);
  const network = { relay, tftp: { address: STATION_ADDRESS, port: ports.tftp } };
  const machines = startMachines(benchOf({ clients, seed, firmware }), network, paces[pace], engine);
  started.use(machines);

  const running = started.move();
  let stopped: Promise<void> | undefined;
  return {
    engine,
    done: machines.done,
    [Symbol.asyncDispose]: () => (stopped ??= running.disposeAsync()),
  };
}

const STATION_ADDRESS = '127.77.0.1';
const PREFIX_LENGTH = 16;
const POOL = '127.77.1.1-127.77.4.254';
const RELAY_ADDRESS = '127.77.255.1';

const paces: Readonly<Record<NonNullable<RehearsalConfig['pace']>, MachinePace>> = {
  demo: { pauseFactor: 1, limitsRate: true },
  // Not 0: whoever waits between two attempts must not spin.
  'full-speed': { pauseFactor: 0.01, limitsRate: false },
};

const ATTEMPTS = 3;

async function startEngineOnLoopback(
  config: { imagePath: string; folder: string; loadersFolder: string },
  onEvent: ((event: EngineEvent) => void) | undefined,
): Promise<{ engine: Engine; ports: Pick<SessionPorts, 'dhcpServer' | 'tftp'> }> {
  const { imagePath, folder, loadersFolder } = config;
  const loaders = await rehearsedLoaders(loadersFolder);
  for (let attempt = 1; ; attempt++) {
    const ports = { dhcpServer: await freeUdpPort(), tftp: await freeUdpPort() };
    try {
      const engine = await startEngine(
        {
          imagePath,
          interfaceName: 'lo',
          address: `${STATION_ADDRESS}/${PREFIX_LENGTH}`,
          pool: POOL,
          // The loopback leads to nobody, which here is the point.
          allowUnfitInterface: true,
          probe: false,
          approval: { kind: 'every-machine' },
          afterBoot: 'boot-again',
          ports: { ...ports, pxeBootServer: undefined, http: [0] },
          dataFolder: folder,
          loadersFolder,
          loaders,
        },
        onEvent,
      );
      return { engine, ports };
    } catch (error) {
      // Another program took the port after it was found free.
      const isTaken = error instanceof StationError && error.code === 'E_PORT_IN_USE';
      if (!isTaken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The real ones where they are: a damaged one is told here too. */
async function rehearsedLoaders(folder: string): Promise<Loaders> {
  try {
    return await openLoaders(folder, await readLoaderManifest());
  } catch (error) {
    if (error instanceof StationError && error.code === 'E_LOADERS_MISSING') return standInLoaders(folder);
    throw error;
  }
}

function freeUdpPort(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address: STATION_ADDRESS, port: 0, exclusive: true }, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

function startMachines(
  bench: readonly MachineProfile[],
  network: MachineNetwork,
  pace: MachinePace,
  engine: Engine,
): { readonly done: Promise<RehearsalResult> } & AsyncDisposable {
  const stopping = new AbortController();
  const startedAtMs = performance.now();
  const ended = bench.map(async (profile) => ({
    profile,
    run: await runMachine(profile, network, pace, stopping.signal),
  }));
  const done = Promise.all(ended).then((all) => {
    const clients = new Map(engine.clients().map((client) => [client.mac, client]));
    return rehearsalResult(
      all.map(({ profile, run }) => machineResult(profile, run, clients.get(profile.mac)?.stage)),
      all.flatMap(({ run }) => run.dhcpExchangesMs),
      performance.now() - startedAtMs,
    );
  });
  return {
    done,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await done;
    },
  };
}
