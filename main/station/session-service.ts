import type { VariableValues } from '../contract/answer.ts';
import { StationError, toStationError } from '../contract/errors.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { PastSession, SessionDraft, SessionState, TimelineEntry } from '../contract/session.ts';
import type { Engine } from '../engine/engine.ts';
import { wakeUp } from '../engine/net/wake-on-lan.ts';
import { addressNote, undoSessionAddress } from '../engine/net/session-address.ts';
import type { AnswerService } from './answer-service.ts';
import { clientWithNews, factsOf } from './known-client.ts';
import { listOf, type MachineBook } from './machine-book.ts';
import type { MachineChange } from './machine-changes.ts';
import { type RunningEngine, runEngine, runRehearsal } from './running-engine.ts';
import { sessionAfter } from './session-after.ts';
import { createSessionFeed } from './session-feed.ts';
import { type SessionMemory, nothingYet, withDecision, withFinished } from './session-memory.ts';
import {
  type SessionMemoryFile,
  openSessionMemory,
  readSessionMemory,
  removeSessionMemory,
} from './session-memory-file.ts';
import { readSessionRecords, removeSessionRecord, writeSessionRecord } from './session-records.ts';
import { shownMachines } from './shown-machines.ts';
import type { StateHolder } from './state-holder.ts';

/** Runs at most one session, keeps its record, and gives it back after a crash. */
export interface SessionService extends AsyncDisposable {
  /** The secrets go to the machines and nowhere else. */
  start(draft: SessionDraft, secrets?: VariableValues): Promise<string>;
  rehearse(clients: number, imageId: string | undefined): Promise<string>;
  stop(): Promise<void>;
  resume(sessionId: string): Promise<string>;
  dismiss(sessionId: string): Promise<void>;
  remove(sessionId: string): Promise<void>;
  approve(clientIds: readonly string[]): void;
  refuse(clientIds: readonly string[]): void;
  /** Errors: E_NO_SESSION; those of `sendWakeUp`. */
  wake(clientIds: readonly string[]): Promise<void>;
  /** The machines of the person's list, which need not have been seen yet. The same errors. */
  wakeListed(): Promise<void>;
  /** What the person knows of a machine: its name, the address that it shall have. */
  change(clientId: string, change: MachineChange): Promise<void>;
  timeline(clientId: string): readonly TimelineEntry[];
}

export async function createSessionService(options: {
  holder: StateHolder;
  book: MachineBook;
  dataFolder: string;
  loadersFolder: string;
  now: () => number;
  newId: () => string;
  answers: Pick<AnswerService, 'adopt' | 'ofDraft'>;
  onEvent?: ((event: EngineEvent) => void) | undefined;
}): Promise<SessionService> {
  const { holder, book, dataFolder, now, newId, answers } = options;
  let running: RunningEngine | undefined;
  let memory = nothingYet;
  let memoryFile: SessionMemoryFile | undefined;

  const engine = (): Engine | undefined => running?.engine;
  const feed = createSessionFeed({ holder, source: engine, knownOf: (client) => book.find(client), now });

  book.onChanged((machines) => {
    holder.change({ event: 'machines.changed', value: shownMachines(machines) });
    engine()?.useMachines(listOf(machines));
    const value = holder.state.clients.flatMap((client) => clientWithNews(client, book.find(factsOf(client))) ?? []);
    if (value.length > 0) holder.change({ event: 'clients.changed', value });
  });

  const machinesOf = (clientIds: readonly string[]) =>
    clientIds.map((id) => ({ macs: [id], ...engine()?.clients().find((client) => client.id === id), id })); // prettier-ignore

  const tell = (session: SessionState): void => holder.change({ event: 'session.changed', value: session });
  const patch = (change: Partial<SessionState>): void => {
    const { session } = holder.state;
    if (session !== null) tell({ ...session, ...change });
  };

  const record = async (session: SessionState): Promise<void> => {
    const past: PastSession = {
      id: session.id,
      imageName: session.imageName,
      entryTitle: session.entryTitle,
      interfaceName: session.draft.interfaceName,
      rehearsal: session.rehearsal,
      startedAtMs: session.startedAtMs,
      ...(session.endedAtMs === undefined ? {} : { endedAtMs: session.endedAtMs }),
      machines: holder.state.clients.length,
      finished: holder.state.clients.filter(({ stage }) => stage === 'running' || stage === 'done').length,
      draft: session.draft,
    };
    await writeSessionRecord(dataFolder, past);
    holder.change({ event: 'sessions.changed', value: await readSessionRecords(dataFolder) });
  };

  const remember = (next: SessionMemory): void => {
    if (next === memory) return;
    memory = next;
    memoryFile?.keep(memory);
  };

  /** A session on its way up: told first, so that a screen shows what is being started and why it failed. */
  const begin = async (
    session: SessionState,
    earlier: SessionMemory,
    run: (listeners: Parameters<typeof runEngine>[1]) => Promise<RunningEngine>,
  ): Promise<string> => {
    const busy = holder.state.session;
    if (busy !== null && busy.state !== 'ended' && busy.state !== 'failed') {
      throw new StationError('E_SESSION_RUNNING', { imageName: busy.imageName });
    }
    tell(session);
    memory = nothingYet;
    memoryFile = session.rehearsal ? undefined : openSessionMemory(dataFolder, session.id);
    remember(earlier);
    try {
      running = await run({
        onEvent: (event) => {
          feed.take(event);
          options.onEvent?.(event);
          const changed = sessionAfter(holder.state.session, event);
          if (changed !== undefined) tell(changed);
        },
        onClientChanged: (clientId) => {
          feed.clientChanged(clientId);
          const client = engine()?.clients().find(({ id }) => id === clientId); // prettier-ignore
          if (client !== undefined) remember(withFinished(memory, client));
        },
        onFailed: (error) => void end('failed', error),
      });
    } catch (error) {
      await memoryFile?.remove();
      patch({ state: 'failed', endedAtMs: now(), trouble: troubleOf(error) });
      throw error;
    }
    const { address, baseUrl, pool, routerSettings } = running.engine;
    patch({ state: 'running', address, baseUrl, pool, routerSettings: [...routerSettings] });
    await record(holder.state.session ?? session);
    return session.id;
  };

  const end = async (state: 'ended' | 'failed', error?: unknown): Promise<void> => {
    const stopping = running;
    const { session } = holder.state;
    if (stopping === undefined || session === null) return;
    running = undefined;
    patch({ state: 'stopping' });
    await stopping[Symbol.asyncDispose]();
    await memoryFile?.remove();
    patch({ state, endedAtMs: now(), ...(error === undefined ? {} : { trouble: troubleOf(error) }) });
    if (holder.state.session !== null) await record(holder.state.session);
  };

  const start = async (wanted: SessionDraft, earlier: SessionMemory, secrets: VariableValues = {}): Promise<string> => {
    const draft = await answers.adopt(wanted);
    const image = holder.state.images.find(({ id }) => id === draft.imageId);
    if (image?.description === undefined) throw new StationError('E_IMAGE_NOT_FOUND', { path: draft.imageId });
    const entry = image.description.entries.find(({ id }) => id === draft.entryId);
    if (entry === undefined) {
      const known = image.description.entries.map(({ id }) => id);
      throw new StationError('E_ENTRY_NOT_FOUND', { entry: draft.entryId, known });
    }
    const answer = await answers.ofDraft(draft, secrets);
    const linkMbps = holder.state.interfaces.find(({ name }) => name === draft.interfaceName)?.speedMbps;
    const session: SessionState = {
      id: newId(),
      state: 'starting',
      rehearsal: false,
      draft,
      imageName: image.name,
      entryTitle: entry.title,
      destructive: entry.destructive,
      startedAtMs: now(),
      ...(linkMbps === undefined ? {} : { linkMbps }),
    };
    return begin(session, earlier, (listeners) =>
      runEngine(
        { ...options, draft, answer, imagePath: image.path, earlier, machines: listOf(book.machines) },
        listeners,
      ),
    );
  };

  return {
    start: (draft, secrets) => start(draft, nothingYet, secrets),
    async rehearse(clients, imageId) {
      const image = holder.state.images.find(({ id }) => id === imageId);
      const session: SessionState = {
        id: newId(),
        state: 'starting',
        rehearsal: true,
        draft: {
          imageId: imageId ?? '',
          interfaceName: 'lo',
          entryId: image?.description?.defaultEntryId ?? '',
          extraArguments: '',
          approval: { kind: 'every-machine' },
          afterBoot: 'boot-again',
          override: false,
        },
        imageName: image?.name ?? 'Rehearsal',
        entryTitle: `${clients} simulated machines`,
        destructive: false,
        startedAtMs: now(),
      };
      return begin(session, nothingYet, (listeners) =>
        runRehearsal({ ...options, clients, imagePath: image?.path }, listeners),
      );
    },
    stop: () => end('ended'),
    async resume(sessionId) {
      const past = holder.state.sessions.find(({ id }) => id === sessionId);
      if (past === undefined) throw new StationError('E_SESSION_NOT_FOUND', { sessionId });
      const id = await start(past.draft, await readSessionMemory(dataFolder, sessionId));
      await removeSessionRecord(dataFolder, sessionId);
      holder.change({ event: 'sessions.changed', value: await readSessionRecords(dataFolder) });
      return id;
    },
    async dismiss(sessionId) {
      const past = holder.state.sessions.find(({ id }) => id === sessionId);
      if (past === undefined || past.endedAtMs !== undefined) return;
      // The address that it gave its interface is still there; a session that runs there by now took it over.
      if (running === undefined) await undoSessionAddress(addressNote(dataFolder, past.draft.interfaceName));
      await removeSessionMemory(dataFolder, sessionId);
      await writeSessionRecord(dataFolder, { ...past, endedAtMs: past.startedAtMs });
      holder.change({ event: 'sessions.changed', value: await readSessionRecords(dataFolder) });
    },
    async remove(sessionId) {
      await removeSessionRecord(dataFolder, sessionId);
      holder.change({ event: 'sessions.changed', value: await readSessionRecords(dataFolder) });
    },
    approve(clientIds) {
      engine()?.approve(clientIds);
      remember(withDecision(memory, 'approved', machinesOf(clientIds)));
      feed.refresh(clientIds);
    },
    refuse(clientIds) {
      engine()?.refuse(clientIds);
      remember(withDecision(memory, 'refused', machinesOf(clientIds)));
      feed.refresh(clientIds);
    },
    async wake(clientIds) {
      const awake = engine();
      if (awake === undefined) throw new StationError('E_NO_SESSION', {});
      await awake.wake(clientIds);
    },
    async wakeListed() {
      const interfaceName = holder.state.session?.draft.interfaceName;
      if (engine() === undefined || interfaceName === undefined) throw new StationError('E_NO_SESSION', {});
      await wakeUp(interfaceName, [...new Set(book.machines.flatMap(({ macs }) => macs))]);
    },
    async change(clientId, change) {
      const client = holder.state.clients.find(({ id }) => id === clientId);
      if (client !== undefined) await book.change(factsOf(client), change);
    },
    timeline: (clientId) => feed.timeline(clientId),
    async [Symbol.asyncDispose]() {
      await end('ended');
      feed[Symbol.dispose]();
    },
  };
}

function troubleOf(error: unknown): { code: string; title: string; advice: string } {
  const { code, title, advice } = toStationError(error);
  return { code, title, advice };
}
