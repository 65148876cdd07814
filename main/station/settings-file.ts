import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Settings, settingsSchema } from '../contract/state.ts';
import { writeFileAtomically } from '../engine/atomic-file.ts';

const defaults: Settings = { theme: 'system', language: 'en' };

const fileOf = (dataFolder: string): string => join(dataFolder, 'settings.json');

/** The settings; what is missing or not understood in the file is as at first start. */
export async function readSettings(dataFolder: string): Promise<Settings> {
  try {
    const stored: unknown = JSON.parse(await readFile(fileOf(dataFolder), 'utf8'));
    const known = settingsSchema.partial().safeParse(stored);
    return known.success ? { ...defaults, ...definedOf(known.data) } : defaults;
  } catch {
    return defaults;
  }
}

export async function writeSettings(dataFolder: string, settings: Settings): Promise<void> {
  await writeFileAtomically(fileOf(dataFolder), `${JSON.stringify(settings, null, 2)}\n`);
}

/** A change as it comes over the wire may name a setting without a value: that leaves it as it is. */
export function definedOf<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof Value]?: Exclude<Value[Key], undefined>;
  };
}
