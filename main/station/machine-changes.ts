import { StationError } from '../contract/errors.ts';
import type { ListedMachine } from '../contract/machines.ts';
import type { MachineFacts, MachineIndex } from '../engine/machines/find-machine.ts';
import { hostNamePattern, InvalidCell, readAddress } from '../engine/machines/machine-fields.ts';

/** What becomes of a list of machines when one is changed, or another list is added. Pure. */

export interface MachineChange {
  readonly name?: string | undefined;
  readonly address?: string | undefined;
}

/** Errors: E_RESERVATION. */
export function changedMachine(index: MachineIndex, facts: MachineFacts, change: MachineChange): ListedMachine[] {
  const known = index.find(facts);
  const { macs, serial, uuid } = facts;
  const before: ListedMachine = known ?? { line: 0, macs: [], values: {} };
  const after: ListedMachine = withoutEmpty({
    ...before,
    // What is known of it by now, so that it is found again by any of its adapters.
    macs: [...new Set([...before.macs, ...macs])].slice(-16),
    serial: before.serial ?? serial,
    uuid: before.uuid ?? uuid,
    ...(change.name === undefined ? {} : named(change.name)),
    ...(change.address === undefined ? {} : { address: checkedAddress(index, known, change.address) }),
  });
  const others = index.machines.filter((machine) => machine !== known);
  const saysNothing = after.name === undefined && after.address === undefined && Object.keys(after.values).length === 0;
  return saysNothing ? others : [...others, after].toSorted((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = ({ line }: ListedMachine): number => (line === 0 ? Number.POSITIVE_INFINITY : line);

function named(text: string): Pick<ListedMachine, 'name' | 'hostName'> {
  const name = text.trim();
  return { name: name === '' ? undefined : name, hostName: hostNamePattern.test(name) ? name : undefined };
}

function checkedAddress(index: MachineIndex, known: ListedMachine | undefined, text: string): string | undefined {
  const address = readOrExplain(text.trim());
  if (address === undefined) return undefined;
  const holder = index.machines.find((machine) => machine !== known && machine.address === address);
  if (holder === undefined) return address;
  const whose = holder.name ?? holder.serial ?? holder.macs[0] ?? 'another machine';
  throw new StationError('E_RESERVATION', { address, problem: `it is reserved for ${whose}` });
}

function readOrExplain(text: string): string | undefined {
  try {
    return readAddress(text);
  } catch (error) {
    if (!(error instanceof InvalidCell)) throw error;
    throw new StationError('E_RESERVATION', { address: text.slice(0, 40), problem: error.message });
  }
}

/** What a line of the new list says counts; what it leaves open stays. */
export function mergedMachines(index: MachineIndex, added: readonly ListedMachine[]): ListedMachine[] {
  const replaced = new Map<ListedMachine, ListedMachine>();
  const fresh: ListedMachine[] = [];
  for (const machine of added) {
    const known = index.find(machine);
    if (known === undefined || replaced.has(known)) fresh.push(machine);
    else {
      const macs = [...new Set([...known.macs, ...machine.macs])].slice(-16);
      replaced.set(known, { ...known, ...machine, macs, values: { ...known.values, ...machine.values } });
    }
  }
  const newer = [...replaced.values(), ...fresh];
  const addresses = new Set(newer.map(({ address }) => address));
  const kept = index.machines.map((machine) => {
    const merged = replaced.get(machine);
    if (merged !== undefined || !addresses.has(machine.address)) return merged ?? machine;
    return withoutEmpty({ ...machine, address: undefined });
  });
  return [...kept, ...fresh];
}

/** Undefined facts are left out: the list is kept as JSON, and compared. */
const withoutEmpty = (machine: { [Fact in keyof ListedMachine]: ListedMachine[Fact] | undefined }): ListedMachine =>
  Object.fromEntries(Object.entries(machine).filter(([, value]) => value !== undefined)) as ListedMachine;
