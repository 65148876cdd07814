/** One choice of an image's own boot menu, as isolinux/syslinux, GRUB or systemd-boot would start it. */
export interface MenuEntry {
  /** Which of the image's loaders offers it: syslinux starts on BIOS, GRUB mostly on UEFI, systemd-boot on UEFI only; `firmware` starts a program without a menu. */
  readonly loader: 'syslinux' | 'grub' | 'systemd-boot' | 'firmware';
  /** Titles of the submenus that lead to it, outermost first, then its own. */
  readonly titles: readonly string[];
  readonly method: 'linux' | 'efi';
  /** Paths as the configuration names them: relative to `folder`, or with a leading slash. */
  readonly kernel: string;
  readonly initrds: readonly string[];
  /** Words of the command line, without `initrd=`. */
  readonly words: readonly string[];
  readonly isDefault: boolean;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** The configuration file that names it. */
  readonly file: string;
  /** Lines of it that have no equal on the network, such as a device tree or a loop device. */
  readonly untranslated?: readonly string[] | undefined;
}

/** A menu that claims more than this is an attack or a defect, and nobody scrolls that far. */
export const maxMenuEntries = 256;

/** Titles as a person reads them: no hot-key caret, no control characters, no dots of decoration, no endless text. */
export function plainTitle(title: string): string {
  return title
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('^', '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(/\s+/g, ' ')
    .slice(0, 120);
}
