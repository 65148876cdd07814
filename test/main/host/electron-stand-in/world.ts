import type { EventEmitter } from 'node:events';
import type { SessionHandlers } from './session.ts';
import type { StandInUtilityProcess } from './utility-process.ts';
import type { StandInWindow } from './window.ts';

/** What one run of the stand-in knows: what the program did, and what tests want it to find. */
export interface World {
  lockIsFree: boolean;
  isReady: boolean;
  isPackaged: boolean;
  /** Set once the program has ended. */
  exitCode: number | undefined;
  sandboxed: boolean;
  paths: Map<string, string>;
  privileges: Map<string, unknown>;
  protocolHandlers: Map<string, (request: Request) => Response | Promise<Response>>;
  sessionHandlers: SessionHandlers;
  windows: StandInWindow[];
  processes: StandInUtilityProcess[];
  /** Brings a process of the program to life; by itself it only says that it was spawned. */
  launch: (child: StandInUtilityProcess) => void;
  boxes: OpenBox[];
  openedOutside: string[];
  menu: unknown;
  blockers: Set<number>;
  bridges: Map<string, Record<string, unknown>>;
  displays: { workArea: { x: number; y: number; width: number; height: number } }[];
}

/** A native dialog that waits for a person. */
export interface OpenBox {
  readonly kind: 'message' | 'open';
  readonly options: Readonly<Record<string, unknown>>;
  answer(value: { response: number } | { canceled: boolean; filePaths: string[] }): void;
}

const newWorld = (): World => ({
  lockIsFree: true,
  isReady: false,
  isPackaged: false,
  exitCode: undefined,
  sandboxed: false,
  paths: new Map(),
  privileges: new Map(),
  protocolHandlers: new Map(),
  sessionHandlers: {},
  windows: [],
  processes: [],
  launch: (child) => setImmediate(() => child.emit('spawn')),
  boxes: [],
  openedOutside: [],
  menu: undefined,
  blockers: new Set(),
  bridges: new Map(),
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
});

// One of each, however often the modules of the stand-in are loaded: a preload is loaded anew for every page.
const key = Symbol.for('fieldboot.electron-stand-in');
const holder = globalThis as unknown as { [key]?: { world: World; emitters: Map<string, EventEmitter> } };
const one = (holder[key] ??= { world: newWorld(), emitters: new Map() });
export const world: World = one.world;

/** The only emitter of this name. */
export function onlyEmitter<Emitter extends EventEmitter>(name: string, make: () => Emitter): Emitter {
  const emitter = one.emitters.get(name) ?? make();
  one.emitters.set(name, emitter);
  return emitter as Emitter;
}

/** As if the program had just been started. */
export function resetWorld(): void {
  for (const emitter of one.emitters.values()) emitter.removeAllListeners();
  Object.assign(world, newWorld());
}

/** An event that can be called off, as Electron's are. */
export function cancelable<Fields extends object>(
  fields: Fields,
): Fields & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
