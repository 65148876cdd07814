import type { ListedMachine } from '../../contract/machines.ts';
import { realSerial, realUuid, serialKey, uuidKey } from '../clients/smbios-identity.ts';

/** Finds a machine on a person's list. Pure. */

export interface MachineFacts {
  readonly macs: readonly string[];
  readonly serial?: string | undefined;
  readonly uuid?: string | undefined;
}

/** What machines are found by. */
type Marked = MachineFacts;

export interface MachineIndex<Machine extends Marked = ListedMachine> {
  readonly machines: readonly Machine[];
  /** By serial, then UUID, then MAC: an adapter may have been lent to another machine. */
  find(facts: MachineFacts): Machine | undefined;
}

export function machineIndex<Machine extends Marked>(machines: readonly Machine[]): MachineIndex<Machine> {
  const bySerial = new Map<string, Machine>();
  const byUuid = new Map<string, Machine>();
  const byMac = new Map<string, Machine[]>();
  for (const machine of machines) {
    if (machine.serial !== undefined) bySerial.set(serialKey(machine.serial), machine);
    if (machine.uuid !== undefined) byUuid.set(uuidKey(machine.uuid), machine);
    for (const mac of machine.macs) byMac.set(mac, [...(byMac.get(mac) ?? []), machine]);
  }
  return {
    machines,
    find({ macs, serial: serialText, uuid: uuidText }) {
      const serial = realSerial(serialText);
      const uuid = realUuid(uuidText);
      const known =
        (serial === undefined ? undefined : bySerial.get(serialKey(serial))) ??
        (uuid === undefined ? undefined : byUuid.get(uuidKey(uuid)));
      if (known !== undefined) return known;
      const candidates = new Set(macs.flatMap((mac) => byMac.get(mac) ?? []));
      const fitting = [...candidates].filter((machine) => !isAnother(machine, serial, uuid));
      // Of an adapter that several machines of the list share nobody knows yet whose it is.
      return fitting.length === 1 ? fitting[0] : undefined;
    },
  };
}

const isAnother = (machine: Marked, serial: string | undefined, uuid: string | undefined): boolean =>
  (machine.serial !== undefined && serial !== undefined && serialKey(machine.serial) !== serialKey(serial)) ||
  (machine.uuid !== undefined && uuid !== undefined && uuidKey(machine.uuid) !== uuidKey(uuid));
