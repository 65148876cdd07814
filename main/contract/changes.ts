import { z } from 'zod';
import { storedAnswerSchema } from './answer.ts';
import { listedMachineSchema } from './machines.ts';
import { networkInterfaceSchema } from './network.ts';
import { storedProfileSchema } from './profile.ts';
import { monitoredClientSchema, pastSessionSchema, sessionStateSchema } from './session.ts';
import {
  type StationState,
  libraryImageSchema,
  logLineSchema,
  settingsSchema,
  sharingSchema,
  taskSchema,
  throughputSampleSchema,
} from './state.ts';

/** Every change that the station tells after a snapshot, once. */
export const changes = {
  'settings.changed': settingsSchema,
  'interfaces.changed': z.array(networkInterfaceSchema),
  'images.changed': z.array(libraryImageSchema),
  'answers.changed': z.array(storedAnswerSchema),
  'profiles.changed': z.array(storedProfileSchema),
  'tasks.changed': z.array(taskSchema),
  /** A new session begins with no clients, log or throughput: those are emptied when its id changes. */
  'session.changed': sessionStateSchema.nullable(),
  'machines.changed': z.array(listedMachineSchema),
  'clients.changed': z.array(monitoredClientSchema),
  /** Ids of clients that turned out to be others, or were forgotten. */
  'clients.removed': z.array(z.string()),
  'log.appended': z.array(logLineSchema),
  'throughput.sampled': z.array(throughputSampleSchema),
  'sessions.changed': z.array(pastSessionSchema),
  'sharing.changed': sharingSchema.nullable(),
} as const;

export type ChangeName = keyof typeof changes;
export type Change = { [Name in ChangeName]: { event: Name; value: z.infer<(typeof changes)[Name]> } }[ChangeName];

/** How many of each are kept, at the station and on every screen. */
export const keptLogLines = 500;
export const keptThroughputSamples = 600;

/** The state after a change. Pure; station and screens run the same. */
export function applyChange(state: StationState, change: Change): StationState {
  switch (change.event) {
    case 'settings.changed':
      return { ...state, settings: change.value };
    case 'interfaces.changed':
      return { ...state, interfaces: change.value };
    case 'images.changed':
      return { ...state, images: change.value };
    case 'answers.changed':
      return { ...state, answers: change.value };
    case 'profiles.changed':
      return { ...state, profiles: change.value };
    case 'tasks.changed':
      return { ...state, tasks: change.value };
    case 'session.changed': {
      const isNew = change.value !== null && change.value.id !== state.session?.id;
      return { ...state, session: change.value, ...(isNew ? { clients: [], log: [], throughput: [] } : {}) };
    }
    case 'machines.changed':
      return { ...state, machines: change.value };
    case 'clients.changed': {
      const changed = new Map(change.value.map((client) => [client.id, client]));
      const kept = state.clients.map((client) => {
        const newer = changed.get(client.id);
        changed.delete(client.id);
        return newer ?? client;
      });
      return { ...state, clients: [...kept, ...changed.values()] };
    }
    case 'clients.removed': {
      const removed = new Set(change.value);
      return { ...state, clients: state.clients.filter(({ id }) => !removed.has(id)) };
    }
    case 'log.appended':
      return { ...state, log: [...state.log, ...change.value].slice(-keptLogLines) };
    case 'throughput.sampled':
      return { ...state, throughput: [...state.throughput, ...change.value].slice(-keptThroughputSamples) };
    case 'sessions.changed':
      return { ...state, sessions: change.value };
    case 'sharing.changed':
      return { ...state, sharing: change.value };
    default:
      return change satisfies never;
  }
}
