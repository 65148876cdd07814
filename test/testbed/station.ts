import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EngineEvent, engineEventSchema } from '../../main/contract/events.ts';
import { runChecked, type RunningCommand, type RunningCommandExit } from './command.ts';
import { Bed } from './namespace.ts';

const CLI = resolve(import.meta.dirname, '../../main/cli.ts');
const READY_TIMEOUT_MS = 20_000;
const TAIL_EVENTS = 25;

export interface StationOptions {
  readonly image: string;
  /** Images that are in its library before. */
  readonly library?: readonly string[];
  /** File of hardware notes that it knows from before. */
  readonly hardwareNotes?: string;
  readonly interfaceName?: string;
  /** Further words of `fieldboot serve`. */
  readonly words?: readonly string[];
  /** Words before the program's own, such as those of `setpriv`. */
  readonly launcher?: readonly string[];
}

/** `fieldboot serve` on a bed: the program as a person runs it, told apart from it by `--json` only. */
export class Station implements AsyncDisposable {
  /** What it said so far, in order. */
  readonly events: EngineEvent[] = [];
  readonly dataFolder: string;
  readonly #process: RunningCommand;
  #read = 0;

  private constructor(process: RunningCommand, dataFolder: string) {
    this.#process = process;
    this.dataFolder = dataFolder;
  }

  /** Of the program itself. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Starts it and resolves once it serves. */
  static async serve(bed: Bed, options: StationOptions): Promise<Station> {
    const { image, library = [], hardwareNotes, interfaceName = Bed.bridge, words = [], launcher = [] } = options;
    const dataFolder = await mkdtemp(join(tmpdir(), 'fieldboot-data-'));
    const serve = [
      'serve',
      '--image',
      image,
      '--interface',
      interfaceName,
      '--policy',
      'auto',
      '--ui',
      'off',
      '--json',
    ];
    for (const path of library) {
      await runChecked([process.execPath, CLI, 'images', 'add', path], { env: { FIELDBOOT_DATA: dataFolder } });
    }
    if (hardwareNotes !== undefined) {
      const words = [process.execPath, CLI, 'hardware', 'import', hardwareNotes];
      await runChecked(words, { env: { FIELDBOOT_DATA: dataFolder } });
    }
    const station = new Station(
      bed.station.spawn([...launcher, process.execPath, CLI, ...serve, ...words], {
        env: { FIELDBOOT_DATA: dataFolder },
      }),
      dataFolder,
    );
    try {
      await station.waitForEvent('session.started', () => true, READY_TIMEOUT_MS);
      return station;
    } catch (error) {
      await station[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** First event of a type, past or to come, that fits. */
  async waitForEvent<Type extends EngineEvent['type']>(
    type: Type,
    fits: (event: Extract<EngineEvent, { type: Type }>) => boolean,
    timeoutMs: number,
  ): Promise<Extract<EngineEvent, { type: Type }>> {
    return await this.#process.waitFor(
      `event ${type}`,
      () => {
        this.#readEvents();
        return this.eventsOf(type).find(fits);
      },
      timeoutMs,
    );
  }

  eventsOf<Type extends EngineEvent['type']>(type: Type): Extract<EngineEvent, { type: Type }>[] {
    this.#readEvents();
    return this.events.filter((event): event is Extract<EngineEvent, { type: Type }> => event.type === type);
  }

  /** Its last events but for progress, for messages of failed tests. */
  tail(): string {
    this.#readEvents();
    const events = this.events.filter(({ type }) => type !== 'transfer.progress').slice(-TAIL_EVENTS);
    return [...events.map((event) => JSON.stringify(event)), ...this.#process.stderrLines.slice(-10)].join('\n');
  }

  /** Runs `action`; where it fails, the station's last events are added to what it says. */
  async explain<Value>(action: () => Promise<Value>): Promise<Value> {
    try {
      return await action();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${message}\n--- The station's last events:\n${this.tail()}`, { cause: error });
    }
  }

  /** Types a line and Enter. */
  type(line: string): void {
    this.#process.writeLine(line);
  }

  /** Resolves when it ends by itself. */
  async ended(): Promise<RunningCommandExit> {
    return await this.#process.exited;
  }

  /** Stops it as Ctrl-C does. */
  async stop(): Promise<RunningCommandExit> {
    return await this.#process.stop('SIGINT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  #readEvents(): void {
    const lines = this.#process.stdoutLines.slice(this.#read);
    this.#read += lines.length;
    for (const line of lines) {
      // An error at the end is no event; it is in the process's own tail.
      if (line.startsWith('{"type"')) this.events.push(engineEventSchema.parse(JSON.parse(line)));
    }
  }
}
