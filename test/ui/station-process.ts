import { resolve } from 'node:path';
import { RunningCommand, type RunningCommandExit } from '../testbed/command.ts';
import type { NetworkNamespace } from '../testbed/namespace.ts';
import { builtUi } from './build-ui.ts';

const CLI = resolve(import.meta.dirname, '../../main/cli.ts');
const READY_TIMEOUT_MS = 30_000;

export interface StationProcessOptions {
  /** Where library, sessions and leases are; a station that takes over from a killed one is given the same. */
  readonly dataFolder: string;
  /** Runs in it, and its 127.0.0.1 is another one than outside. */
  readonly namespace?: NetworkNamespace | undefined;
  /** A free one by default. */
  readonly port?: number;
}

/** `fieldboot` as a person starts it where there is no desktop: one process that prints the address of its user interface. */
export class StationProcess implements AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly #process: RunningCommand;

  private constructor(process: RunningCommand, url: string) {
    this.#process = process;
    this.url = url;
    this.port = Number(new URL(url).port);
  }

  /** Resolves once it printed its address. */
  static async start(options: StationProcessOptions): Promise<StationProcess> {
    const { dataFolder, namespace, port = 0 } = options;
    const command = [process.execPath, CLI, '--ui', `127.0.0.1:${port}`];
    const settings = { env: { FIELDBOOT_DATA: dataFolder, FIELDBOOT_UI: builtUi(), FIELDBOOT_NO_BROWSER: '1' } };
    const running = namespace?.spawn(command, settings) ?? new RunningCommand(command, settings);
    try {
      const [, url = ''] = await running.waitForLine(/^Fieldboot is at (http:\S+)$/, READY_TIMEOUT_MS);
      return new StationProcess(running, url);
    } catch (error) {
      await running.stop('SIGKILL');
      throw error;
    }
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Ctrl-C. */
  async stop(): Promise<RunningCommandExit> {
    return await this.#process.stop('SIGINT', 10_000);
  }

  /** `kill -9`: from one moment to the next it is gone. */
  async kill(): Promise<void> {
    await this.#process.stop('SIGKILL');
  }

  /** The last lines it wrote, for messages of failed tests. */
  tail(): string {
    return this.#process.tail();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
