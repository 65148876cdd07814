import type { BootClient } from '../../contract/firmware.ts';
import type { BootPlan } from '../boot/plan.ts';
import type { ClientIdentity } from './client-identity.ts';
import { fitsFileField } from './packet.ts';

/** The boot part of a reply: what each kind of client is told. Pure. */

export interface BootData {
  /** Header `siaddr`. */
  readonly nextServer: string;
  /** Header `sname`: empty or the server's address, as iPXE takes header values first. */
  readonly serverName: string;
  /** Header `file`: shim and GRUB read only this one. Empty where it does not fit. */
  readonly file: string;
  readonly vendorClass?: string | undefined;
  readonly vendorSpecific?: Uint8Array | undefined;
  readonly tftpServerName?: string | undefined;
  readonly bootFileName?: string | undefined;
  readonly etherboot?: Uint8Array | undefined;
  /** The reply has to wait: some clients are not listening yet. */
  readonly delayMs?: number | undefined;
}

/** iPXE's "no ProxyDHCP will follow": saves it a wait of 3 seconds. */
const IPXE_NO_PROXY_DHCP = Uint8Array.of(0xb0, 1, 1);

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const subOption = (code: number, ...value: number[]): number[] => [code, value.length, ...value];
/** Discovery control, prompt, and a menu with the text that the ROM looks for, its three spaces included. */
const MENU_TEXT = 'Raspberry Pi Boot   ';
const RASPBERRY_PI_MENU = Uint8Array.of(
  ...subOption(6, 3),
  ...subOption(10, 0, ...ascii('PXE')),
  ...subOption(9, 0, 0, MENU_TEXT.length, ...ascii(MENU_TEXT)),
  255,
);
/** The Pi 3's mask ROM always uses this transaction id, and misses a reply that comes at once. */
const RASPBERRY_PI_3_TRANSACTION = 0x26f30339;
const RASPBERRY_PI_3_DELAY_MS = 1000;

/** A length byte counts 255, one of them the NUL. */
const LONGEST_BOOT_FILE_BYTES = 254;

const isUrl = (bootFile: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(bootFile);

/** A boot file that cannot be sent to this client, and why. */
export class UnsendableBootFile extends Error {}

/** Undefined: an address only. Throws UnsendableBootFile. */
export function bootData(
  client: Pick<ClientIdentity, 'bootClient'>,
  transactionId: number,
  plan: BootPlan,
  stationAddress: string,
): BootData | undefined {
  if (plan.kind === 'nothing' || client.bootClient === 'none') return undefined;
  return dataFor[client.bootClient](plan.bootFile, stationAddress, transactionId);
}

type DataFor = (bootFile: string, stationAddress: string, transactionId: number) => BootData;

const dataFor: Readonly<Record<Exclude<BootClient, 'none'>, DataFor>> = {
  // Neither 60 nor 43: either could send the firmware to port 4011.
  pxe: (bootFile, station) => ({
    ...server(station),
    ...named(bootFile),
    tftpServerName: tftpServer(bootFile, station),
  }),

  // Firmware ignores an offer without its own word in it.
  'http-boot': (bootFile, station) => ({ ...server(station), ...named(bootFile), vendorClass: 'HTTPClient' }),

  // A bare name would be looked for at the next server of whichever settings won.
  ipxe: (bootFile, station) => ({
    ...server(station),
    ...named(isUrl(bootFile) ? bootFile : `tftp://${station}/${bootFile.replace(/^\/+/, '')}`),
    tftpServerName: tftpServer(bootFile, station),
    etherboot: IPXE_NO_PROXY_DHCP,
  }),

  'u-boot': (bootFile, station) => ({ ...server(station), ...named(bootFile) }),

  // It asks for the files of its own boot order at this server.
  'raspberry-pi': (_, station, transactionId) => ({
    ...server(station),
    file: '',
    vendorClass: 'PXEClient',
    vendorSpecific: RASPBERRY_PI_MENU,
    tftpServerName: station,
    delayMs: transactionId === RASPBERRY_PI_3_TRANSACTION ? RASPBERRY_PI_3_DELAY_MS : undefined,
  }),

  bootp: (bootFile, station) => {
    if (!fitsFileField(bootFile)) throw new UnsendableBootFile('its name is too long for a BOOTP client');
    return { ...server(station), file: bootFile };
  },
};

const server = (station: string): Pick<BootData, 'nextServer' | 'serverName'> => ({
  nextServer: station,
  serverName: station,
});

const tftpServer = (bootFile: string, station: string): string | undefined => (isUrl(bootFile) ? undefined : station);

/** Header and option alike; a name too long for the header goes into the option only. */
function named(bootFile: string): { file: string; bootFileName: string } {
  const length = new TextEncoder().encode(bootFile).length;
  if (length === 0 || length > LONGEST_BOOT_FILE_BYTES || bootFile.includes('\0')) {
    throw new UnsendableBootFile(`its name has ${length} bytes; 1 to ${LONGEST_BOOT_FILE_BYTES} can be sent`);
  }
  return { file: fitsFileField(bootFile) ? bootFile : '', bootFileName: bootFile };
}
