import type { BootClient, Firmware } from '../../contract/firmware.ts';
import type { LocalDiskMethod } from '../../contract/hardware-notes.ts';
import type { Entry } from '../../contract/image.ts';

/** What is known of a machine at the moment it asks what to boot. */
export interface Machine {
  readonly mac: string;
  readonly address?: string | undefined;
  readonly uuid?: string | undefined;
  /** As its loader read it. */
  readonly serial?: string | undefined;
  readonly firmware: Firmware;
  readonly bootClient: BootClient;
  /** Feature bytes of iPXE's option 175; absent where the client sent none. */
  readonly ipxeFeatures?: ReadonlySet<number> | undefined;
  /** Tells tries of one request from a new one. */
  readonly transactionId?: number | undefined;
  /** True where a loader of this station asks for its script; else firmware asks for a boot file. */
  readonly loaderRuns?: boolean | undefined;
}

/** What one machine gets at its next boot. DHCP, TFTP and HTTP only carry it out. */
export type BootPlan =
  | {
      readonly kind: 'boot';
      /** Boot file for option 67 and the `file` field: a TFTP path, or a URL. */
      readonly bootFile: string;
      readonly entry: Entry;
    }
  /** As for a boot, but its script only shows the code and asks again: nobody has approved the machine yet. */
  | { readonly kind: 'wait'; readonly bootFile: string; readonly code: string }
  /** It is done, and its loader ends or starts the disk. */
  | LocalDiskPlan
  /** Address only: the machine starts what its own boot order says next. */
  | { readonly kind: 'nothing'; readonly reason: string };

export interface LocalDiskPlan {
  readonly kind: 'local-disk';
  readonly bootFile: string;
  readonly method: Exclude<LocalDiskMethod, 'no-boot-file'>;
  readonly reason: string;
}

export type Plan = (machine: Machine) => BootPlan;
