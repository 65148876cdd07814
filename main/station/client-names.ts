import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../engine/atomic-file.ts';

/** Names that a person gave to machines, by MAC; kept over sessions. */
export interface ClientNames {
  readonly nameOf: (mac: string) => string | undefined;
  /** An empty name takes the name away. */
  rename(mac: string, name: string): Promise<void>;
}

const namesSchema = z.record(z.string(), z.string());

export async function openClientNames(dataFolder: string): Promise<ClientNames> {
  const file = join(dataFolder, 'client-names.json');
  const names = new Map(Object.entries(await readNames(file)));
  return {
    nameOf: (mac) => names.get(mac),
    async rename(mac, name) {
      const wanted = name.trim();
      if (wanted === '') names.delete(mac);
      else names.set(mac, wanted);
      await writeFileAtomically(file, `${JSON.stringify(Object.fromEntries(names), null, 2)}\n`);
    },
  };
}

async function readNames(file: string): Promise<Record<string, string>> {
  try {
    return namesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}
