import type { Firmware } from '../../contract/firmware.ts';
import { type Random, seededRandom } from './random.ts';

/** The machines of a rehearsal, made up from a seed. Pure. */

export const rehearsedFirmware = ['bios', 'uefi-x64', 'uefi-arm64'] as const satisfies readonly Firmware[];
export type RehearsedFirmware = (typeof rehearsedFirmware)[number];

export type Behaviour =
  | 'good'
  /** Its network is slow. */
  | 'slow'
  /** Loses datagrams on their way in. */
  | 'loses-packets'
  /** Fetches its loader and is never heard of again. */
  | 'hangs-in-loader'
  /** Secure Boot: starts no loader that is not signed, and tries HTTP Boot after a refusal. */
  | 'secure-boot'
  /** Its power fails half-way through the initrd. */
  | 'loses-power'
  /** As that, but it is switched on once more. */
  | 'restarts';

export interface MachineProfile {
  /** Counted from 1. */
  readonly number: number;
  readonly seed: number;
  readonly mac: string;
  readonly uuid: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly product: string;
  readonly memoryMiB: number;
  readonly processor: string;
  readonly networkChip: string;
  readonly hostName: string;
  readonly firmware: RehearsedFirmware;
  readonly behaviour: Behaviour;
  /** How long after the first one somebody reaches its power button. */
  readonly switchedOnAfterMs: number;
  /** What its network carries at the pace of a demonstration. */
  readonly bytesPerSecond: number;
  /** Share of the datagrams to it that are lost. */
  readonly lossRate: number;
}

export interface BenchOptions {
  readonly clients: number;
  readonly seed: number;
  /** What the image boots on; the machines are of these kinds. */
  readonly firmware: readonly Firmware[];
}

export function benchOf({ clients, seed, firmware }: BenchOptions): MachineProfile[] {
  const random = seededRandom(seed);
  const usable = rehearsedFirmware.filter((one) => firmware.includes(one));
  // A person walks along the bench; many machines are switched on by many people, or by a power strip.
  const perMachineMs = Math.min(1_100, 60_000 / clients);
  // All together have the gigabit that a real bench shares.
  const wireShare = 125e6 / clients;
  return Array.from({ length: clients }, (_, index) => {
    const behaviour = behaviourOf(index, usable);
    const make = makes[index % makes.length] ?? makes[0];
    return {
      number: index + 1,
      seed: random.whole(0, 0xffffffff),
      mac: macOf(make.prefix, index, random),
      uuid: uuidOf(random),
      serial: serialOf(random),
      manufacturer: make.manufacturer,
      product: random.pick(make.products),
      memoryMiB: memorySizesMiB[index % memorySizesMiB.length] ?? 8192,
      processor: processors[index % processors.length] ?? '',
      networkChip: 'i219lm-18',
      hostName: `bench-${String(index + 1).padStart(2, '0')}`,
      firmware: behaviour === 'secure-boot' ? 'uefi-x64' : firmwareOf(index, usable),
      behaviour,
      switchedOnAfterMs: Math.round(index * perMachineMs + random.next() * 800),
      bytesPerSecond: Math.min(behaviour === 'slow' ? 1.7e6 : 4e6, wireShare) * (0.9 + 0.4 * random.next()),
      lossRate: behaviour === 'loses-packets' ? 0.05 : 0,
    };
  });
}

/** Of two dozen, eight have something to show; the first ones of any bench are as they should be. */
const cycle: Readonly<Record<number, Behaviour>> = {
  3: 'slow',
  5: 'secure-boot',
  8: 'loses-packets',
  10: 'hangs-in-loader',
  13: 'restarts',
  16: 'loses-power',
  19: 'slow',
  22: 'loses-packets',
};
const CYCLE_LENGTH = 24;

function behaviourOf(index: number, usable: readonly RehearsedFirmware[]): Behaviour {
  const behaviour = cycle[index % CYCLE_LENGTH] ?? 'good';
  return behaviour === 'secure-boot' && !usable.includes('uefi-x64') ? 'good' : behaviour;
}

/** UEFI PCs are the most, arm64 machines the fewest. */
const mixture = ['uefi-x64', 'bios', 'uefi-x64', 'uefi-arm64', 'bios', 'uefi-x64', 'bios'] as const;

function firmwareOf(index: number, usable: readonly RehearsedFirmware[]): RehearsedFirmware {
  const wanted = mixture[index % mixture.length] ?? 'uefi-x64';
  return usable.includes(wanted) ? wanted : (usable[index % usable.length] ?? wanted);
}

const memorySizesMiB = [8192, 16384, 8192, 4096] as const;
const processors = [
  'Intel(R) Core(TM) i5-10500T CPU @ 2.30GHz',
  'AMD Ryzen 5 PRO 5650GE',
  '12th Gen Intel(R) Core(TM) i5-1245U',
];

/** Real prefixes, so that the monitor knows the makers; the packets never leave this computer. */
const makes: readonly [Make, ...Make[]] = [
  { manufacturer: 'Dell Inc.', prefix: 'f8:b1:56', products: ['OptiPlex 7090', 'Latitude 5430', 'Precision 3660'] },
  { manufacturer: 'HP', prefix: '64:4e:d7', products: ['EliteDesk 800 G6', 'ProBook 450 G9', 'Z2 Tower G9'] },
  { manufacturer: 'LENOVO', prefix: '48:c3:5a', products: ['ThinkCentre M70q', 'ThinkPad T14 Gen 3'] },
  { manufacturer: 'ASUSTeK COMPUTER INC.', prefix: '1c:b7:2c', products: ['ExpertCenter D500', 'PN64'] },
];
interface Make {
  readonly manufacturer: string;
  readonly prefix: string;
  readonly products: readonly [string, ...string[]];
}

/** Without vowels, as makers print them. */
const SERIAL_CHARACTERS = '0123456789BCDFGHJKLMNPQRSTVWXYZ';

const serialOf = (random: Random): string =>
  Array.from({ length: 7 }, () => SERIAL_CHARACTERS.charAt(random.whole(0, SERIAL_CHARACTERS.length - 1))).join('');

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** No two of a bench are the same: the last two bytes count. */
const macOf = (prefix: string, index: number, random: Random): string =>
  [prefix, hex(random.whole(0, 255), 2), hex((index >> 8) & 0xff, 2), hex(index & 0xff, 2)].join(':');

/** Random, version 4 (RFC 9562). */
function uuidOf(random: Random): string {
  const digits = (count: number): string => Array.from({ length: count }, () => hex(random.whole(0, 15), 1)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${hex(random.whole(8, 11), 1)}${digits(3)}-${digits(12)}`;
}
