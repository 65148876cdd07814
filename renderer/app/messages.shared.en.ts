import type { Firmware } from '../../main/contract/firmware.ts';

const firmwareNames: Record<Firmware, string> = {
  bios: 'BIOS',
  'uefi-x64': 'UEFI x64',
  'uefi-ia32': 'UEFI 32-bit',
  'uefi-arm64': 'UEFI arm64',
  'uefi-arm32': 'UEFI arm 32-bit',
  'uefi-riscv64': 'UEFI RISC-V',
  'uefi-loong64': 'UEFI LoongArch',
  'u-boot': 'U-Boot',
  'raspberry-pi': 'Raspberry Pi',
  unknown: 'unknown firmware',
};

/** Words for the contract's own values, the same on every screen. */
export const sharedMessages = { firmware: firmwareNames } as const;
