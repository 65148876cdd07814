/** What QEMU is told for one machine of the bench. */

/**
 * - `uefi-secure-boot`: Secure Boot is on, with Microsoft's keys
 * - `uefi-other-keys`: it is on, with a key that Debian's firmware has for tests
 * - `uefi-http`: boots from the network over HTTP only
 */
export type MachineFirmware = 'bios' | 'uefi' | 'uefi-secure-boot' | 'uefi-other-keys' | 'uefi-http' | 'uefi-arm64';

/** What a machine says of itself: the table that its maker fills. */
export interface SystemIdentity {
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serial?: string;
  readonly uuid?: string;
}

export interface MachineOptions {
  readonly firmware: MachineFirmware;
  /** Tap on a bridge of the bed. */
  readonly tap: string;
  readonly mac: string;
  readonly memoryMiB?: number;
  readonly identity?: SystemIdentity;
  /** False: its firmware does not try IPv6 between PXE and HTTP Boot, which takes minutes on a wire without. */
  readonly ipv6?: boolean;
  /** Raw image of its own disk, which it starts from where the network gives it nothing. */
  readonly disk?: string;
  /** Started in the place of the network card's own ROM: a kernel and its command line. */
  readonly start?: { readonly kernel: string; readonly commandLine: string };
}

interface FirmwareImages {
  readonly code: string;
  readonly variables: string;
}

const FIRMWARE_FOLDER = '/usr/share/OVMF';
const plainUefi = { code: `${FIRMWARE_FOLDER}/OVMF_CODE_4M.fd`, variables: `${FIRMWARE_FOLDER}/OVMF_VARS_4M.fd` };

/** Flash images of a UEFI firmware; its variables are written to, so each machine needs a copy. */
export const firmwareImages: Readonly<Record<MachineFirmware, FirmwareImages | undefined>> = {
  bios: undefined,
  uefi: plainUefi,
  'uefi-http': plainUefi,
  'uefi-arm64': { code: '/usr/share/AAVMF/AAVMF_CODE.fd', variables: '/usr/share/AAVMF/AAVMF_VARS.fd' },
  'uefi-other-keys': {
    code: `${FIRMWARE_FOLDER}/OVMF_CODE_4M.secboot.fd`,
    variables: `${FIRMWARE_FOLDER}/OVMF_VARS_4M.snakeoil.fd`,
  },
  'uefi-secure-boot': {
    code: `${FIRMWARE_FOLDER}/OVMF_CODE_4M.ms.fd`,
    variables: `${FIRMWARE_FOLDER}/OVMF_VARS_4M.ms.fd`,
  },
};

export interface MachineFiles {
  readonly serialLog: string;
  readonly controlSocket: string;
  readonly variables: string;
}

const DEFAULT_MEMORY_MIB = 1024;

export function machineArguments(options: MachineOptions, files: MachineFiles): readonly string[] {
  const { firmware, tap, mac, memoryMiB = DEFAULT_MEMORY_MIB, identity, start, disk } = options;
  const images = firmwareImages[firmware];
  // UEFI: without the card's own ROM (which is iPXE) the firmware's own PXE is what boots.
  const cardRom = images === undefined && start === undefined ? '' : ',romfile=';
  // KVM is absent on build machines, so the processor is emulated.
  const program = firmware === 'uefi-arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64 -vga std';
  return `${program} -nodefaults -display none -accel tcg -cpu max -m ${memoryMiB}
    -serial file:${files.serialLog} -qmp unix:${files.controlSocket},server=on,wait=off
    -netdev tap,id=n0,ifname=${tap},script=no,downscript=no
    -device virtio-net-pci,netdev=n0,mac=${mac},bootindex=1${cardRom}`
    .split(/\s+/)
    .concat(images === undefined ? [] : uefiArguments(options, images, files))
    .concat(start === undefined ? [] : ['-kernel', start.kernel, '-append', start.commandLine])
    .concat(diskArguments(disk))
    .concat(identityArguments(identity));
}

function uefiArguments(
  { firmware, ipv6 = true }: MachineOptions,
  images: FirmwareImages,
  files: MachineFiles,
): string[] {
  const secure = firmware === 'uefi-secure-boot' || firmware === 'uefi-other-keys';
  const board = firmware === 'uefi-arm64' ? 'virt' : 'q35';
  const off = [...(firmware === 'uefi-http' ? ['IPv4PXESupport'] : []), ...(ipv6 ? [] : ['IPv6PXESupport'])];
  return [
    '-M',
    secure ? `${board},smm=on` : board,
    ...(secure ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
    '-drive',
    `if=pflash,format=raw,unit=0,readonly=on,file=${images.code}`,
    '-drive',
    `if=pflash,format=raw,unit=1,file=${files.variables}`,
    ...off.flatMap((name) => ['-fw_cfg', `name=opt/org.tianocore/${name},string=no`]),
  ];
}

function diskArguments(disk: string | undefined): string[] {
  if (disk === undefined) return [];
  const device = ['-device', 'virtio-blk-pci,drive=d0,bootindex=2'];
  return ['-drive', `if=none,id=d0,format=raw,cache=unsafe,file=${disk.replaceAll(',', ',,')}`, ...device];
}

function identityArguments(identity: SystemIdentity | undefined): string[] {
  const { uuid, ...table } = identity ?? {};
  const fields = Object.entries(table).map(([name, value]) => `${name}=${value.replaceAll(',', ',,')}`);
  return [
    ...(fields.length === 0 ? [] : ['-smbios', ['type=1', ...fields].join(',')]),
    ...(uuid === undefined ? [] : ['-uuid', uuid]),
  ];
}
