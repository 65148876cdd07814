import { StationError } from '../contract/errors.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { MachineList } from '../contract/machines.ts';
import type { SessionDraft } from '../contract/session.ts';
import type { SessionAnswer } from '../engine/answers/session-answers.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { startRehearsal } from '../engine/rehearsal/rehearsal.ts';
import type { EarlierPart } from '../engine/session-config.ts';
import { engineConfig } from './engine-config.ts';

/** An engine with whatever drives it: nothing, or simulated machines. */
export interface RunningEngine extends AsyncDisposable {
  readonly engine: Engine;
}

export interface EngineListeners {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onClientChanged: (clientId: string) => void;
  /** It cannot go on. */
  readonly onFailed: (error: unknown) => void;
}

interface EnginePlaces {
  readonly dataFolder: string;
  readonly loadersFolder: string;
}

export async function runEngine(
  options: EnginePlaces & {
    readonly draft: SessionDraft;
    readonly answer: SessionAnswer | undefined;
    readonly imagePath: string;
    readonly earlier: EarlierPart;
    readonly machines: MachineList;
  },
  listeners: EngineListeners,
): Promise<RunningEngine> {
  const { draft, answer, earlier, machines } = options;
  const config = { ...engineConfig(draft, options), answer, earlier, machines };
  const engine = await startEngine(config, listeners.onEvent);
  listen(engine, listeners);
  tellUnreservable(engine, listeners.onEvent);
  return { engine, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

export async function runRehearsal(
  options: EnginePlaces & { readonly clients: number; readonly imagePath: string | undefined },
  listeners: EngineListeners,
): Promise<RunningEngine> {
  const rehearsal = await startRehearsal(options, listeners.onEvent);
  listen(rehearsal.engine, listeners);
  return rehearsal;
}

/** The session runs all the same: those machines get an address of the pool. */
function tellUnreservable(engine: Engine, onEvent: EngineListeners['onEvent']): void {
  const [first, ...more] = engine.unreservable();
  if (first === undefined) return;
  const others = more.length === 0 ? '' : `; ${more.length} more of the list neither`;
  const { code, title, advice } = new StationError('E_RESERVATION', {
    address: first.address,
    problem: `${first.reason}${others}`,
  });
  onEvent({ type: 'engine.trouble', at: Date.now(), code, title, advice });
}

function listen(engine: Engine, { onClientChanged, onFailed }: EngineListeners): void {
  engine.onClientChanged(onClientChanged);
  engine.failed.catch(onFailed);
}
