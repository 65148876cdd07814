import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import { installedFile } from '../installed-files.ts';
import { type Family, familySchema } from './recipe.ts';

let shipped: Promise<readonly Family[]> | undefined;

/** The recipes that come with the station, read once. */
export async function shippedRecipes(): Promise<readonly Family[]> {
  shipped ??= readRecipes(installedFile('assets/recipes'));
  return await shipped;
}

/** Every `*.json` of a folder. Throws E_RECIPE_INVALID naming the first file that is not a recipe. */
export async function readRecipes(folder: string): Promise<readonly Family[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return await Promise.all(names.map(async (name) => await readRecipe(join(folder, name))));
}

async function readRecipe(file: string): Promise<Family> {
  const text = await readFile(file, 'utf8');
  // Each is read once: what zod would compile for speed costs more than it saves.
  const parsed = familySchema.safeParse(parseJson(text, file), { jitless: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StationError('E_RECIPE_INVALID', {
    file,
    detail: issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}`,
  });
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StationError('E_RECIPE_INVALID', { file, detail: 'it is not JSON' }, { cause });
  }
}
