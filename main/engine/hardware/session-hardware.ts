import type { EmitEvent } from '../../contract/events.ts';
import { Ladders, type LaddersOptions } from '../boot/ladders.ts';
import { LocalDisks } from '../boot/local-disks.ts';
import type { EventBus } from '../event-bus.ts';
import { openHardwareMemory } from './hardware-memory.ts';

export interface SessionHardwareOptions extends Pick<LaddersOptions, 'files' | 'methodOn' | 'macOf'> {
  readonly dataFolder: string;
  readonly bus: EventBus;
  /** By the clock of the bus. */
  readonly now: () => number;
}

/** What a session finds out about its machines: their loaders and ways to their disks, kept for the next session. */
export interface SessionHardware extends AsyncDisposable {
  readonly ladders: Ladders;
  readonly localDisks: LocalDisks;
  /** Lets a machine begin anew with its loaders. */
  readonly forget: (mac: string) => void;
}

export async function startSessionHardware(options: SessionHardwareOptions): Promise<SessionHardware> {
  const { bus, now } = options;
  const memory = await openHardwareMemory(options.dataFolder, bus.emit);
  // The plan is asked before it is told who asked: what follows from a request comes after it.
  const tell: EmitEvent = (event) => queueMicrotask(() => bus.emit(event));
  const ladders = new Ladders({
    ...options,
    tell,
    remembered: (machine) => memory.remembered(machine, 'loader'),
    onWorked: (found) => memory.learn({ ...found, atMs: now() }),
  });
  const localDisks = new LocalDisks({
    tell,
    remembered: (machine) => memory.remembered(machine, 'localDisk'),
    onWorked: (found) => memory.learn({ ...found, atMs: now() }),
  });
  const unsubscribe = bus.subscribe((event) => {
    ladders.hear(event);
    localDisks.hear(event);
  });
  return {
    ladders,
    localDisks,
    forget(mac) {
      ladders.forget(mac);
      localDisks.forget(mac);
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      await memory[Symbol.asyncDispose]();
    },
  };
}
