import type { FileKind, TransferProtocol } from '../../contract/events.ts';
import type { Finding } from '../../contract/finding.ts';
import type { RungFailure } from '../../contract/loader.ts';

/** What was seen of one machine, as far as a diagnosis needs it: a fold of events, begun anew at each power-on. */
export interface WireFacts {
  readonly mac: string;
  /** Power-ons that were seen; 0 for a machine whose system only asks for addresses. */
  boots: number;
  bootStartedAtMs: number;
  lastHeardMs: number;
  discovers: number;
  offers: number;
  firstOfferAtMs: number | undefined;
  /** It took the address of this server, which is not the station. */
  otherServer: { readonly address: string; readonly atMs: number } | undefined;
  acknowledgedAtMs: number | undefined;
  /** What it was told to fetch. */
  bootFile: string | undefined;
  declined: { readonly address: string; readonly atMs: number } | undefined;
  /** Requests of an operating system. */
  systemRequests: number;
  lastSystemRequestMs: number | undefined;
  /** A loader that asks for an address runs. */
  loaderRanAtMs: number | undefined;
  identifiedAtMs: number | undefined;
  readonly transfers: TransferFacts[];
  readonly missing: { readonly path: string; readonly protocol: TransferProtocol; readonly atMs: number }[];
  planned: PlannedFacts | undefined;
  /** The loader that was left for another one in this boot or at its beginning, and why. */
  leftLoader: { readonly file: string; readonly failure: RungFailure; readonly atMs: number } | undefined;
  /** All loaders that were tried, where there is none left. */
  triedLoaders: readonly string[] | undefined;
  waitingCode: string | undefined;
  /** Why it will not get far, told before it tries. */
  misfits: readonly Finding[];
  /** How often it was given something to boot in this session. */
  timesPlanned: number;
  /** How often in a row it fetched a loader and never asked what to boot. */
  loaderRuns: number;
}

export interface TransferFacts {
  readonly id: string;
  readonly kind: FileKind;
  readonly path: string;
  readonly protocol: TransferProtocol;
  readonly sizeBytes: number;
  readonly startedAtMs: number;
  sentBytes: number;
  /** When `sentBytes` grew last. */
  movedAtMs: number;
  bytesPerSecond: number;
  retransmits: number;
  end:
    | {
        readonly outcome: 'complete' | 'probe' | 'aborted' | 'failed';
        readonly atMs: number;
        readonly reason?: string | undefined;
      }
    | undefined;
}

export interface PlannedFacts {
  readonly atMs: number;
  readonly entryTitle: string;
  readonly bootFiles: readonly string[];
  readonly fetchesSystemFiles: boolean;
  readonly destructive: boolean;
}

/** What was seen of the bench as a whole. */
export interface BenchFacts {
  interfaceName: string;
  startedAtMs: number | undefined;
  stationAddress: string | undefined;
  mode: 'dhcp' | 'proxy' | undefined;
  imageName: string;
  heardFirmware: boolean;
  poolExhausted: { readonly poolSize: number; readonly atMs: number } | undefined;
  readonly machines: Map<string, WireFacts>;
  readonly macByAddress: Map<string, string>;
  readonly macByTransfer: Map<string, string>;
}

export const emptyBench = (): BenchFacts => ({
  interfaceName: '',
  startedAtMs: undefined,
  stationAddress: undefined,
  mode: undefined,
  imageName: '',
  heardFirmware: false,
  poolExhausted: undefined,
  machines: new Map(),
  macByAddress: new Map(),
  macByTransfer: new Map(),
});

export function newFacts(mac: string, atMs: number, before?: WireFacts): WireFacts {
  return {
    mac,
    boots: before?.boots ?? 0,
    bootStartedAtMs: atMs,
    lastHeardMs: atMs,
    discovers: 0,
    offers: 0,
    firstOfferAtMs: undefined,
    otherServer: undefined,
    acknowledgedAtMs: undefined,
    bootFile: undefined,
    declined: undefined,
    systemRequests: 0,
    lastSystemRequestMs: undefined,
    loaderRanAtMs: undefined,
    identifiedAtMs: undefined,
    transfers: [],
    missing: [],
    planned: undefined,
    leftLoader: undefined,
    triedLoaders: before?.triedLoaders,
    waitingCode: undefined,
    misfits: before?.misfits ?? [],
    timesPlanned: before?.timesPlanned ?? 0,
    loaderRuns: before?.loaderRuns ?? 0,
  };
}
