import type { Firmware } from '../../contract/firmware.ts';

/** What a code of option 93 stands for. */
export interface Architecture {
  /** What it is called by those who know it, for a machine that nothing can be sent to. */
  readonly name: string;
  /** `unknown`: nothing is known to boot on it over a network. */
  readonly firmware: Firmware;
  /** The firmware wants its boot file by HTTP. */
  readonly http: boolean;
}

const pxe = (name: string, firmware: Firmware = 'unknown'): Architecture => ({ name, firmware, http: false });
const http = (name: string, firmware: Firmware = 'unknown'): Architecture => ({ name, firmware, http: true });

/**
 * IANA "Processor Architecture Types" (RFC 5970), each code's place its number. RFC 4578 had 7 and 9 exchanged (erratum 4624), and
 * firmware was built by both readings: both are x64, with and without HTTP.
 */
const architectures: readonly Architecture[] = [
  pxe('x86 BIOS', 'bios'),
  pxe('NEC PC-98'),
  pxe('Itanium'),
  pxe('DEC Alpha'),
  pxe('Arc x86'),
  pxe('Intel Lean Client'),
  pxe('x86 UEFI', 'uefi-ia32'),
  pxe('x64 UEFI', 'uefi-x64'),
  pxe('EFI on XScale'),
  pxe('EFI byte code', 'uefi-x64'),
  pxe('32-bit Arm UEFI', 'uefi-arm32'),
  pxe('64-bit Arm UEFI', 'uefi-arm64'),
  pxe('PowerPC Open Firmware'),
  pxe('PowerPC ePAPR'),
  pxe('POWER OPAL v3'),
  http('x86 UEFI', 'uefi-ia32'),
  http('x64 UEFI', 'uefi-x64'),
  http('EFI byte code', 'uefi-x64'),
  http('32-bit Arm UEFI', 'uefi-arm32'),
  http('64-bit Arm UEFI', 'uefi-arm64'),
  http('x86 BIOS', 'bios'),
  pxe('U-Boot on 32-bit Arm', 'u-boot'),
  pxe('U-Boot on 64-bit Arm', 'u-boot'),
  http('U-Boot on 32-bit Arm', 'u-boot'),
  http('U-Boot on 64-bit Arm', 'u-boot'),
  pxe('32-bit RISC-V UEFI'),
  http('32-bit RISC-V UEFI'),
  pxe('64-bit RISC-V UEFI', 'uefi-riscv64'),
  http('64-bit RISC-V UEFI', 'uefi-riscv64'),
  pxe('128-bit RISC-V UEFI'),
  http('128-bit RISC-V UEFI'),
  pxe('IBM Z, basic'),
  pxe('IBM Z, extended'),
  pxe('32-bit MIPS UEFI'),
  pxe('64-bit MIPS UEFI'),
  pxe('32-bit Sunway UEFI'),
  pxe('64-bit Sunway UEFI'),
  pxe('32-bit LoongArch UEFI'),
  http('32-bit LoongArch UEFI'),
  pxe('64-bit LoongArch UEFI', 'uefi-loong64'),
  http('64-bit LoongArch UEFI', 'uefi-loong64'),
  pxe('Raspberry Pi', 'raspberry-pi'),
];

/** Undefined for a code that nobody registered. */
export const architectureOf = (code: number): Architecture | undefined => architectures[code];
