import dgram from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { type Engine, startEngine } from '../../../../main/engine/engine.ts';
import type { MachineProfile } from '../../../../main/engine/rehearsal/bench.ts';
import { writeRehearsalImage } from '../../../../main/engine/rehearsal/rehearsal-image.ts';
import { openRelay, type Relay } from '../../../../main/engine/rehearsal/relay.ts';
import { type MachineRun, runMachine } from '../../../../main/engine/rehearsal/simulated-machine.ts';
import { standInLoaders } from '../../../../main/engine/rehearsal/stand-in-loaders.ts';
import type { SessionConfig } from '../../../../main/engine/session-config.ts';

const STATION = '127.78.0.1';
const RELAY = '127.78.255.1';
const KIB = 1024;
/** Whoever waits between two attempts must not spin. */
const PACE = { pauseFactor: 0.01, limitsRate: false };

/** The engine on the loopback with an image of a few kilobytes, and machines that a test switches on: real packets, real sockets. */
export class BenchStation implements AsyncDisposable {
  readonly engine: Engine;
  readonly events: EngineEvent[];
  readonly #parts: AsyncDisposableStack;
  readonly #relay: Relay;
  readonly #tftpPort: number;
  readonly #power = new AbortController();

  private constructor(
    engine: Engine,
    events: EngineEvent[],
    parts: AsyncDisposableStack,
    relay: Relay,
    tftpPort: number,
  ) {
    this.engine = engine;
    this.events = events;
    this.#parts = parts;
    this.#relay = relay;
    this.#tftpPort = tftpPort;
  }

  static async open(own: Partial<SessionConfig>): Promise<BenchStation> {
    await using parts = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-bench-'));
    parts.defer(async () => await rm(folder, { recursive: true, force: true }));
    const imagePath = join(folder, 'bench.iso');
    await writeRehearsalImage(imagePath, { kernelBytes: 64 * KIB, initrdBytes: 64 * KIB, systemBytes: 64 * KIB });
    const [dhcpServer, tftp] = [await freeUdpPort(), await freeUdpPort()];
    const events: EngineEvent[] = [];
    const engine = parts.use(
      await startEngine(
        {
          imagePath,
          interfaceName: 'lo',
          mode: 'dhcp',
          address: `${STATION}/16`,
          pool: '127.78.1.1-127.78.1.254',
          allowUnfitInterface: true,
          probe: false,
          ports: { dhcpServer, tftp, pxeBootServer: undefined, http: [0] },
          dataFolder: folder,
          loadersFolder: folder,
          loaders: standInLoaders(folder),
          ...own,
        },
        (event) => events.push(event),
      ),
    );
    const relay = parts.use(await openRelay({ address: RELAY, server: { address: STATION, port: dhcpServer } }));
    return new BenchStation(engine, events, parts.move(), relay, tftp);
  }

  /** Runs until it ends or the bench is cleared. */
  async switchOn(machine: MachineProfile): Promise<MachineRun> {
    const network = { relay: this.#relay, tftp: { address: STATION, port: this.#tftpPort } };
    return await runMachine(machine, network, PACE, this.#power.signal);
  }

  eventsOf<Type extends EngineEvent['type']>(type: Type): Extract<EngineEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<EngineEvent, { type: Type }> => event.type === type);
  }

  /** Asks over HTTP from an address of the bench. */
  async get(from: string, path: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const request = http.get(`${this.engine.baseUrl}/${path}`, { localAddress: from, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    request.on('error', reject);
    return await promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#power.abort();
    await this.#parts.disposeAsync();
  }
}

export function benchMachine(number: number, own: Partial<MachineProfile> = {}): MachineProfile {
  const hex = number.toString(16).padStart(2, '0');
  return {
    number,
    seed: number,
    mac: `48:c3:5a:00:00:${hex}`,
    uuid: `4c4c4544-0043-4510-8052-c3c04f4d34${hex}`,
    serial: `SN-10${hex}`,
    manufacturer: 'LENOVO',
    product: 'ThinkPad T14 Gen 3',
    memoryMiB: 8192,
    processor: 'AMD Ryzen 5 PRO 5650GE',
    networkChip: 'rtl8168',
    hostName: `bench-${number}`,
    firmware: number % 2 === 0 ? 'bios' : 'uefi-x64',
    behaviour: 'good',
    switchedOnAfterMs: 0,
    bytesPerSecond: 1e9,
    lossRate: 0,
    ...own,
  };
}

function freeUdpPort(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address: STATION, port: 0, exclusive: true }, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
