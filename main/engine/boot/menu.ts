import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant, Entry } from '../../contract/image.ts';
import type { Diagnostic } from './diagnostics.ts';

/** One description of what can be booted; iPXE, GRUB and PXELINUX scripts are all made from it. */
export interface Menu {
  readonly title: string;
  /** Folder of the image below the root of the tree: its id. */
  readonly imageId: string;
  readonly entries: readonly Entry[];
  readonly defaultEntryId: string;
  /** Offered below the entries. */
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  /** Seconds until the default entry starts; undefined: it starts at once and no menu is shown. */
  readonly timeoutSeconds?: number | undefined;
  /** "http://192.168.77.1" or with a port; undefined in a tree that must work on any server. */
  readonly baseUrl?: string | undefined;
}

/** The menu of one machine in a session: its addresses are known. */
export interface SessionMenu extends Menu {
  readonly baseUrl: string;
  readonly mac: string;
}

/** The variant of an entry for a firmware; undefined where the entry does not suit it. */
export function variantFor(entry: Entry, firmware: Firmware): BootVariant | undefined {
  return entry.variants.find((variant) => variant.firmware.includes(firmware));
}

/** The default entry first, then the others in the menu's order: what runs when a person does nothing. */
export function defaultEntry(menu: Menu): Entry | undefined {
  return menu.entries.find(({ id }) => id === menu.defaultEntryId) ?? menu.entries[0];
}

/** What every loader calls the way out of a menu. */
export const LOCAL_DISK_TITLE = 'Start from the local disk';
