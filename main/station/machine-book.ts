import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StationError } from '../contract/errors.ts';
import { type ListedMachine, listedMachineSchema, type MachineList, mostListedMachines } from '../contract/machines.ts';
import { writeFileAtomically } from '../engine/atomic-file.ts';
import { type MachineFacts, type MachineIndex, machineIndex } from '../engine/machines/find-machine.ts';
import { changedMachine, mergedMachines, type MachineChange } from './machine-changes.ts';

/** The machines that a person knows: names, reserved addresses, values of their own. Kept over sessions. */
export interface MachineBook {
  readonly machines: readonly ListedMachine[];
  find(facts: MachineFacts): ListedMachine | undefined;
  /** Empty texts take a fact away. Errors: E_RESERVATION. */
  change(facts: MachineFacts, change: MachineChange): Promise<void>;
  /** In place of all, or beside those that the list does not name. */
  take(machines: readonly ListedMachine[], how: 'replace' | 'add'): Promise<void>;
  /** Told after each change. */
  onChanged(listener: (machines: readonly ListedMachine[]) => void): void;
}

const bookSchema = z.object({ machines: z.array(listedMachineSchema).max(mostListedMachines) });

export async function openMachineBook(dataFolder: string): Promise<MachineBook> {
  const file = join(dataFolder, 'machines.json');
  let index: MachineIndex = machineIndex(await readBook(file));
  const listeners = new Set<(machines: readonly ListedMachine[]) => void>();
  const keep = async (machines: readonly ListedMachine[]): Promise<void> => {
    if (machines.length > mostListedMachines) {
      throw new StationError('E_MACHINE_LIST', {
        name: 'of this station',
        problem: `it would have more than ${mostListedMachines} machines`,
      });
    }
    const numbered = machines.map((machine, at) => ({ ...machine, line: at + 1 }));
    await writeFileAtomically(file, `${JSON.stringify({ machines: numbered }, null, 2)}\n`);
    index = machineIndex(numbered);
    for (const listener of listeners) listener(numbered);
  };
  return {
    get machines() {
      return index.machines;
    },
    find: (facts) => index.find(facts),
    change: async (facts, change) => await keep(changedMachine(index, facts, change)),
    take: async (machines, how) => await keep(how === 'replace' ? machines : mergedMachines(index, machines)),
    onChanged: (listener) => void listeners.add(listener),
  };
}

/** As a session takes it. */
export const listOf = (machines: readonly ListedMachine[]): MachineList => ({
  columns: [...new Set(machines.flatMap(({ values }) => Object.keys(values)))].map((name) => ({ heading: name, name })),
  machines: [...machines],
  problems: [],
  problemCount: 0,
});

async function readBook(file: string): Promise<ListedMachine[]> {
  try {
    return bookSchema.parse(JSON.parse(await readFile(file, 'utf8'))).machines;
  } catch {
    return [];
  }
}
