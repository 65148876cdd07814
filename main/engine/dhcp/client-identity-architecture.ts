import type { Firmware } from '../../contract/firmware.ts';

/** What a code of option 93 stands for. */
export interface Architecture {
  readonly firmware: Firmware;
  /** The firmware wants its boot file by HTTP. */
  readonly http: boolean;
}

const pxe = (firmware: Firmware): Architecture => ({ firmware, http: false });
const http = (firmware: Firmware): Architecture => ({ firmware, http: true });

/**
 * IANA "Processor Architecture Types" (RFC 5970), those that something can be sent to. RFC 4578 had 7 and 9 exchanged
 * (erratum 4624), and firmware was built by both readings: both are x64, with and without HTTP.
 */
const architectures: ReadonlyMap<number, Architecture> = new Map([
  [0, pxe('bios')],
  [6, pxe('uefi-ia32')],
  [7, pxe('uefi-x64')],
  [9, pxe('uefi-x64')],
  [10, pxe('uefi-arm32')],
  [11, pxe('uefi-arm64')],
  [15, http('uefi-ia32')],
  [16, http('uefi-x64')],
  [17, http('uefi-x64')],
  [18, http('uefi-arm32')],
  [19, http('uefi-arm64')],
  [20, http('bios')],
  [21, pxe('u-boot')],
  [22, pxe('u-boot')],
  [23, http('u-boot')],
  [24, http('u-boot')],
  [26, http('unknown')],
  [27, pxe('uefi-riscv64')],
  [28, http('uefi-riscv64')],
  [30, http('unknown')],
  [38, http('unknown')],
  [39, pxe('uefi-loong64')],
  [40, http('uefi-loong64')],
  [41, pxe('raspberry-pi')],
]);

/** Undefined for a code that nothing is known to boot on: Itanium, Alpha, s390, unassigned. */
export const architectureOf = (code: number): Architecture | undefined => architectures.get(code);
