import { hostname } from 'node:os';
import type { CallName, CallValue, calls } from '../contract/calls.ts';
import type { EngineEvent } from '../contract/events.ts';
import type { StationState } from '../contract/state.ts';
import type { WireChange } from '../contract/wire.ts';
import type { z } from 'zod';
import { listAnswers } from '../engine/answers/answer-store.ts';
import { createAnswerService } from './answer-service.ts';
import { createCallTable } from './call-table.ts';
import { claimDataFolder } from './data-folder-claim.ts';
import { watchInterfaces } from './interface-watch.ts';
import { createLibraryService } from './library-service.ts';
import { createProfileService } from './profile-service.ts';
import { listProfiles } from '../engine/profiles/profile-store.ts';
import { openMachineBook } from './machine-book.ts';
import { createSessionService } from './session-service.ts';
import { readSessionRecords } from './session-records.ts';
import { readSettings } from './settings-file.ts';
import { shownMachines } from './shown-machines.ts';
import { createStateHolder } from './state-holder.ts';
import { createSharing } from './sharing.ts';

/** A checked argument of a call, with its defaults filled in. */
export type CheckedArg<Name extends CallName> = z.output<(typeof calls)[Name]['arg']>;

export interface CallAccess {
  readonly readOnly: boolean;
}

/**
 * Everything a user interface talks to, whatever the transport: one state, calls that change it, and changes in
 * order. Arguments are validated by the transport before they come here.
 */
export interface Station extends AsyncDisposable {
  readonly state: StationState;
  call<Name extends CallName>(name: Name, arg: CheckedArg<Name>, access: CallAccess): Promise<CallValue<Name>>;
  subscribe(listener: (change: WireChange) => void): () => void;
}

/** What only the program around the station can do: native dialogs where there are any. */
export interface StationHost {
  readonly nativeDialogs: boolean;
  pickImage(): Promise<string | undefined>;
}

export interface StationOptions {
  readonly version: string;
  readonly dataFolder: string;
  readonly loadersFolder: string;
  /** The built user interface, for a read-only address. */
  readonly uiFolder: string;
  readonly host: StationHost;
  readonly now: () => number;
  readonly newId: () => string;
  /** Hears the events of every session as the engine tells them. */
  readonly onEvent?: ((event: EngineEvent) => void) | undefined;
}

/** Errors: those of claiming its data folder; E_LIBRARY_DAMAGED. */
export async function createStation(options: StationOptions): Promise<Station> {
  const { dataFolder, version, host } = options;
  await using started = new AsyncDisposableStack();
  started.use(await claimDataFolder(dataFolder));
  const book = await openMachineBook(dataFolder);
  const holder = createStateHolder({
    station: {
      version,
      platform: process.platform,
      hostName: hostname(),
      capabilities: {
        nativeDialogs: host.nativeDialogs,
        assignAddress: process.platform === 'linux',
        serve: true,
      },
      readOnly: false,
    },
    settings: await readSettings(dataFolder),
    interfaces: [],
    images: [],
    answers: await listAnswers(dataFolder),
    profiles: await listProfiles(dataFolder),
    tasks: [],
    session: null,
    machines: shownMachines(book.machines),
    clients: [],
    log: [],
    throughput: [],
    sessions: await readSessionRecords(dataFolder),
    sharing: null,
  });
  started.use(await watchInterfaces(holder));
  const library = started.use(await createLibraryService({ ...options, holder }));
  const answers = createAnswerService({ ...options, holder });
  const profiles = createProfileService({ ...options, holder, answers });
  const sessions = started.use(await createSessionService({ ...options, holder, book, answers }));
  const station: Station = {
    get state() {
      return holder.state;
    },
    call: async (name, arg, access) => table[name](arg as never, access),
    subscribe: (listener) => holder.subscribe(listener),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
  const sharing = started.use(createSharing({ station, holder, uiFolder: options.uiFolder }));
  const table = createCallTable({ ...options, holder, book, library, answers, profiles, sessions, sharing });
  const running = started.move();
  return station;
}
