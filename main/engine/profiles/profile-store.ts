import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { Profile, StoredProfile } from '../../contract/profile.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { withWriteErrors } from '../images/write-error.ts';
import { profileText, readProfile } from './profile-text.ts';

/** The profiles that the station keeps: one plain file each, the same that is exported. */

const idPattern = /^[a-z0-9][a-z0-9-]{0,79}$/;
const extension = '.yaml';

const folderOf = (dataFolder: string): string => join(dataFolder, 'profiles');
const fileOf = (dataFolder: string, id: string): string => join(folderOf(dataFolder), `${id}${extension}`);

/** By name. Files that are no profiles are left alone. */
export async function listProfiles(dataFolder: string): Promise<StoredProfile[]> {
  const names = await readdir(folderOf(dataFolder)).catch(() => []);
  const ids = names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
  const all = await Promise.all(ids.filter((id) => idPattern.test(id)).map((id) => describe(dataFolder, id)));
  return all.filter((one) => one !== undefined).sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

async function describe(dataFolder: string, id: string): Promise<StoredProfile | undefined> {
  try {
    const { name, image, entryId, answer, secrets } = await openProfile(dataFolder, id);
    const { mtimeMs } = await stat(fileOf(dataFolder, id));
    return {
      id,
      name,
      changedAtMs: mtimeMs,
      image,
      secrets,
      ...(entryId === undefined ? {} : { entryId }),
      ...(answer === undefined ? {} : { answerName: answer.name }),
    };
  } catch {
    return undefined;
  }
}

/** Errors: E_PROFILE_NOT_FOUND, E_PROFILE_INVALID. */
export async function openProfile(dataFolder: string, id: string): Promise<Profile> {
  return readProfile(await readText(dataFolder, id), id);
}

async function readText(dataFolder: string, id: string): Promise<string> {
  try {
    // An id comes over a wire and becomes a part of a path.
    if (!idPattern.test(id)) throw new Error('not an id');
    return await readFile(fileOf(dataFolder, id), 'utf8');
  } catch (error) {
    throw new StationError('E_PROFILE_NOT_FOUND', { profile: id }, { cause: error });
  }
}

let changing: Promise<unknown> = Promise.resolve();

/** Keeps a profile, as a new one or in the place of `id`. Resolves to its id. */
export function saveProfile(dataFolder: string, profile: Profile, id?: string): Promise<string> {
  const saved = changing.then(async () => {
    if (id !== undefined) await readText(dataFolder, id);
    const chosen = id ?? (await freeId(dataFolder, profile.name));
    const file = fileOf(dataFolder, chosen);
    await withWriteErrors(file, () => writeFileAtomically(file, profileText(profile)));
    return chosen;
  });
  changing = saved.catch(() => undefined);
  return saved;
}

/** Error: E_PROFILE_NOT_FOUND. */
export async function removeProfile(dataFolder: string, id: string): Promise<void> {
  await readText(dataFolder, id);
  await rm(fileOf(dataFolder, id));
}

async function freeId(dataFolder: string, name: string): Promise<string> {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'profile'; // prettier-ignore
  const taken = new Set(await readdir(folderOf(dataFolder)).catch(() => []));
  let id = plain;
  for (let count = 2; taken.has(id + extension); count++) id = `${plain}-${count}`;
  return id;
}
