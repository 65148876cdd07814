import { type BrowserWindow, app } from 'electron';
import { type Reason, offerAnotherTry, pickImage, tellCrash } from './dialogs.ts';
import { createKeepAwake } from './keep-awake.ts';
import type { StationPlaces, ToShell } from './process-messages.ts';
import { type SessionGlance, noSession } from './session-glance.ts';
import { type StationHost, startStationHost } from './station-host.ts';

export interface SupervisedStation {
  readonly host: StationHost;
  /** What the station last told of its session. */
  readonly glance: () => SessionGlance;
}

/** Does for the station what only the shell can: dialogs, keeping the computer awake, telling a person that it crashed. */
export function superviseStation(entryFile: string, places: StationPlaces, window: BrowserWindow): SupervisedStation {
  const keepAwake = createKeepAwake();
  let glance = noSession;
  let failure: Reason | undefined;
  let isTelling = false;

  const see = (seen: SessionGlance): void => {
    glance = seen;
    keepAwake.set(seen.running);
  };

  const pick = async (id: number): Promise<void> => {
    const path = window.isDestroyed() ? undefined : await pickImage(window);
    host.send({ kind: 'picked-image', id, ...(path === undefined ? {} : { path }) });
  };

  const onMessage = (message: ToShell): void => {
    switch (message.kind) {
      case 'session':
        see({ running: message.running, booting: message.booting });
        return;
      case 'failed':
        failure = { title: message.title, advice: message.advice };
        return;
      case 'pick-image':
        void pick(message.id);
    }
  };

  // One question at a time: a station that crashes at every try must not bury the window.
  const tell = async (ask: () => Promise<void>): Promise<void> => {
    if (isTelling || window.isDestroyed()) return;
    isTelling = true;
    try {
      await ask();
    } finally {
      isTelling = false;
    }
  };

  const giveUp = async (exitCode: number): Promise<void> => {
    const again = await offerAnotherTry(window, failure, exitCode);
    failure = undefined;
    if (again) host.tryAgain();
    else app.quit();
  };

  const host = startStationHost(entryFile, places, {
    onMessage,
    onCrash() {
      see(noSession);
      void tell(() => tellCrash(window));
    },
    onGiveUp(exitCode) {
      see(noSession);
      void tell(() => giveUp(exitCode));
    },
  });
  return { host, glance: () => glance };
}
