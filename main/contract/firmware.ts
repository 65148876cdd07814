import { z } from 'zod';

/**
 * What asks for a boot file, as told by its DHCP options 60, 77, 93 and 175 (IANA "Processor
 * Architecture Types").
 */
export const firmwareSchema = z.enum([
  'bios',
  'uefi-x64',
  'uefi-ia32',
  'uefi-arm64',
  'uefi-arm32',
  'uefi-riscv64',
  'uefi-loong64',
  'u-boot',
  'raspberry-pi',
  'unknown',
]);
export type Firmware = z.infer<typeof firmwareSchema>;

/** How the client talks at this moment of its boot. `none` is an operating system or anything that does not boot. */
export const bootClientSchema = z.enum(['pxe', 'http-boot', 'ipxe', 'u-boot', 'raspberry-pi', 'bootp', 'none']);
export type BootClient = z.infer<typeof bootClientSchema>;
