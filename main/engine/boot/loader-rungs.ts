import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant } from '../../contract/image.ts';
import type { LoaderProgram } from '../../contract/loader.ts';

/** Which loaders there are to try on a firmware, and in which order. Pure. */

export interface Rung {
  /** What the firmware is told to fetch, and how the rung is remembered. */
  readonly file: string;
  /** Files that this one fetches by itself and cannot do without. */
  readonly needs: readonly string[];
  readonly program: LoaderProgram;
  /** Signed by a key that firmware with Secure Boot on knows. */
  readonly signed: boolean;
}

const ipxe = (file: string): Rung => ({ file, needs: [], program: 'ipxe', signed: false });

/** A shim starts what lies beside it under the name that it derives from its own. */
const signed = (file: string, program: LoaderProgram, ...needs: string[]): Rung => ({
  file,
  needs,
  program,
  signed: true,
});

/** Names of an image's own shim and GRUB. */
export const imageLoaders: Partial<Record<Firmware, { readonly shim: string; readonly grub: string }>> = {
  'uefi-x64': { shim: 'image-loader/shimx64.efi', grub: 'image-loader/grubx64.efi' },
  'uefi-arm64': { shim: 'image-loader/shimaa64.efi', grub: 'image-loader/grubaa64.efi' },
};

const imageRung = (firmware: Firmware): Rung[] => {
  const own = imageLoaders[firmware];
  return own === undefined ? [] : [signed(own.shim, 'grub', own.grub)];
};

/**
 * `undionly.kpxe` and `snponly.efi` use the network driver that the firmware already runs; builds with drivers of their own hang on
 * some cards, so they come second. The last one of each is another program, which fails on other machines than iPXE does. iPXE's own
 * signed set is taken where a person put it into the folder of the loaders: nobody else may sign it. The image's own shim and GRUB come
 * before Debian's, as they are there only for a kernel that Debian's do not start.
 */
const rungs: Partial<Record<Firmware, readonly Rung[]>> = {
  bios: [
    ipxe('undionly.kpxe'),
    ipxe('ipxe.pxe'),
    { file: 'pxelinux.0', needs: ['ldlinux.c32'], program: 'pxelinux', signed: false },
  ],
  'uefi-x64': [
    ipxe('snponly.efi'),
    ipxe('ipxe.efi'),
    ...imageRung('uefi-x64'),
    signed('shimx64.efi', 'grub', 'grubx64.efi'),
    signed('x86_64-sb/snponly-shim.efi', 'ipxe', 'x86_64-sb/snponly.efi'),
    signed('x86_64-sb/ipxe-shim.efi', 'ipxe', 'x86_64-sb/ipxe.efi'),
  ],
  'uefi-arm64': [
    ipxe('ipxe-arm64.efi'),
    ...imageRung('uefi-arm64'),
    signed('shimaa64.efi', 'grub', 'grubaa64.efi'),
    signed('arm64-sb/snponly-shim.efi', 'ipxe', 'arm64-sb/snponly.efi'),
    signed('arm64-sb/ipxe-shim.efi', 'ipxe', 'arm64-sb/ipxe.efi'),
  ],
};

/** Files that are taken as a person put them into the folder of the loaders; everything else there is pinned. */
export const ownLoaderFiles: readonly string[] = Object.values(rungs)
  .flat()
  .flatMap(({ file, needs }) => [file, ...needs])
  .filter((file) => /-sb\//.test(file));

const startable: Readonly<Record<LoaderProgram, ReadonlySet<string> | undefined>> = {
  ipxe: undefined,
  grub: new Set<BootVariant['method']>(['linux', 'efi']),
  pxelinux: new Set<BootVariant['method']>(['linux']),
};

/** The rungs of a firmware that are there as a whole, and can start the method where one is named. */
export function rungsFor(firmware: Firmware, files: ReadonlySet<string>, method?: BootVariant['method']): Rung[] {
  return (rungs[firmware] ?? []).filter(
    ({ file, needs, program }) =>
      [file, ...needs].every((one) => files.has(one)) &&
      (method === undefined || startable[program]?.has(method) !== false),
  );
}

/** What a firmware is offered first where all loaders are there. */
export const firstLoader = (firmware: Firmware): string | undefined => rungs[firmware]?.[0]?.file;
