import { EventEmitter } from 'node:events';
import type { MessagePortMain } from './ports.ts';
import { world } from './world.ts';

/** The child's own end: what came before anybody listened is held back. */
class StandInParentPort extends EventEmitter {
  readonly #child: StandInUtilityProcess;
  readonly #early: unknown[] = [];

  constructor(child: StandInUtilityProcess) {
    super();
    this.#child = child;
    this.on('newListener', (name) => {
      if (name === 'message') setImmediate(() => this.#early.splice(0).forEach((event) => this.emit('message', event)));
    });
  }

  receive(event: { data: unknown; ports: readonly MessagePortMain[] }): void {
    setImmediate(() => {
      if (!this.emit('message', event)) this.#early.push(event);
    });
  }

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    setImmediate(() => this.#child.emit('message', data));
  }
}

export class StandInUtilityProcess extends EventEmitter {
  readonly modulePath: string;
  readonly args: readonly string[];
  readonly parentPort = new StandInParentPort(this);
  /** Everything that the program sent it, in order. */
  readonly sent: { message: unknown; ports: readonly MessagePortMain[] }[] = [];
  killed = false;
  /** Where it really runs elsewhere: takes what is sent, ends it. */
  deliver: ((message: unknown, ports: readonly MessagePortMain[]) => void) | undefined;
  end: (() => void) | undefined;

  constructor(modulePath: string, args: readonly string[]) {
    super();
    this.modulePath = modulePath;
    this.args = args;
  }

  postMessage(message: unknown, ports: readonly MessagePortMain[] = []): void {
    const data: unknown = structuredClone(message);
    this.sent.push({ message: data, ports });
    if (this.deliver === undefined) this.parentPort.receive({ data, ports });
    else this.deliver(data, ports);
  }

  kill(): boolean {
    this.killed = true;
    if (this.end === undefined) this.exit(143);
    else this.end();
    return true;
  }

  /** For tests: the process ends, and its ports with it. */
  exit(code: number): void {
    for (const { ports } of this.sent) for (const port of ports) port.close();
    this.emit('exit', code);
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[]): StandInUtilityProcess {
    if (!world.isReady) throw new Error('utilityProcess cannot be created before app is ready');
    const child = new StandInUtilityProcess(modulePath, args);
    world.processes.push(child);
    world.launch(child);
    return child;
  },
};
