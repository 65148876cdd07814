import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningCommand } from './command.ts';
import { firmwareImages, machineArguments, type MachineOptions } from './machine-arguments.ts';
import type { NetworkNamespace } from './namespace.ts';
import { Qmp } from './qmp.ts';
import { parsePixmap, type Pixmap } from './pixmap.ts';

const POLL_MS = 200;
const SERIAL_TAIL_CHARACTERS = 3_000;

/** A virtual machine on the bench with real firmware. Dispose switches it off. */
export class Machine implements AsyncDisposable {
  readonly mac: string;
  readonly #folder: string;
  readonly #process: RunningCommand;
  readonly #qmp: Qmp;

  private constructor(mac: string, folder: string, process: RunningCommand, qmp: Qmp) {
    this.mac = mac;
    this.#folder = folder;
    this.#process = process;
    this.#qmp = qmp;
  }

  static async powerOn(namespace: NetworkNamespace, options: MachineOptions): Promise<Machine> {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-machine-'));
    const files = {
      serialLog: join(folder, 'serial.log'),
      controlSocket: join(folder, 'qmp.sock'),
      variables: join(folder, 'variables.fd'),
    };
    const images = firmwareImages[options.firmware];
    if (images !== undefined) await copyFile(images.variables, files.variables);
    const process = namespace.spawn(machineArguments(options, files));
    try {
      const qmp = await Qmp.connect(files.controlSocket);
      return new Machine(options.mac, folder, process, qmp);
    } catch (error) {
      await process.stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
      throw new Error(`The machine does not start:\n${process.tail()}`, { cause: error });
    }
  }

  get isOn(): boolean {
    return !this.#process.hasExited;
  }

  /** Everything on the serial console so far, without what moves the cursor and sets colours. */
  async serialText(): Promise<string> {
    try {
      return withoutTerminalControls(await readFile(join(this.#folder, 'serial.log'), 'latin1'));
    } catch {
      return '';
    }
  }

  /** Resolves once the serial console shows it; rejects with the console's tail. */
  async waitForSerial(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    return await this.waitFor(
      `${pattern} on the serial console`,
      async () => pattern.exec(await this.serialText()) ?? undefined,
      timeoutMs,
    );
  }

  /** Asks `probe` again and again until it answers. Rejects where it does not in time, or the machine ended. */
  async waitFor<Value>(what: string, probe: () => Promise<Value | undefined>, timeoutMs: number): Promise<Value> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const value = await probe();
      if (value !== undefined) return value;
      if (!this.isOn) throw new Error(`No ${what}: the machine ended.\n${this.#process.tail()}`);
      if (Date.now() > deadline) {
        const tail = (await this.serialText()).slice(-SERIAL_TAIL_CHARACTERS);
        throw new Error(`No ${what} in ${timeoutMs / 1000} s. Its serial console ends with:\n${tail}`);
      }
      await delay(POLL_MS);
    }
  }

  /** What its display shows. */
  async screen(): Promise<Pixmap> {
    const file = join(this.#folder, 'screen.ppm');
    await this.#qmp.execute('screendump', { filename: file });
    return parsePixmap(await readFile(file));
  }

  /** Presses keys together, by their names in QEMU ("ret", "ctrl", "a"). */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#qmp.execute('send-key', { keys: keys.map((data) => ({ type: 'qcode', data })) });
  }

  async reset(): Promise<void> {
    await this.#qmp.execute('system_reset');
  }

  /** Pulls its plug: from one moment to the next it is gone. */
  async pullPlug(): Promise<void> {
    await this.#process.stop('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#qmp[Symbol.dispose]();
    await this.#process.stop('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }
}

// CSI sequences, character set switches, and the rest of C0 but line ends.
// oxlint-disable-next-line no-control-regex
const terminalControls = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>78cDEHMZ]|[\x00-\x09\x0b\x0c\x0e-\x1f]/g;

const withoutTerminalControls = (text: string): string => text.replace(terminalControls, '');
