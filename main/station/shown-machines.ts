import type { ListedMachine } from '../contract/machines.ts';
import { secretName } from '../engine/answers/machine-values.ts';

const DOTS = '••••••••';

/** The list of machines as screens get it: a column that is headed as a secret stays at the station. Pure. */
export const shownMachines = (machines: readonly ListedMachine[]): ListedMachine[] =>
  machines.map((machine) => {
    const values = Object.entries(machine.values);
    if (values.every(([name]) => secretName(name) === undefined)) return machine;
    const shown = values.map(([name, value]) => [name, secretName(name) === undefined ? value : DOTS]);
    return { ...machine, values: Object.fromEntries(shown) as Record<string, string> };
  });
