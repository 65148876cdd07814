import type { ListedMachine } from '../../contract/machines.ts';
import type { UsedVariable, VariableValues } from '../../contract/answer.ts';
import type { VariableType } from './variable-type.ts';

/** What the station knows of the machine that an answer is made for. */
export interface MachineFacts {
  readonly mac: string;
  readonly address?: string | undefined;
  readonly hostName?: string | undefined;
  readonly serial?: string | undefined;
  readonly uuid?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  /** From 1: its place in the list of machines, behind it the order in which machines appeared. */
  readonly index: number;
}

export interface StationFacts {
  /** `http://192.168.77.1`, without a slash at its end. */
  readonly baseUrl: string;
  readonly address: string;
  readonly imageId: string;
}

export interface VariableValue {
  readonly text: string;
  readonly type: VariableType;
  readonly source: UsedVariable['source'];
}

/** By `variableKey` of its name. */
export type Values = ReadonlyMap<string, VariableValue>;

const SECRET = 'secret.';

/** A spreadsheet's heading is written as its author likes: "Asset-Tag", `asset_tag`. */
export const variableKey = (name: string): string => name.toLowerCase().replaceAll('-', '_');

/** The name of a secret without `secret.`; undefined where a variable is none. A column may be headed "Secret disk" too. */
export const secretName = (name: string): string | undefined => /^secret[._-](.+)$/i.exec(name)?.[1];

/** What there is to know of every machine, whether it said so or not: names that are never asked for. */
const machineTypes = {
  hostname: 'hostname',
  mac: 'mac',
  'mac-dashes': 'mac',
  'mac-plain': 'mac',
  address: 'ipv4',
  serial: 'serial',
  uuid: 'uuid',
  manufacturer: 'text',
  product: 'text',
  index: 'integer',
  station: 'url',
  'station-address': 'ipv4',
  image: 'url',
} as const satisfies Record<string, VariableType>;

const machineKeys: ReadonlySet<string> = new Set(Object.keys(machineTypes).map(variableKey));

export const isMachineVariable = (name: string): boolean => machineKeys.has(variableKey(name));

export interface ValueSources {
  readonly machine: MachineFacts;
  readonly station: StationFacts;
  readonly listed?: ListedMachine | undefined;
  readonly given?: VariableValues | undefined;
  readonly secrets?: VariableValues | undefined;
}

/** Everything that can be filled in for one machine. What the list says of a machine wins over what is said for all of them. */
export function valuesOf({ machine, station, listed, given = {}, secrets = {} }: ValueSources): Values {
  const values = new Map<string, VariableValue>();
  const put = (name: string, text: string | undefined, source: VariableValue['source'], type: VariableType): void => {
    if (text !== undefined && text !== '') values.set(variableKey(name), { text, type, source });
  };
  for (const [name, text] of Object.entries(given)) put(name, text, 'given', 'text');
  for (const [name, text] of Object.entries(secrets)) put(SECRET + name, text, 'secret', 'text');
  for (const [name, text] of Object.entries(listed?.values ?? {})) {
    const secret = secretName(name);
    if (secret === undefined) put(name, text, 'list', 'text');
    else put(SECRET + secret, text, 'secret', 'text');
  }
  const mac = machine.mac.toLowerCase();
  const known: Record<keyof typeof machineTypes, string | undefined> = {
    // Every machine needs a name of its own; without a list this one is.
    hostname: listed?.hostName ?? machine.hostName ?? `pc-${mac.replaceAll(':', '').slice(-6)}`,
    mac,
    'mac-dashes': mac.replaceAll(':', '-'),
    'mac-plain': mac.replaceAll(':', ''),
    address: machine.address,
    serial: listed?.serial ?? machine.serial,
    uuid: listed?.uuid ?? machine.uuid,
    manufacturer: machine.manufacturer,
    product: machine.product,
    index: `${machine.index}`,
    station: station.baseUrl,
    'station-address': station.address,
    image: `${station.baseUrl}/${station.imageId}`,
  };
  for (const name of Object.keys(machineTypes) as (keyof typeof machineTypes)[]) {
    put(name, known[name], 'machine', machineTypes[name]);
  }
  return values;
}

/** A machine that is none, to try an answer on. The address is of TEST-NET-1 (RFC 5737), the MAC of the documentation range (RFC 7042). */
export const exampleMachine: MachineFacts = {
  mac: '00:00:5e:00:53:01',
  address: '192.0.2.101',
  hostName: 'pc-01',
  serial: 'EXAMPLE-1',
  uuid: '00000000-0000-4000-8000-00005e005301',
  manufacturer: 'Example',
  product: 'Machine',
  index: 1,
};
