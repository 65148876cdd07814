import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import { type HardwareNotes, hardwareNotesSchema } from '../../contract/hardware-notes.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { noHardwareNotes } from '../boot/hardware-notes.ts';

/** Where a station keeps what it knows of machines and models, and files of it that are handed on. */

export const hardwareNotesFile = (dataFolder: string): string => join(dataFolder, 'hardware-notes.json');

/** As many notes as may be in one, with room to spare. */
const LARGEST_FILE_BYTES = 8 * 1024 * 1024;

/** A file of notes. Errors: E_HARDWARE_NOTES where it is none; those of reading it. */
export async function readHardwareNotes(path: string): Promise<HardwareNotes> {
  const bytes = await readFile(path);
  if (bytes.length > LARGEST_FILE_BYTES) throw notNotes(path, `it has ${bytes.length} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw notNotes(path, 'it is no JSON');
  }
  const parsed = hardwareNotesSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notNotes(path, issue === undefined ? 'it is of another form' : `${issue.path.join('.')}: ${issue.message}`);
}

const notNotes = (path: string, problem: string): StationError =>
  new StationError('E_HARDWARE_NOTES', { path, problem });

/** This station's own notes. What cannot be read is set aside, never written over, and told. */
export async function openHardwareNotes(
  dataFolder: string,
): Promise<{ readonly notes: HardwareNotes; readonly trouble?: StationError }> {
  const path = hardwareNotesFile(dataFolder);
  try {
    return { notes: await readHardwareNotes(path) };
  } catch (error) {
    if (!(error instanceof StationError)) return { notes: noHardwareNotes };
    await rename(path, `${path}.unreadable`).catch(() => undefined);
    return { notes: noHardwareNotes, trouble: error };
  }
}

export async function writeHardwareNotes(path: string, notes: HardwareNotes): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(notes, undefined, 1)}\n`);
}
