import type { Firmware } from '../../contract/firmware.ts';

/**
 * The first loader for a firmware. `undionly.kpxe` and `snponly.efi` use the network driver that the firmware already
 * runs; builds with drivers of their own hang on some cards, so they are the next rung.
 */
const firstLoader: Partial<Record<Firmware, string>> = {
  bios: 'undionly.kpxe',
  'uefi-x64': 'snponly.efi',
  'uefi-arm64': 'ipxe-arm64.efi',
};

export const loaderFor = (firmware: Firmware): string | undefined => firstLoader[firmware];
