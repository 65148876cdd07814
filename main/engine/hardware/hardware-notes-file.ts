import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StationError, toStationError } from '../../contract/errors.ts';
import { type HardwareNotes, hardwareNotesSchema } from '../../contract/hardware-notes.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { mergedNotes, noHardwareNotes } from '../boot/hardware-notes.ts';

/** Where a station keeps what it knows of machines and models, and files of it that are handed on. */

export const hardwareNotesFile = (dataFolder: string): string => join(dataFolder, 'hardware-notes.json');

/** As many notes as may be in one, with room to spare. */
const LARGEST_FILE_BYTES = 8 * 1024 * 1024;

/** A file of notes. Errors: E_HARDWARE_NOTES where it is none, or cannot be read. */
export async function readHardwareNotes(path: string): Promise<HardwareNotes> {
  try {
    return parseNotes(path, await readFile(path));
  } catch (error) {
    if (error instanceof StationError) throw error;
    throw notNotes(path, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}

function parseNotes(path: string, bytes: Buffer): HardwareNotes {
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
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    // There is none yet; one that cannot be read cannot be written either, which is told then.
    return { notes: noHardwareNotes };
  }
  try {
    return { notes: parseNotes(path, bytes) };
  } catch (error) {
    await rename(path, `${path}.unreadable`).catch(() => undefined);
    return { notes: noHardwareNotes, trouble: toStationError(error) };
  }
}

export async function writeHardwareNotes(path: string, notes: HardwareNotes): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(notes, undefined, 1)}\n`);
}

/** Writes what this station knows to a file of the person's. Errors: those of writing it. */
export async function exportHardwareNotes(dataFolder: string, path: string): Promise<HardwareNotes> {
  const { notes } = await openHardwareNotes(dataFolder);
  await writeHardwareNotes(path, notes);
  return notes;
}

/** Takes a file of notes in. Errors: E_HARDWARE_NOTES where it is none; those of reading and writing. */
export async function importHardwareNotes(dataFolder: string, path: string): Promise<HardwareNotes> {
  const given = await readHardwareNotes(path);
  const { notes } = await openHardwareNotes(dataFolder);
  const merged = mergedNotes(notes, given);
  await writeHardwareNotes(hardwareNotesFile(dataFolder), merged);
  return merged;
}
