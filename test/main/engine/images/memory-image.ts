import { createHash } from 'node:crypto';
import { memorySource } from '../../../../main/engine/iso/byte-source.ts';
import type { ImageEntry, ImageFile, ImageFs } from '../../../../main/engine/iso/image-fs.ts';
import type { IdentifiableImage } from '../../../../main/engine/images/identify.ts';
import { certificateTable, signedData } from '../formats/signature-bytes.ts';

/** An image as a listing: paths with their contents; a number is a file of that many zero bytes. */
export interface MemoryImageOptions {
  readonly label?: string;
  readonly files: Readonly<Record<string, string | Uint8Array | number>>;
  readonly boots?: readonly ('bios' | 'uefi')[];
  readonly path?: string;
}

export function memoryImage(options: MemoryImageOptions): IdentifiableImage {
  const { label = 'TEST', files, boots = ['bios', 'uefi'], path = '/isos/test.iso' } = options;
  const fs = memoryFs(files, label);
  const source = memorySource(new Uint8Array(64 * 2048).fill(7), path);
  return {
    source,
    fs,
    sizeBytes: source.sizeBytes,
    volumeLabel: label,
    fileSystems: ['iso9660', 'rock-ridge'],
    bootCatalogue: boots.map((platform) => ({
      platform,
      isDefault: platform === 'bios',
      isBootable: true,
      media: 'none',
      loadSegment: 0,
      offsetBytes: 0,
      sectorCount: 4,
      sizeBytes: 2048,
    })),
    hybrid: false,
    descriptorDigest: createHash('sha256').update(label).digest('hex'),
  };
}

export function memoryFs(files: MemoryImageOptions['files'], volumeLabel = 'TEST'): ImageFs {
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, bytesOf(content)]));
  const find = (path: string): string | undefined =>
    contents.has(path) ? path : [...contents.keys()].find((key) => key.toLowerCase() === path.toLowerCase());
  const children = (folder: string): ImageEntry[] => {
    const prefix = folder === '' ? '' : `${folder.toLowerCase()}/`;
    const found = new Map<string, ImageEntry>();
    for (const [path, bytes] of contents) {
      if (!path.toLowerCase().startsWith(prefix)) continue;
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      const isFile = rest.length === 0;
      found.set(name, { name, type: isFile ? 'file' : 'directory', sizeBytes: isFile ? bytes.length : 0 });
    }
    return [...found.values()];
  };
  return {
    format: 'iso9660',
    volumeLabel,
    async list(folder) {
      const entries = children(folder);
      return entries.length === 0 ? undefined : entries;
    },
    async stat(path) {
      const file = find(path);
      const name = path.split('/').at(-1) ?? '';
      if (file !== undefined) return { name, type: 'file', sizeBytes: contents.get(file)?.length ?? 0 };
      return children(path).length === 0 ? undefined : { name, type: 'directory', sizeBytes: 0 };
    },
    async open(path) {
      const file = find(path);
      const bytes = file === undefined ? undefined : contents.get(file);
      return bytes === undefined ? undefined : memoryFile(path, bytes);
    },
  };
}

function memoryFile(path: string, bytes: Uint8Array): ImageFile {
  return {
    path,
    sizeBytes: bytes.length,
    extents: [{ offsetBytes: 0, lengthBytes: bytes.length }],
    async read(target, positionBytes) {
      const part = bytes.subarray(positionBytes, positionBytes + target.length);
      target.set(part);
      return part.length;
    },
  };
}

function bytesOf(content: string | Uint8Array | number): Uint8Array {
  if (typeof content === 'number') return new Uint8Array(content);
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

export interface KernelOptions {
  readonly version?: string;
  readonly machine?: 'x64' | 'ia32' | 'arm64' | undefined;
  readonly format?: 'bzimage' | 'arm64-image' | 'efi';
  /** Who issued the certificate that signed it for Secure Boot. */
  readonly signedBy?: string;
}

/** The headers of a kernel, as far as they are looked at. */
export function kernelBytes(options: KernelOptions = {}): Uint8Array {
  const { version = '6.1.0-18-amd64', machine, format = 'bzimage', signedBy } = options;
  const bytes = new Uint8Array(0x1000);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string): void => bytes.set(new TextEncoder().encode(value), at);
  if (format === 'bzimage') {
    text(0x202, 'HdrS');
    view.setUint16(0x206, 0x020f, true);
    view.setUint16(0x20e, 0x600, true);
    view.setUint16(0x236, machine === 'ia32' ? 0 : 1, true);
    text(0x800, `${version}\0`);
  }
  if (format === 'arm64-image') text(56, 'ARM\x64');
  if (machine === undefined) return bytes;
  text(0, 'MZ');
  const pe = 0x300;
  view.setUint32(0x3c, pe, true);
  text(pe, 'PE\0\0');
  view.setUint16(pe + 4, { x64: 0x8664, ia32: 0x014c, arm64: 0xaa64 }[machine], true);
  view.setUint16(pe + 24, machine === 'ia32' ? 0x10b : 0x20b, true);
  if (signedBy !== undefined) {
    const directory = pe + 24 + (machine === 'ia32' ? 96 : 112) + 32;
    view.setUint32(directory, 0xe00, true);
    view.setUint32(directory + 4, 0x200, true);
    bytes.set(certificateTable(signedData({ issuer: signedBy, subject: `Signer of ${signedBy}` })), 0xe00);
  }
  return bytes;
}

export const debianKernel = kernelBytes({ machine: 'x64', signedBy: 'Debian Secure Boot CA' });
