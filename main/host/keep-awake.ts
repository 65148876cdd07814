import { powerSaveBlocker } from 'electron';

/** Keeps the computer awake while a session runs: a laptop that sleeps leaves every machine half booted. */
export function createKeepAwake(): { set(awake: boolean): void } {
  let blocker: number | undefined;
  return {
    set(awake) {
      if (awake && blocker === undefined) blocker = powerSaveBlocker.start('prevent-app-suspension');
      if (!awake && blocker !== undefined) {
        powerSaveBlocker.stop(blocker);
        blocker = undefined;
      }
    },
  };
}
