import { latin1, startsWith, uint16le, uint32le } from '../iso/byte-fields.ts';

/** What the head of a PE/COFF file says: EFI applications, kernels with an EFI stub, unified kernels. Pure. */

export interface PeSection {
  /** `.cmdline`; names longer than eight characters are cut off. */
  readonly name: string;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

export interface PeImage {
  /** Machine number, such as 0x8664. */
  readonly machine: number;
  readonly sections: readonly PeSection[];
  /** Where the signatures for Secure Boot lie; undefined where the file is not signed. */
  readonly certificates: { readonly offsetBytes: number; readonly lengthBytes: number } | undefined;
}

const COFF_HEADER_BYTES = 24;
const SECTION_BYTES = 40;
const maxSections = 96;

/** Undefined where the bytes start no such file. What lies behind the end of `head` is left out. */
export function parsePeImage(head: Uint8Array): PeImage | undefined {
  if (!startsWith(head, 0, 'MZ')) return undefined;
  const at = uint32le(head, 0x3c);
  if (at + COFF_HEADER_BYTES > head.length || !startsWith(head, at, 'PE\0\0')) return undefined;
  const optional = at + COFF_HEADER_BYTES;
  const optionalBytes = uint16le(head, at + 20);
  return {
    machine: uint16le(head, at + 4),
    sections: parseSections(head, optional + optionalBytes, uint16le(head, at + 6)),
    certificates: parseCertificatePlace(head, optional),
  };
}

/** Entry 4 of the data directories, which start at 96 in a PE32 and at 112 in a PE32+ optional header (magic 0x20b). */
function parseCertificatePlace(head: Uint8Array, optional: number): PeImage['certificates'] {
  const at = optional + (uint16le(head, optional) === 0x20b ? 112 : 96) + 4 * 8;
  const [offsetBytes, lengthBytes] = [uint32le(head, at), uint32le(head, at + 4)];
  return offsetBytes === 0 || lengthBytes === 0 ? undefined : { offsetBytes, lengthBytes };
}

function parseSections(head: Uint8Array, start: number, count: number): PeSection[] {
  const sections: PeSection[] = [];
  for (let index = 0; index < Math.min(count, maxSections); index += 1) {
    const at = start + index * SECTION_BYTES;
    if (at + SECTION_BYTES > head.length) break;
    // The virtual size is that of the contents, the raw size is rounded up.
    const sizeBytes = Math.min(uint32le(head, at + 8), uint32le(head, at + 16));
    sections.push({ name: latin1(head, at, 8).replace(/\0+$/, ''), offsetBytes: uint32le(head, at + 20), sizeBytes });
  }
  return sections;
}
