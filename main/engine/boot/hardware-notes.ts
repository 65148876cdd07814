import type { Firmware } from '../../contract/firmware.ts';
import type { HardwareNotes, MachineNote, ModelNote, WorkedMethod } from '../../contract/hardware-notes.ts';

/** What is remembered of machines and models: the loader and the way to the local disk that worked on them. Pure. */

export const noHardwareNotes: HardwareNotes = {
  format: 'fieldboot-hardware-notes',
  version: 1,
  machines: [],
  models: [],
};

export const MOST_MACHINES = 4096;
export const MOST_MODELS = 1024;
const MOST_MAC_PREFIXES = 16;

export interface Model {
  readonly manufacturer: string;
  readonly product: string;
}

/** What was seen to work on a machine. */
export interface Success extends WorkedMethod {
  readonly mac: string;
  readonly firmware: Firmware;
  readonly model?: Model | undefined;
  readonly atMs: number;
}

/** The notes with a success in them; the same object where they say so already. */
export function withSuccess(notes: HardwareNotes, success: Success): HardwareNotes {
  const { mac, firmware, atMs, loader, localDisk } = success;
  const machine = notes.machines.find((one) => one.mac === mac && one.firmware === firmware);
  const model = success.model ?? modelOf(machine);
  const found: WorkedMethod = { ...(loader && { loader }), ...(localDisk && { localDisk }) };
  const modelNote = model && notes.models.find((one) => isModel(one, model) && one.firmware === firmware);
  const prefix = macPrefix(mac);
  const isKnown =
    says(machine, found) &&
    (model === undefined ||
      (modelOf(machine) !== undefined && says(modelNote, found) && modelNote?.macPrefixes.includes(prefix) === true));
  if (isKnown) return notes;
  const machines = [
    ...notes.machines.filter((one) => one !== machine),
    { ...machine, mac, firmware, ...model, ...found, atMs },
  ];
  if (model === undefined) return { ...notes, machines: newest(machines, MOST_MACHINES) };
  const macPrefixes = [...new Set([...(modelNote?.macPrefixes ?? []), prefix])].slice(-MOST_MAC_PREFIXES);
  const models = [
    ...notes.models.filter((one) => one !== modelNote),
    { ...modelNote, ...model, firmware, macPrefixes, ...found, atMs },
  ];
  return { ...notes, machines: newest(machines, MOST_MACHINES), models: newest(models, MOST_MODELS) };
}

export interface Remembered extends WorkedMethod {
  readonly by: 'machine' | 'model';
  readonly model?: Model | undefined;
}

/**
 * What is remembered for a machine. Firmware does not say its model when it asks for a loader: a machine that is not known goes by
 * the vendor half of its MAC, where all models seen with it agree.
 */
export function remembered(
  notes: HardwareNotes,
  machine: { readonly mac: string; readonly firmware: Firmware; readonly model?: Model | undefined },
  what: keyof WorkedMethod,
): Remembered | undefined {
  const { mac, firmware } = machine;
  const own = notes.machines.find((one) => one.mac === mac && one.firmware === firmware);
  if (own?.[what] !== undefined) return { [what]: own[what], by: 'machine', model: modelOf(own) };
  const model = machine.model ?? modelOf(own);
  const noted = notes.models.filter((one) => one.firmware === firmware && one[what] !== undefined);
  const like =
    model === undefined
      ? noted.filter(({ macPrefixes }) => macPrefixes.includes(macPrefix(mac)))
      : noted.filter((one) => isModel(one, model));
  const [first, ...others] = like;
  if (first === undefined || others.some((one) => one[what] !== first[what])) return undefined;
  return { [what]: first[what], by: 'model', model: { manufacturer: first.manufacturer, product: first.product } };
}

/** Both together; of two notes about the same the newer one counts. */
export function mergedNotes(own: HardwareNotes, other: HardwareNotes): HardwareNotes {
  return {
    ...own,
    machines: newest(
      latest([...own.machines, ...other.machines], ({ mac, firmware }) => `${mac}/${firmware}`),
      MOST_MACHINES,
    ),
    models: newest(
      latest([...own.models, ...other.models], ({ manufacturer, product, firmware }) =>
        JSON.stringify([manufacturer, product, firmware]),
      ),
      MOST_MODELS,
    ),
  };
}

function latest<Note extends { readonly atMs: number }>(notes: readonly Note[], keyOf: (note: Note) => string): Note[] {
  const byKey = new Map<string, Note>();
  for (const note of notes) {
    const known = byKey.get(keyOf(note));
    if (known === undefined || note.atMs > known.atMs) byKey.set(keyOf(note), note);
  }
  return [...byKey.values()];
}

const newest = <Note extends { readonly atMs: number }>(notes: Note[], most: number): Note[] =>
  notes.length <= most ? notes : notes.toSorted((a, b) => a.atMs - b.atMs).slice(-most);

const says = (note: WorkedMethod | undefined, { loader, localDisk }: WorkedMethod): boolean =>
  note !== undefined &&
  (loader === undefined || note.loader === loader) &&
  (localDisk === undefined || note.localDisk === localDisk);

const modelOf = (note: MachineNote | undefined): Model | undefined =>
  note?.manufacturer === undefined || note.product === undefined
    ? undefined
    : { manufacturer: note.manufacturer, product: note.product };

const isModel = (note: ModelNote, { manufacturer, product }: Model): boolean =>
  note.manufacturer === manufacturer && note.product === product;

/** The first half: its vendor's number. */
const macPrefix = (mac: string): string => mac.slice(0, 8);
