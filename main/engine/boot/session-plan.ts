import type { BootClient } from '../../contract/firmware.ts';
import type { LocalDiskMethod } from '../../contract/hardware-notes.ts';
import { type Entry, WHOLE_IMAGE } from '../../contract/image.ts';
import type { AfterBoot } from '../../contract/session.ts';
import type { ApprovalState } from '../clients/approvals.ts';
import type { LoaderChoice } from './ladders.ts';
import { variantFor } from './menu.ts';
import type { BootPlan, Machine, Plan } from './plan.ts';

/** Bits of iPXE's option 175 that say it can fetch over HTTP (a ROM may have been built without it). */
const IPXE_FEATURE_HTTP = 0x13;

export interface SessionBoot {
  readonly entry: Entry;
  readonly baseUrl: string;
  /** Where the whole image is. */
  readonly imageUrl: string;
  /** The loader for firmware that asks, by its ladder. */
  readonly chooseLoader: (machine: Machine) => LoaderChoice;
  /** The loader that starts the machine's own disk. */
  readonly chooseDiskStarter: (machine: Machine) => LoaderChoice;
  readonly approval: (machine: Machine) => ApprovalState;
  /** What a waiting machine shows on its screen. */
  readonly codeOf: (machine: Machine) => string;
  readonly afterBoot: AfterBoot;
  /** True where the machine booted in this session already. */
  readonly hasFinished: (machine: Machine) => boolean;
  /** True where the image has what a Raspberry Pi's ROM asks for. */
  readonly servesRaspberryPi?: boolean | undefined;
  /** How a machine that is done gets to its own disk. */
  readonly localDisk: (machine: Machine) => LocalDiskMethod;
}

/** What the machines of a session boot: its entry, once a machine may, and where the session says so only once. */
export function sessionPlan(session: SessionBoot): Plan {
  const { entry, approval, codeOf, afterBoot, hasFinished } = session;
  return (machine: Machine): BootPlan => {
    const { bootClient, firmware } = machine;
    const state = approval(machine);
    if (bootClient === 'none') return nothing('an operating system asked, not firmware');
    if (state === 'refused') return nothing('it may not boot in this session');
    if (afterBoot === 'local-disk' && hasFinished(machine)) return ownDisk(machine, session);
    if (bootClient === 'raspberry-pi') return raspberryPiPlan(state, session);
    if (firmware !== 'unknown' && variantFor(entry, firmware) === undefined) {
      return nothing(`${entry.title} does not boot on ${firmware}`);
    }
    const choice = chooseBootFile(machine, session);
    if ('reason' in choice) return nothing(choice.reason);
    // A machine that waits needs a loader to show its code.
    const bootFile = state === 'approved' && startsDiscItself(machine, entry) ? session.imageUrl : choice.bootFile;
    return state === 'waiting' ? { kind: 'wait', bootFile, code: codeOf(machine) } : { kind: 'boot', bootFile, entry };
  };
}

/**
 * UEFI HTTP Boot takes a disc as it takes a loader: it keeps it in memory as a drive and starts what is on it (UEFI 2.10 section 24.7), with
 * no loader that could fail in between.
 */
function startsDiscItself({ bootClient, firmware }: Machine, entry: Entry): boolean {
  const variant = variantFor(entry, firmware);
  return bootClient === 'http-boot' && variant?.method === 'sanboot' && variant.kernel === WHOLE_IMAGE;
}

/** Its ROM starts what the image's own `config.txt` says; it runs no script that could show a code. */
function raspberryPiPlan(state: ApprovalState, { entry, servesRaspberryPi }: SessionBoot): BootPlan {
  if (servesRaspberryPi !== true) return nothing('the image has no boot files for a Raspberry Pi');
  if (state === 'waiting') return nothing('it waits for approval, and has no screen yet that could show its code');
  return { kind: 'boot', bootFile: 'bootcode.bin', entry };
}

const nothing = (reason: string): BootPlan => ({ kind: 'nothing', reason });

/** By its loader where it has to be; a machine without one is left alone. */
function ownDisk(machine: Machine, session: SessionBoot): BootPlan {
  const reason = 'it booted already and starts from its own disk';
  const method = session.localDisk(machine);
  if (method === 'no-boot-file') return nothing(reason);
  const chooseLoader = method === 'loader-starts-disk' ? session.chooseDiskStarter : session.chooseLoader;
  const choice = chooseBootFile(machine, { ...session, chooseLoader });
  return 'reason' in choice ? nothing(reason) : { kind: 'local-disk', bootFile: choice.bootFile, method, reason };
}

function chooseBootFile(
  machine: Machine,
  { baseUrl, chooseLoader }: Pick<SessionBoot, 'baseUrl' | 'chooseLoader'>,
): { bootFile: string } | { reason: string } {
  const { bootClient, ipxeFeatures } = machine;
  // A script, never the binary again: that would load iPXE for ever. A build without HTTP is
  // replaced by ours once, which has it.
  const speaksHttp = ipxeFeatures === undefined || ipxeFeatures.size === 0 || ipxeFeatures.has(IPXE_FEATURE_HTTP);
  if (bootClient === 'ipxe' && speaksHttp) return { bootFile: `${baseUrl}/boot.ipxe` };
  if (!fetchesLoader.has(bootClient)) return { reason: `there is no loader for ${bootClient}` };

  const choice = chooseLoader(machine);
  if (choice.kind === 'none') return { reason: choice.reason };
  return { bootFile: bootClient === 'http-boot' ? `${baseUrl}/${choice.file}` : choice.file };
}

const fetchesLoader: ReadonlySet<BootClient> = new Set<BootClient>(['pxe', 'http-boot', 'ipxe', 'bootp']);
