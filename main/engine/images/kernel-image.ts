import type { Firmware } from '../../contract/firmware.ts';
import { parsePeImage } from '../formats/pe-image.ts';

/**
 * What a kernel file says of itself in its first bytes: Linux x86 boot protocol (Documentation/arch/x86/boot.rst), arm64 and RISC-V
 * image headers (arch/arm64/booting.rst, arch/riscv/boot-image-header.rst) and PE/COFF. Pure.
 */
export interface KernelImage {
  readonly format: 'bzimage' | 'arm64-image' | 'riscv-image' | 'efi' | 'unknown';
  /** Firmware that can start it; empty where the file does not say. */
  readonly firmware: readonly Firmware[];
  readonly architecture: string | undefined;
  /** Version text of a bzImage, such as "6.1.0-18-amd64 (…)" or "Memtest86+ v6.10". */
  readonly version: string | undefined;
}

/** Enough of a file's head for every field that is looked at. */
export const kernelHeadBytes = 64 * 1024;

const unknown: KernelImage = {
  format: 'unknown',
  firmware: [],
  architecture: undefined,
  version: undefined,
};

const machines: Readonly<Record<number, readonly [Firmware, string]>> = {
  0x014c: ['uefi-ia32', 'i386'],
  0x8664: ['uefi-x64', 'x86_64'],
  0x01c2: ['uefi-arm32', 'armhf'],
  0x01c4: ['uefi-arm32', 'armhf'],
  0xaa64: ['uefi-arm64', 'aarch64'],
  0x5064: ['uefi-riscv64', 'riscv64'],
  0x6264: ['uefi-loong64', 'loongarch64'],
};

export function readKernelImage(head: Uint8Array): KernelImage {
  if (head.length < 0x250) return unknown;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const pe = readPe(head);
  if (view.getUint32(0x202, true) === 0x53726448) return readBzImage(view, head, pe);
  const efi = pe === undefined ? [] : [pe.firmware];
  const base = { ...unknown, firmware: efi, architecture: pe?.architecture };
  if (view.getUint32(56, true) === 0x644d5241) return { ...base, format: 'arm64-image', architecture: 'aarch64' };
  if (view.getUint32(56, true) === 0x05435352) return { ...base, format: 'riscv-image', architecture: 'riscv64' };
  return pe === undefined ? unknown : { ...base, format: 'efi' };
}

function readBzImage(view: DataView, head: Uint8Array, pe: PeHeader | undefined): KernelImage {
  const protocol = view.getUint16(0x206, true);
  const versionAt = 0x200 + view.getUint16(0x20e, true);
  // Bit 0 of xloadflags: has a 64-bit entry point (protocol 2.12 and later).
  const is64Bit = protocol >= 0x020c && (view.getUint16(0x236, true) & 1) === 1;
  return {
    format: 'bzimage',
    firmware: ['bios', ...(pe === undefined ? [] : [pe.firmware])],
    architecture: pe?.architecture ?? (is64Bit ? 'x86_64' : 'i386'),
    version: versionAt > 0x200 ? zeroTerminated(head, versionAt, 128) : undefined,
  };
}

interface PeHeader {
  readonly firmware: Firmware;
  readonly architecture: string;
}

function readPe(head: Uint8Array): PeHeader | undefined {
  const pe = parsePeImage(head);
  const machine = pe === undefined ? undefined : machines[pe.machine];
  return machine === undefined ? undefined : { firmware: machine[0], architecture: machine[1] };
}

function zeroTerminated(bytes: Uint8Array, start: number, maxLength: number): string | undefined {
  const end = bytes.indexOf(0, start);
  const text = new TextDecoder('latin1').decode(
    bytes.subarray(start, Math.min(end === -1 ? bytes.length : end, start + maxLength)),
  );
  const plain = text.replace(/[^\x20-\x7e]/g, '').trim();
  return plain === '' ? undefined : plain;
}
