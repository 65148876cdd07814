import { type MessagePortMain, type UtilityProcess, MessageChannelMain, utilityProcess } from 'electron';
import { type StationPlaces, type ToShell, type ToStation, toShellSchema } from './process-messages.ts';
import { afterCrash } from './restart-policy.ts';

/** The station in a process of its own, started again when it ends unasked. */
export interface StationHost {
  /** Gives a screen its own port to the station: now, or as soon as there is a station. Only the last one that waits is given one. */
  connect(give: (port: MessagePortMain) => void): void;
  /** Lost where no station runs. */
  send(message: ToStation): void;
  /** After `onGiveUp`: as if it had never crashed. */
  tryAgain(): void;
  /** Resolves when the session is over and the interface is as it was, or when that took too long. */
  stop(): Promise<void>;
}

export interface StationHostEvents {
  onMessage(message: ToShell): void;
  /** It ended unasked and is started again. Screens see their ports closed and ask for new ones. */
  onCrash(exitCode: number): void;
  /** It said that it cannot run, or ended too often in too short a time. */
  onGiveUp(exitCode: number): void;
}

const STOP_TIMEOUT_MS = 10_000;

export function startStationHost(entryFile: string, places: StationPlaces, events: StationHostEvents): StationHost {
  /** From its fork on, and from its first breath on. */
  let current: UtilityProcess | undefined;
  let running: UtilityProcess | undefined;
  let hasGivenUp = false;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let crashesAtMs: readonly number[] = [];
  let stopping: Promise<void> | undefined;
  let waitingScreen: ((port: MessagePortMain) => void) | undefined;

  function start(): void {
    const child = utilityProcess.fork(entryFile, [JSON.stringify(places)], { serviceName: 'Fieldboot station' });
    let cannotRun = false;
    child.on('message', (data: unknown) => {
      const message = toShellSchema.safeParse(data).data;
      // It says why and ends; what it lacks does not come by trying again.
      if (message?.kind === 'failed') cannotRun = true;
      if (message !== undefined) events.onMessage(message);
    });
    child.once('spawn', () => {
      running = child;
      if (stopping !== undefined) child.postMessage({ kind: 'stop' } satisfies ToStation);
      else if (waitingScreen !== undefined) connect(child, waitingScreen);
    });
    // A fatal error of V8: its exit follows, and says enough.
    child.on('error', () => undefined);
    child.once('exit', (exitCode) => {
      current = undefined;
      running = undefined;
      if (stopping !== undefined) return;
      if (cannotRun) giveUp(exitCode);
      else startAgain(exitCode);
    });
    current = child;
  }

  function startAgain(exitCode: number): void {
    const next = afterCrash(crashesAtMs, Date.now());
    if (!next.restart) return giveUp(exitCode);
    crashesAtMs = next.crashesAtMs;
    restart = setTimeout(start, next.delayMs);
    events.onCrash(exitCode);
  }

  function giveUp(exitCode: number): void {
    hasGivenUp = true;
    events.onGiveUp(exitCode);
  }

  function connect(child: UtilityProcess, give: (port: MessagePortMain) => void): void {
    waitingScreen = undefined;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: 'connect' } satisfies ToStation, [port1]);
    give(port2);
  }

  function stop(): Promise<void> {
    clearTimeout(restart);
    const child = current;
    if (child === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        child.kill();
        resolve();
      }, STOP_TIMEOUT_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      running?.postMessage({ kind: 'stop' } satisfies ToStation);
    });
  }

  start();
  return {
    connect(give) {
      if (running === undefined) waitingScreen = give;
      else connect(running, give);
    },
    send: (message) => running?.postMessage(message),
    tryAgain() {
      if (!hasGivenUp || stopping !== undefined) return;
      hasGivenUp = false;
      crashesAtMs = [];
      start();
    },
    stop: () => (stopping ??= stop()),
  };
}
