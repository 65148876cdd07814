import { readFile } from 'node:fs/promises';
import { neighboursInTable } from './arp-table.ts';

/** A table as old as this is believed: a machine does not change its address in less. */
const FRESH_MS = 1_000;
/** Whoever is not in it may have been entered a moment ago; a flood of strangers must not make it be read for each. */
const STALE_FOR_STRANGERS_MS = 50;

/** Hardware addresses by IPv4 address, as this computer's kernel knows them on one interface (Linux; elsewhere it knows none). */
export interface Neighbours {
  /** Undefined where it knows none. */
  readonly macOf: (address: string) => Promise<string | undefined>;
}

/** `now`: milliseconds, only differences matter. */
export function watchNeighbours(
  interfaceName: string,
  now: () => number,
  readTable: () => Promise<string> = () => readFile('/proc/net/arp', 'utf8').catch(() => ''),
): Neighbours {
  let known: ReadonlyMap<string, string> = new Map();
  let readAtMs = -Infinity;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    known = neighboursInTable(await readTable(), interfaceName);
    readAtMs = now();
    reading = undefined;
  };
  return {
    macOf: async (address) => {
      const ageMs = now() - readAtMs;
      if (ageMs >= (known.has(address) ? FRESH_MS : STALE_FOR_STRANGERS_MS)) await (reading ??= read());
      return known.get(address);
    },
  };
}
