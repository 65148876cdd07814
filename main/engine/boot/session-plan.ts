import type { Entry } from '../../contract/image.ts';
import { loaderFor } from './loader-choice.ts';
import { variantFor } from './menu.ts';
import type { BootPlan, Machine, Plan } from './plan.ts';

/** Bits of iPXE's option 175 that say it can fetch over HTTP (PROTOCOLS 1.9: a ROM may have been built without it). */
const IPXE_FEATURE_HTTP = 0x13;

export interface SessionBoot {
  readonly entry: Entry;
  readonly baseUrl: string;
  /** Loaders that are there, by file name. */
  readonly loaders: ReadonlySet<string>;
}

/** Every machine boots the session's entry: the plan of a session without approval. */
export function sessionPlan({ entry, baseUrl, loaders }: SessionBoot): Plan {
  const nothing = (reason: string): BootPlan => ({ kind: 'nothing', reason });
  const boot = (bootFile: string): BootPlan => ({ kind: 'boot', bootFile, entry });

  return (machine: Machine): BootPlan => {
    const { bootClient, firmware, ipxeFeatures } = machine;
    if (bootClient === 'none') return nothing('an operating system asked, not firmware');
    if (firmware !== 'unknown' && variantFor(entry, firmware) === undefined) {
      return nothing(`${entry.title} does not boot on ${firmware}`);
    }
    // A script, never the binary again: that would load iPXE for ever (PROTOCOLS 1.9). A build without HTTP is
    // replaced by ours once, which has it.
    const speaksHttp = ipxeFeatures === undefined || ipxeFeatures.size === 0 || ipxeFeatures.has(IPXE_FEATURE_HTTP);
    if (bootClient === 'ipxe' && speaksHttp) return boot(`${baseUrl}/boot.ipxe`);

    const loader = loaderFor(firmware);
    if (loader === undefined) return nothing(`there is no loader for ${firmware}`);
    if (!loaders.has(loader)) return nothing(`the loader ${loader} is not installed`);
    if (bootClient === 'http-boot') return boot(`${baseUrl}/${loader}`);
    if (bootClient === 'pxe' || bootClient === 'ipxe' || bootClient === 'bootp') return boot(loader);
    return nothing(`there is no loader for ${bootClient}`);
  };
}
