import type { StationError } from '../../contract/errors.ts';
import type { ImageDescription } from '../../contract/image.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import type { ProbeResult, SessionMode } from '../../contract/session.ts';

/** What a session is to be, as far as it is known: the part of a draft that can be checked. */
export interface PreflightDraft {
  readonly interfaceName: string;
  /** Undefined: `auto`. */
  readonly mode?: SessionMode | undefined;
  readonly address?: string | undefined;
  readonly pool?: string | undefined;
  readonly entryId?: string | undefined;
  readonly override?: boolean | undefined;
}

/** What was found out, or why it could not be. */
export type Finding<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: StationError };

export interface PortFinding {
  readonly protocol: 'UDP' | 'TCP';
  readonly port: number;
  readonly purpose: string;
  readonly error?: StationError | undefined;
}

/** Everything the checks go by, gathered beforehand. */
export interface PreflightFacts {
  readonly networkInterface: Finding<NetworkInterface>;
  readonly probe: Finding<ProbeResult>;
  readonly ports: readonly PortFinding[];
  /** Names of the loaders that are there and those that are not. */
  readonly loaders: Finding<{
    readonly folder: string;
    readonly present: readonly string[];
    readonly missing: readonly string[];
  }>;
  /** Undefined where no image is asked about. */
  readonly image: Finding<ImageDescription> | undefined;
  /** How the image compares with what its publisher says; undefined where nobody compared them. */
  readonly checksum?: { readonly source: string; readonly matches: boolean } | undefined;
  readonly signature?: { readonly state: string; readonly of: string } | undefined;
  /** Where boot trees are written; undefined where it cannot be told. */
  readonly freeBytes: number | undefined;
}
