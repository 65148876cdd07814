import type { Firmware } from '../../contract/firmware.ts';
import { memoryOfModules } from './ipxe-inventory.ts';

/** What iPXE says of its machine in the query of its script's URL (see `ipxeIdentifyScript`). */
export interface IpxeReport {
  readonly mac?: string | undefined;
  readonly firmware: Firmware;
  readonly uuid?: string | undefined;
  readonly serial?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  readonly asset?: string | undefined;
  readonly memoryMiB?: number | undefined;
  readonly processor?: string | undefined;
  readonly networkChip?: string | undefined;
  readonly platform?: string | undefined;
  readonly loaderVersion?: string | undefined;
}

const LONGEST_VALUE = 128;

/** Reads the report; everything in it comes from the network, so it is cut and cleaned, and a wrong MAC is no MAC. */
export function readIpxeReport(query: URLSearchParams): IpxeReport {
  const value = (name: string): string | undefined => {
    const text = (query.get(name) ?? '')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, LONGEST_VALUE);
    return text === '' ? undefined : text;
  };
  const mac = value('mac')?.toLowerCase();
  const uuid = value('uuid')?.toLowerCase();
  const platform = value('platform');
  const architecture = value('arch');
  return {
    mac: mac !== undefined && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) ? mac : undefined,
    firmware: ipxeFirmware(platform, architecture),
    uuid: uuid !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) ? uuid : undefined,
    serial: value('serial'),
    manufacturer: value('manufacturer'),
    product: value('product'),
    asset: value('asset'),
    memoryMiB: memoryOfModules(query.get('memory') ?? '', query.get('large') ?? ''),
    processor: value('cpumodel') ?? value('processor'),
    networkChip: value('chip'),
    platform: platform === undefined ? undefined : `${platform}-${architecture ?? ''}`,
    loaderVersion: value('version'),
  };
}

/** iPXE's `${platform}` and `${buildarch}` as a firmware. */
export function ipxeFirmware(platform: string | undefined, architecture: string | undefined): Firmware {
  // GRUB calls it `pc`.
  if (platform === 'pcbios' || platform === 'pc') return 'bios';
  if (platform !== 'efi') return 'unknown';
  switch (architecture) {
    case 'x86_64':
      return 'uefi-x64';
    case 'i386':
      return 'uefi-ia32';
    case 'arm64':
      return 'uefi-arm64';
    case 'arm32':
      return 'uefi-arm32';
    case 'riscv64':
      return 'uefi-riscv64';
    case 'loong64':
      return 'uefi-loong64';
    default:
      return 'unknown';
  }
}
