import { toStationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import type { HardwareNotes } from '../../contract/hardware-notes.ts';
import { mergedNotes, remembered, type Success, withSuccess } from '../boot/hardware-notes.ts';
import { hardwareNotesFile, openHardwareNotes, writeHardwareNotes } from './hardware-notes-file.ts';

/** The notes of this station while a session runs: learnt from at once, written behind. Dispose waits for the last write. */
export interface HardwareMemory extends AsyncDisposable {
  readonly remembered: (
    machine: Parameters<typeof remembered>[1],
    what: Parameters<typeof remembered>[2],
  ) => ReturnType<typeof remembered>;
  readonly learn: (success: Success) => void;
}

export async function openHardwareMemory(dataFolder: string, emit: EmitEvent): Promise<HardwareMemory> {
  const opened = await openHardwareNotes(dataFolder);
  if (opened.trouble !== undefined) tellTrouble(opened.trouble, emit);
  let notes = opened.notes;
  let written = notes;
  let writing: Promise<void> = Promise.resolve();
  // A hundred machines that start at once are a few writes: each takes what came together meanwhile.
  const write = async (): Promise<void> => {
    if (written === notes) return;
    const next: HardwareNotes = notes;
    try {
      // Notes may have been imported while the session ran.
      const { notes: kept } = await openHardwareNotes(dataFolder);
      await writeHardwareNotes(hardwareNotesFile(dataFolder), mergedNotes(kept, next));
      written = next;
    } catch (error) {
      tellTrouble(error, emit);
    }
  };
  return {
    remembered: (machine, what) => remembered(notes, machine, what),
    learn(success) {
      const next = withSuccess(notes, success);
      if (next === notes) return;
      notes = next;
      writing = writing.then(write);
    },
    [Symbol.asyncDispose]: () => writing,
  };
}

function tellTrouble(error: unknown, emit: EmitEvent): void {
  const { code, title, advice } = toStationError(error);
  emit({ type: 'engine.trouble', code, title, advice });
}
