import type { EmitEvent } from '../../contract/events.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant, Entry } from '../../contract/image.ts';
import type { LoaderProgram } from '../../contract/loader.ts';
import {
  grubBootScript,
  grubLocalDiskScript,
  grubNothingScript,
  grubStillWaitsScript,
  grubWaitScript,
} from '../boot/grub-session-script.ts';
import { ipxeBootScript, ipxeLocalDiskScript, ipxeNothingScript } from '../boot/ipxe-script.ts';
import { type Menu, type SessionMenu, variantFor } from '../boot/menu.ts';
import type { BootPlan, LocalDiskPlan } from '../boot/plan.ts';
import {
  pxelinuxBootScript,
  pxelinuxLocalDiskScript,
  pxelinuxNothingScript,
  pxelinuxWaitScript,
} from '../boot/pxelinux-session-script.ts';
import { servedPaths } from '../boot/variant-files.ts';
import { ipxeWaitScript } from '../boot/wait-script.ts';

/** What the plan says for one machine, in the words of the loader that runs on it. */

export interface ScriptsOfLoader {
  readonly boot: (menu: SessionMenu, entry: Entry, variant: BootVariant) => string;
  readonly wait: (code: string) => string;
  /** For a machine that shows its code already. */
  readonly stillWaits: (code: string) => string;
  readonly localDisk: (plan: LocalDiskPlan) => string;
  readonly nothing: (reason: string) => string;
}

/** `path`: what the loader asked for, where it has to name it to ask again. */
export function scriptsOf(program: LoaderProgram, baseUrl: string, path: string): ScriptsOfLoader {
  switch (program) {
    case 'ipxe': {
      const wait = (code: string): string => ipxeWaitScript(baseUrl, code);
      const boot = ipxeBootScript;
      return { boot, wait, stillWaits: wait, localDisk: ipxeLocalDiskScript, nothing: ipxeNothingScript };
    }
    case 'grub':
      return {
        boot: grubBootScript,
        wait: grubWaitScript,
        stillWaits: grubStillWaitsScript,
        localDisk: grubLocalDiskScript,
        nothing: grubNothingScript,
      };
    case 'pxelinux': {
      const wait = (code: string): string => pxelinuxWaitScript(code, path);
      return {
        boot: (menu, entry, variant) => pxelinuxBootScript(menu, entry, variant, path),
        wait,
        stillWaits: wait,
        localDisk: pxelinuxLocalDiskScript,
        nothing: pxelinuxNothingScript,
      };
    }
    default:
      return program satisfies never;
  }
}

export interface MachineAsks {
  readonly mac: string;
  readonly firmware: Firmware;
  /** The code that it shows, where it only asks whether it was approved meanwhile. */
  readonly waited: string | undefined;
}

export function machineScript(
  { mac, firmware, waited }: MachineAsks,
  decided: BootPlan,
  scripts: ScriptsOfLoader,
  menu: Omit<Menu, 'entries' | 'defaultEntryId'> & { readonly baseUrl: string },
  emit: EmitEvent,
): string {
  switch (decided.kind) {
    case 'nothing':
      return scripts.nothing(decided.reason);
    case 'local-disk':
      return scripts.localDisk(decided);
    case 'wait':
      if (waited === decided.code) return scripts.stillWaits(decided.code);
      emit({ type: 'client.waiting', mac, code: decided.code });
      return scripts.wait(decided.code);
    case 'boot': {
      const { entry } = decided;
      const variant = variantFor(entry, firmware);
      if (variant === undefined) return scripts.nothing(`${entry.title} does not boot on ${firmware}`);
      emit({
        type: 'client.planned',
        mac,
        entryTitle: entry.title,
        destructive: entry.destructive,
        bootFiles: servedPaths(menu.imageId, variant),
        // An answer file is fetched from the station too, but it is no part of the image.
        fetchesSystemFiles: variant.commandLine.includes('{iso}'),
      });
      // In a session the choice was made at the station: the machine shows no other entry.
      return scripts.boot({ ...menu, mac, entries: [entry], defaultEntryId: entry.id }, entry, variant);
    }
    default:
      return decided satisfies never;
  }
}
