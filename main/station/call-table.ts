import type { CallName, CallValue } from '../contract/calls.ts';
import { preflight } from '../engine/preflight/preflight.ts';
import { probeForeignDhcp } from '../engine/net/dhcp-probe.ts';
import type { AnswerService } from './answer-service.ts';
import { listFolder, locateFile } from './folder-listing.ts';
import { usableList } from '../engine/machines/machine-list-file.ts';
import { writeMachineList } from '../engine/machines/write-machine-list.ts';
import type { LibraryService } from './library-service.ts';
import { type MachineBook, listOf } from './machine-book.ts';
import type { ProfileService } from './profile-service.ts';
import type { SessionService } from './session-service.ts';
import { definedOf, writeSettings } from './settings-file.ts';
import type { Sharing } from './sharing.ts';
import type { StateHolder } from './state-holder.ts';
import type { CallAccess, CheckedArg, StationHost } from './station.ts';

type CallTable = {
  readonly [Name in CallName]: (
    arg: CheckedArg<Name>,
    access: CallAccess,
  ) => Promise<CallValue<Name>> | CallValue<Name>;
};

/** What each call of the contract does. */
export function createCallTable(parts: {
  holder: StateHolder;
  book: MachineBook;
  library: LibraryService;
  answers: AnswerService;
  profiles: ProfileService;
  sessions: SessionService;
  sharing: Sharing;
  host: StationHost;
  dataFolder: string;
  loadersFolder: string;
}): CallTable {
  const { holder, book, library, answers, profiles, sessions, sharing, host, dataFolder } = parts;
  return {
    'state.snapshot': (_arg, { readOnly }) => {
      const { state, seq } = holder;
      // Whoever may only look is not shown the way in for others.
      const shown = readOnly ? { ...state, sharing: null, station: { ...state.station, readOnly } } : state;
      return { seq, state: shown };
    },

    'images.inspect': ({ path }) => library.inspect(path),
    'images.add': ({ path }) => library.add(path),
    'images.rename': async ({ imageId, name }) => done(library.rename(imageId, name)),
    'images.remove': async ({ imageId }) => done(library.remove(imageId)),
    'images.verify': ({ imageId, expectedSha256 }) => done(library.verify(imageId, expectedSha256)),
    'images.cancelVerify': ({ imageId }) => done(library.cancelVerify(imageId)),
    'images.pick': async () => {
      const path = await host.pickImage();
      return path === undefined ? {} : { path };
    },
    'files.locate': async ({ name, sizeBytes }) => {
      const path = await locateFile(name, sizeBytes);
      return path === undefined ? {} : { path };
    },
    'files.list': ({ folder }) => listFolder(folder),

    'answers.save': ({ answerId, answer }) => answers.save(answer, answerId),
    'answers.import': async ({ fileName, text }) => ({ answerId: await answers.importText(fileName, text) }),
    'answers.read': ({ answerId, revision }) => answers.read(answerId, revision),
    'answers.remove': ({ answerId }) => done(answers.remove(answerId)),
    'answers.preview': ({ machine, ...session }) => answers.preview(session, machine, listOf(book.machines)),

    'profiles.save': async ({ profileId, name, choices }) => ({
      profileId: await profiles.save(name, choices, profileId),
    }),
    'profiles.rename': ({ profileId, name }) => done(profiles.rename(profileId, name)),
    'profiles.duplicate': async ({ profileId }) => ({ profileId: await profiles.duplicate(profileId) }),
    'profiles.remove': ({ profileId }) => done(profiles.remove(profileId)),
    'profiles.choose': ({ profileId }) => profiles.choose(profileId),
    'profiles.export': ({ profileId }) => profiles.exportText(profileId),
    'profiles.import': async ({ text, fileName }) => ({ profileId: await profiles.importText(text, fileName) }),

    'interfaces.probe': ({ interfaceName }) => probeForeignDhcp(interfaceName),

    'session.preflight': (draft) => preflight(draft, { ...parts, images: holder.state.images }),
    'session.start': async ({ secrets, ...draft }) => ({ sessionId: await sessions.start(draft, secrets) }),
    'session.stop': () => done(sessions.stop()),
    'session.resume': async ({ sessionId }) => ({ sessionId: await sessions.resume(sessionId) }),
    'session.dismiss': ({ sessionId }) => done(sessions.dismiss(sessionId)),
    'sessions.remove': ({ sessionId }) => done(sessions.remove(sessionId)),

    'clients.approve': ({ clientIds }) => done(sessions.approve(clientIds)),
    'clients.refuse': ({ clientIds }) => done(sessions.refuse(clientIds)),
    'clients.reserve': ({ clientId, address }) => done(sessions.change(clientId, { address })),
    'clients.wake': ({ clientIds }) => done(sessions.wake(clientIds)),
    'clients.rename': ({ clientId, name }) => done(sessions.change(clientId, { name })),
    'clients.timeline': ({ clientId }) => ({ entries: [...sessions.timeline(clientId)] }),

    'machines.read': ({ name, base64 }) => usableList(Buffer.from(base64, 'base64'), name),
    'machines.take': ({ machines, how }) => done(book.take(machines, how)),
    'machines.wake': () => done(sessions.wakeListed()),
    'machines.export': () => ({ csv: writeMachineList(book.machines) }),

    'rehearsal.start': async ({ clients, imageId }) => ({ sessionId: await sessions.rehearse(clients, imageId) }),

    'settings.change': async (patch) => {
      const settings = { ...holder.state.settings, ...definedOf(patch) };
      await writeSettings(dataFolder, settings);
      holder.change({ event: 'settings.changed', value: settings });
      return {};
    },
    'sharing.start': () => done(sharing.start()),
    'sharing.stop': () => done(sharing.stop()),
  };
}

async function done(work: unknown): Promise<Record<string, never>> {
  await work;
  return {};
}
