import { randomUUID } from 'node:crypto';
import type { MessagePortMain, ParentPort } from 'electron';
import { toStationError } from '../contract/errors.ts';
import { type Station, createStation } from '../station/station.ts';
import { serveConnection } from '../transport/connection.ts';
import { type StationPlaces, type ToShell, stationPlacesSchema, toStationSchema } from './process-messages.ts';
import { glanceAt, noSession } from './session-glance.ts';

const LAST_WORDS_MS = 200;

/**
 * The process that holds the station (Electron's utilityProcess): a saturated network never makes the window stutter, and a
 * crash here leaves the window to say so.
 */
export async function runStationProcess(
  parent: ParentPort,
  places: StationPlaces,
  exit: (code: number) => void,
): Promise<void> {
  const tell = (message: ToShell): void => parent.postMessage(message);
  const picking = new Map<number, (path: string | undefined) => void>();
  let lastPickId = 0;

  const pickImage = (): Promise<string | undefined> =>
    new Promise((resolve) => {
      const id = ++lastPickId;
      picking.set(id, resolve);
      tell({ kind: 'pick-image', id });
    });

  let station: Station;
  try {
    station = await createStation({
      ...places,
      host: { nativeDialogs: true, pickImage },
      now: Date.now,
      newId: randomUUID,
    });
  } catch (thrown) {
    const { title, advice } = toStationError(thrown);
    tell({ kind: 'failed', title, advice });
    // What is said just before a process ends may never leave it.
    setTimeout(exit, LAST_WORDS_MS, 1);
    return;
  }
  tellSessions(station, tell);

  const stop = async (): Promise<void> => {
    try {
      await station[Symbol.asyncDispose]();
    } finally {
      exit(0);
    }
  };

  // What came before this is held back until somebody listens.
  parent.on('message', ({ data, ports }) => {
    const message = toStationSchema.safeParse(data).data;
    switch (message?.kind) {
      case 'connect':
        if (ports[0] !== undefined) connectScreen(station, ports[0]);
        return;
      case 'picked-image':
        picking.get(message.id)?.(message.path);
        picking.delete(message.id);
        return;
      case 'stop':
        void stop();
        return;
      default:
    }
  });
}

/** Tells of a session when what the shell needs to know of it changed. */
function tellSessions(station: Station, tell: (message: ToShell) => void): void {
  let told = noSession;
  station.subscribe(({ event }) => {
    if (event !== 'session.changed' && event !== 'clients.changed') return;
    const glance = glanceAt(station.state);
    if (glance.running === told.running && glance.booting === told.booting) return;
    told = glance;
    tell({ kind: 'session', ...glance });
  });
}

/** Says hello first of all; a screen that lost its line comes back with a new port. */
function connectScreen(station: Station, port: MessagePortMain): void {
  const connection = serveConnection(
    station,
    { send: (message) => port.postMessage(message), bufferedBytes: () => 0, close: () => port.close() },
    { readOnly: false },
  );
  port.on('message', ({ data }) => {
    if (typeof data === 'string') connection.receive(data);
  });
  port.on('close', () => connection[Symbol.dispose]());
  port.start();
}

/** The one argument of the process. */
export const placesFromArgument = (argument: string | undefined): StationPlaces =>
  stationPlacesSchema.parse(JSON.parse(argument ?? ''));
