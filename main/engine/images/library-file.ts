import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StationError } from '../../contract/errors.ts';
import { imageChecksumSchema, imageSignatureSchema } from '../../contract/state.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { codeOf, withWriteErrors } from './write-error.ts';

/** One image of the library: where it is, and what tells whether it is still the same. */
export const libraryImageSchema = z.object({
  id: z.string().min(1),
  path: z.string().min(1),
  name: z.string().min(1),
  recipe: z.string().min(1),
  version: z.string().optional(),
  sizeBytes: z.int().nonnegative(),
  modifiedAtMs: z.number(),
  /** Absent until the image was read whole. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** What came of comparing it, and who signed it, when it was last read whole. */
  checksum: imageChecksumSchema.optional(),
  signature: imageSignatureSchema.optional(),
  addedAtMs: z.number(),
});
export type LibraryImage = z.infer<typeof libraryImageSchema>;

const librarySchema = z.object({ version: z.literal(1), images: z.array(libraryImageSchema) });

export const libraryPath = (dataFolder: string): string => join(dataFolder, 'library.json');

/** The images of the library; none where there is no library yet. Rejects with E_LIBRARY_DAMAGED. */
export async function readLibrary(dataFolder: string): Promise<LibraryImage[]> {
  const path = libraryPath(dataFolder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new StationError('E_LIBRARY_DAMAGED', { path, detail }, { cause: thrown });
  }
  const parsed = librarySchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.images;
  const [issue] = parsed.error.issues;
  const detail = issue === undefined ? 'it is empty' : `${issue.path.join('.') || 'its content'}: ${issue.message}`;
  throw new StationError('E_LIBRARY_DAMAGED', { path, detail });
}

/** Replaces the library as a whole: after a kill or a full disk the old one is there. */
export async function writeLibrary(dataFolder: string, images: readonly LibraryImage[]): Promise<void> {
  const path = libraryPath(dataFolder);
  const text = `${JSON.stringify({ version: 1, images }, null, 2)}\n`;
  await withWriteErrors(path, () => writeFileAtomically(path, text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
