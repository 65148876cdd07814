import type { BenchFacts, WireFacts } from './wire-facts.ts';

/** How long each stage may be silent before something is wrong with it. Milliseconds. */
export interface Patience {
  /** Firmware asks again after 4, 8, 16 and 32 s. */
  readonly requestMs: number;
  readonly loaderFetchMs: number;
  readonly firstBlockMs: number;
  /** From a loader's last byte to its first word: firmware may train the link anew. */
  readonly loaderRunMs: number;
  readonly scriptMs: number;
  readonly nextFileMs: number;
  /** From the last boot file to the first word of the system. */
  readonly systemMs: number;
}

const usual: Patience = {
  requestMs: 10_000,
  loaderFetchMs: 12_000,
  firstBlockMs: 6_000,
  loaderRunMs: 25_000,
  scriptMs: 20_000,
  nextFileMs: 20_000,
  systemMs: 120_000,
};

/** Slower machines than the others get three times what those took, and no stage less than usual. */
const TIMES_OF_THE_OTHERS = 3;
const MOST_SYSTEM_MS = 600_000;
/** A kernel unpacks its initrd at some MiB a second even on the oldest machines. */
const UNPACK_BYTES_PER_SECOND = 8 * 1024 * 1024;

/** Learnt from the machine's own files and from how long the others of the bench took. */
export function patienceFor(facts: WireFacts, bench: BenchFacts): Patience {
  const bytes = facts.transfers
    .filter(({ kind, end }) => kind === 'initrd' && end?.outcome === 'complete')
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const others = [...bench.machines.values()].flatMap((machine) => systemTookMs(machine) ?? []).sort((a, b) => a - b);
  const median = others[Math.floor(others.length / 2)] ?? 0;
  const systemMs = Math.max(usual.systemMs + (bytes / UNPACK_BYTES_PER_SECOND) * 1000, median * TIMES_OF_THE_OTHERS);
  return { ...usual, systemMs: Math.min(systemMs, MOST_SYSTEM_MS) };
}

/** From the last boot file to the first word of the system, where it came so far. */
function systemTookMs(facts: WireFacts): number | undefined {
  const bootedAtMs = bootFilesDoneAtMs(facts);
  const spokeAtMs = systemSpokeAtMs(facts);
  return bootedAtMs === undefined || spokeAtMs === undefined ? undefined : Math.max(0, spokeAtMs - bootedAtMs);
}

/** When it had all that it was given; undefined where it has not. */
export function bootFilesDoneAtMs({ planned, transfers }: WireFacts): number | undefined {
  if (planned === undefined || planned.bootFiles.length === 0) return undefined;
  const ends = planned.bootFiles.map(
    (path) =>
      transfers.findLast((transfer) => transfer.path === path && transfer.end?.outcome === 'complete')?.end?.atMs,
  );
  return ends.every((end) => end !== undefined) ? Math.max(...ends) : undefined;
}

/** When the system of this boot was first heard: its own request for an address, or for a file of it. */
export function systemSpokeAtMs(facts: WireFacts): number | undefined {
  const bootedAtMs = bootFilesDoneAtMs(facts);
  if (bootedAtMs === undefined) return undefined;
  const fetches = facts.transfers.filter(({ kind, startedAtMs }) => isSystem(kind) && startedAtMs >= bootedAtMs);
  const times = [...fetches.map(({ startedAtMs }) => startedAtMs), facts.lastSystemRequestMs].filter(
    (atMs): atMs is number => atMs !== undefined && atMs >= bootedAtMs,
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

const isSystem = (kind: string): boolean => kind === 'system' || kind === 'image' || kind === 'other';
