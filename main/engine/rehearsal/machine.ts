import type { MachineProfile } from './bench.ts';
import { type FetchedAs, runScript } from './ipxe-interpreter.ts';
import { type Lease, lease } from './machine-dhcp.ts';
import { startSystem } from './machine-system.ts';
import { shimAndGrub } from './machine-grub.ts';
import {
  type Failure,
  fetchFile,
  type Heard,
  type MachineEnd,
  pause,
  type Sent,
  type Talk,
  type TransactionIds,
} from './machine-talk.ts';
import { seededRandom } from './random.ts';

/** One simulated machine from its power button to the system that runs on it. Pure: see machine-talk.ts. */

type Power = 'stays' | 'fails in the initrd';

/** How long real ones take, in milliseconds. */
const FIRMWARE_STARTS_MS = 2_500;
const LOADER_STARTS_MS = 1_500;
const LOADER_IS_REFUSED_MS = 2_000;
const SWITCHED_ON_AGAIN_MS = 6_000;

export function* machine(profile: MachineProfile): Talk<MachineEnd> {
  const transactions = transactionIds(profile.seed);
  if (profile.behaviour === 'loses-power') return yield* boot(profile, 'fails in the initrd', transactions);
  if (profile.behaviour === 'restarts') {
    yield* boot(profile, 'fails in the initrd', transactions);
    yield* pause(SWITCHED_ON_AGAIN_MS);
  }
  return yield* boot(profile, 'stays', transactions);
}

function* boot(profile: MachineProfile, power: Power, transactions: TransactionIds): Talk<MachineEnd> {
  yield* pause(FIRMWARE_STARTS_MS);
  const address = yield* lease(profile, 'pxe', transactions());
  if (address === undefined) return noAddress;
  if (address.bootFile === '') return { kind: 'own-disk', reason: 'it was told nothing to boot' };
  const loader = yield* fetchByTftp(profile, address);
  if (loader.kind === 'failed') return loader;
  if (profile.behaviour === 'hangs-in-loader') return { kind: 'hung' };
  if (profile.behaviour === 'secure-boot' && !isSigned(address.bootFile)) return yield* httpBoot(profile, transactions);
  yield* pause(LOADER_STARTS_MS);
  return yield* ipxe(profile, address, power, transactions);
}

const noAddress: Failure = { kind: 'failed', reason: 'nobody gave it an address' };

/** Of the loaders there are, only the shim is signed by those whom firmware trusts. */
const isSigned = (bootFile: string): boolean => /(^|\/)shim[^/]*\.efi$/.test(bootFile);

/** Firmware that could not start what PXE brought tries HTTP Boot, the next line of its boot order. */
function* httpBoot(profile: MachineProfile, transactions: TransactionIds): Talk<MachineEnd> {
  yield* pause(LOADER_IS_REFUSED_MS);
  const address = yield* lease(profile, 'http-boot', transactions());
  if (address === undefined) return noAddress;
  const { bootFile: url, address: from } = address;
  if (!URL.canParse(url)) return { kind: 'own-disk', reason: 'it was told nothing to boot over HTTP' };
  for (const method of ['HEAD', 'GET'] as const) {
    const heard = yield* fetchFile({ kind: 'http', from, method, url });
    if (heard.kind === 'failed') return heard;
  }
  if (isSigned(url)) return yield* shimAndGrub(profile, { address: from, shimUrl: url }, transactions);
  return { kind: 'loader-refused', loader: url.slice(url.lastIndexOf('/') + 1) };
}

/** EDK2 asks for the size, aborts, and fetches in windows; a BIOS does the same without windows. */
function* fetchByTftp(profile: MachineProfile, { address: from, bootFile: path }: Lease): Talk<Heard | Failure> {
  const options: [string, string][] =
    profile.firmware === 'bios'
      ? [['blksize', '1456']]
      : [
          ['blksize', '1468'],
          ['windowsize', '4'],
        ];
  const request = { kind: 'tftp', from, path } as const;
  const probe = yield* fetchFile({ ...request, options: [['tsize', '0'], ...options], isProbe: true });
  if (probe.kind === 'failed') return probe;
  return yield* fetchFile({ ...request, options, isProbe: false });
}

const LOADER_VERSION = '1.21.1';

function* ipxe(
  profile: MachineProfile,
  { address, nextServer }: Lease,
  power: Power,
  transactions: TransactionIds,
): Talk<MachineEnd> {
  // UEFI builds look for this script before anything else, and have the address that the firmware was given.
  const autoexec =
    profile.firmware === 'bios' ? undefined : yield* fetchScript(address, `tftp://${nextServer}/autoexec.ipxe`);
  let first = autoexec;
  if (first === undefined || first.kind === 'failed') {
    const own = yield* lease(profile, 'ipxe', transactions());
    if (own === undefined) return noAddress;
    first = yield* fetchScript(own.address, own.bootFile);
    if (first.kind === 'failed') return first;
  }
  const fetch = (as: FetchedAs, url: string): Talk<Heard | Failure | { kind: 'power-lost' }> =>
    as === 'initrd' && power === 'fails in the initrd' ? losePower(address, url) : fetchUrl(address, url);
  const end = yield* runScript(first.text, first.url, {
    settings: settingsOf(profile, address, nextServer),
    fetch,
    *configureNetwork() {
      return (yield* lease(profile, 'ipxe', transactions())) !== undefined;
    },
  });
  if (end.kind === 'exit') return { kind: 'own-disk', reason: 'its script told it to go on without the network' };
  if (end.kind !== 'boot') return end;
  return yield* startSystem(profile, address, end.commandLine, transactions);
}

function* fetchScript(from: string, url: string): Talk<{ kind: 'script'; text: string; url: string } | Failure> {
  if (!URL.canParse(url)) return { kind: 'failed', reason: `iPXE was sent to "${url}"` };
  const heard = yield* fetchUrl(from, url);
  if (heard.kind === 'failed') return heard;
  if (heard.kind !== 'file' || heard.text === undefined) return { kind: 'failed', reason: `${url} is no script` };
  return { kind: 'script', text: heard.text, url };
}

const iPxeOptions: [string, string][] = [
  ['blksize', '1432'],
  ['tsize', '0'],
];

function* fetchUrl(from: string, url: string): Talk<Heard | Failure> {
  const { protocol, pathname } = new URL(url);
  const sent: Sent & { kind: 'tftp' | 'http' } =
    protocol === 'tftp:'
      ? { kind: 'tftp', from, path: pathname.slice(1), options: iPxeOptions, isProbe: false }
      : { kind: 'http', from, method: 'GET', url };
  return yield* fetchFile(sent);
}

function* losePower(from: string, url: string): Talk<{ kind: 'power-lost' }> {
  yield { kind: 'http', from, method: 'GET', url, stopAtShare: 0.5 };
  return { kind: 'power-lost' };
}

const platforms = {
  bios: ['pcbios', 'i386'],
  'uefi-x64': ['efi', 'x86_64'],
  'uefi-arm64': ['efi', 'arm64'],
} as const;

function settingsOf(profile: MachineProfile, address: string, nextServer: string): Map<string, string> {
  const { mac, uuid, serial, manufacturer, product } = profile;
  const [platform, buildarch] = platforms[profile.firmware];
  return new Map(
    Object.entries({
      'netX/mac': mac,
      'netX/ip': address,
      'next-server': nextServer,
      uuid,
      serial,
      manufacturer,
      product,
      // SMBIOS: two memory modules of the size of the profile's half, and the processor's name.
      'smbios/0.17.12.2': moduleSize(profile.memoryMiB / 2),
      'smbios/1.17.12.2': moduleSize(profile.memoryMiB / 2),
      cpumodel: profile.processor,
      'netX/chip': profile.networkChip,
      platform,
      buildarch,
      version: LOADER_VERSION,
    }),
  );
}

/** In MiB, little-endian, as iPXE prints bytes. */
const moduleSize = (sizeMiB: number): string =>
  [sizeMiB & 0xff, sizeMiB >> 8].map((byte) => byte.toString(16).padStart(2, '0')).join(':');

function transactionIds(seed: number): TransactionIds {
  const random = seededRandom(seed);
  return () => random.whole(1, 0xffffffff);
}
