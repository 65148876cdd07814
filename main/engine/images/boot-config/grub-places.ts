import { folderOf, imagePath } from './config-path.ts';

/**
 * Where GRUB's paths lead: `(device)/path`, or a path on the device of the variable `root`. The image is every device but those that stand
 * for a file system inside it, which are called like its folder (`efi-boot-image`).
 */
export class GrubPlaces {
  readonly #mounts: ReadonlySet<string>;

  constructor(mountFolders: readonly string[]) {
    this.#mounts = new Set(mountFolders);
  }

  /** The device that a configuration file lies on; the empty string for the image itself. */
  deviceOf(file: string): string {
    const [first = ''] = file.split('/');
    return this.#mounts.has(first) ? first : '';
  }

  /** `$prefix` of a GRUB that starts with this file. */
  prefixOf(file: string): string {
    const device = this.deviceOf(file);
    const folder = folderOf(file);
    return device === '' ? `/${folder}` : `(${device})${folder.slice(device.length)}`;
  }

  /** A path of the image. `folder` is that of the file that names it, `root` the variable. */
  resolve(written: string, folder: string, root: string | undefined): string {
    const named = /^\(([^)]*)\)/.exec(written)?.[1];
    const isRelative = named === undefined && !written.startsWith('/');
    // The variable may hold the device with its parentheses, as `set root=(cd0)` leaves it.
    const device = named ?? (isRelative ? '' : (root ?? '').replace(/^\(|\)$/g, ''));
    const path = imagePath(written, folder);
    return this.#mounts.has(device) ? `${device}/${path}` : path;
  }

  /** A path as menu entries name it: left alone on the image itself, where its file is looked for in more places than one. */
  named(written: string, folder: string, root: string | undefined): string {
    const resolved = this.resolve(written, folder, root);
    return this.deviceOf(resolved) === '' ? written : `/${resolved}`;
  }
}
