import { join } from 'node:path';
import type { RunningCommand } from './command.ts';
import type { ClientNamespace } from './namespace.ts';

const SCRIPT = join(import.meta.dirname, '../fixtures/dhcp/wire-client.ts');
const START_MS = 15_000;

/** Places are written "ADDRESS:PORT". */
export interface Heard {
  readonly from: string;
  /** Where it was sent from before that came back. */
  readonly to: string;
  readonly bytes: Uint8Array;
}

/** A machine's place on the bench from which every datagram is sent by hand. */
export class Wire implements AsyncDisposable {
  readonly #process: RunningCommand;

  private constructor(process: RunningCommand) {
    this.#process = process;
  }

  static async open({ namespace, interfaceName }: ClientNamespace): Promise<Wire> {
    const running = namespace.spawn([process.execPath, SCRIPT, interfaceName]);
    await running.waitForLine(/^ready$/, START_MS);
    return new Wire(running);
  }

  /** What comes back to `from` is heard from now on. */
  send(bytes: Uint8Array, from: string, to: string): void {
    this.#process.writeLine(JSON.stringify({ from, to, hex: Buffer.from(bytes).toString('hex') }));
  }

  get heard(): Heard[] {
    return this.#process.stdoutLines
      .filter((line) => line.startsWith('{'))
      .map((line) => {
        const { from, to, hex } = JSON.parse(line) as { from: string; to: string; hex: string };
        return { from, to, bytes: Buffer.from(hex, 'hex') };
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop();
  }
}
