import { gzipSync } from 'node:zlib';
import { kernelBytes, type MemoryImageOptions } from '../memory-image.ts';

/** An image as it is in the field (its layout, with tiny files), and what has to be said of it. */
export interface CatalogueCase {
  readonly title: string;
  readonly image: MemoryImageOptions;
  readonly recipe: string;
  readonly mechanism: string;
  readonly name: string;
  readonly version?: string;
  readonly architecture?: string;
  /** Title of each entry; those that may change disks end in "!". */
  readonly entries: readonly string[];
  /** Of the default entry, on the first firmware that it is for. */
  readonly commandLine?: string;
  readonly method?: string;
  /** Files that the default entry puts into the initial RAM disk. */
  readonly injected?: readonly { readonly from: string; readonly to: string }[];
  /** A part of the reason why it cannot be booted over a network. */
  readonly cannot?: string;
  /** A part of a warning. */
  readonly warns?: string;
}

export const linux = kernelBytes({ machine: 'x64', version: '6.8.0' });
export const linux32 = kernelBytes({ version: '5.10.0' });
export const linuxArm = kernelBytes({ machine: 'arm64', format: 'arm64-image' });
export const efiLoader = kernelBytes({ machine: 'x64', format: 'efi' });
export const initrd = 4096;

/** `title | kernel | initrds | command line` as a GRUB menu. */
export const grub = (...lines: readonly string[]): string =>
  lines
    .map((line) => {
      const [title = '', kernel = '', initrds = '', words = ''] = line.split('|').map((part) => part.trim());
      return `menuentry "${title}" {\n\tlinux ${kernel} ${words}\n${initrds === '' ? '' : `\tinitrd ${initrds}\n`}}\n`;
    })
    .join('');

/** The same as a menu of isolinux; the first is the default. */
export const isolinux = (...lines: readonly string[]): string =>
  lines
    .map((line, index) => {
      const [title = '', kernel = '', initrds = '', words = ''] = line.split('|').map((part) => part.trim());
      const initrdWord = initrds === '' ? '' : `initrd=${initrds.replaceAll(' ', ',')} `;
      return `label entry${index}\n menu label ${title}\n kernel ${kernel}\n append ${initrdWord}${words}\n`;
    })
    .join('');

/** A packed initial RAM disk with one empty file. */
export function cpioOf(name: string): Uint8Array {
  const record = (path: string): Buffer => {
    const fields = [1, 0o100644, 0, 0, 1, 0, 0, 0, 0, 0, 0, path.length + 1, 0];
    const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${path}\0`);
    return Buffer.concat([head, Buffer.alloc((4 - (head.length % 4)) % 4)]);
  };
  return gzipSync(Buffer.concat([record(name), record('TRAILER!!!')]));
}
