import type { Entry } from '../../contract/image.ts';
import type { AfterBoot } from '../../contract/session.ts';
import type { ApprovalState } from '../clients/approvals.ts';
import { loaderFor } from './loader-choice.ts';
import { variantFor } from './menu.ts';
import type { BootPlan, Machine, Plan } from './plan.ts';

/** Bits of iPXE's option 175 that say it can fetch over HTTP (a ROM may have been built without it). */
const IPXE_FEATURE_HTTP = 0x13;

export interface SessionBoot {
  readonly entry: Entry;
  readonly baseUrl: string;
  /** Loaders that are there, by file name. */
  readonly loaders: ReadonlySet<string>;
  readonly approval: (mac: string) => ApprovalState;
  /** What a waiting machine shows on its screen. */
  readonly codeOf: (mac: string) => string;
  readonly afterBoot: AfterBoot;
  /** True where the machine booted in this session already. */
  readonly hasFinished: (mac: string) => boolean;
}

/** What the machines of a session boot: its entry, once a machine may, and where the session says so only once. */
export function sessionPlan(session: SessionBoot): Plan {
  const { entry, approval, codeOf, afterBoot, hasFinished } = session;
  return (machine: Machine): BootPlan => {
    const { mac, bootClient, firmware } = machine;
    const state = approval(mac);
    if (bootClient === 'none') return nothing('an operating system asked, not firmware');
    if (state === 'refused') return nothing('it may not boot in this session');
    if (afterBoot === 'local-disk' && hasFinished(mac))
      return nothing('it booted already and starts from its own disk');
    if (firmware !== 'unknown' && variantFor(entry, firmware) === undefined) {
      return nothing(`${entry.title} does not boot on ${firmware}`);
    }
    const choice = chooseBootFile(machine, session);
    if ('reason' in choice) return nothing(choice.reason);
    const { bootFile } = choice;
    return state === 'waiting' ? { kind: 'wait', bootFile, code: codeOf(mac) } : { kind: 'boot', bootFile, entry };
  };
}

const nothing = (reason: string): BootPlan => ({ kind: 'nothing', reason });

function chooseBootFile(
  { bootClient, firmware, ipxeFeatures }: Machine,
  { baseUrl, loaders }: Pick<SessionBoot, 'baseUrl' | 'loaders'>,
): { bootFile: string } | { reason: string } {
  // A script, never the binary again: that would load iPXE for ever. A build without HTTP is
  // replaced by ours once, which has it.
  const speaksHttp = ipxeFeatures === undefined || ipxeFeatures.size === 0 || ipxeFeatures.has(IPXE_FEATURE_HTTP);
  if (bootClient === 'ipxe' && speaksHttp) return { bootFile: `${baseUrl}/boot.ipxe` };

  const loader = loaderFor(firmware);
  if (loader === undefined) return { reason: `there is no loader for ${firmware}` };
  if (!loaders.has(loader)) return { reason: `the loader ${loader} is not installed` };
  if (bootClient === 'http-boot') return { bootFile: `${baseUrl}/${loader}` };
  if (bootClient === 'pxe' || bootClient === 'ipxe' || bootClient === 'bootp') return { bootFile: loader };
  return { reason: `there is no loader for ${bootClient}` };
}
