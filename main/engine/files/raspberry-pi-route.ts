import type { FileKind } from '../../contract/events.ts';
import { claimFirst, type Route } from './route.ts';

/**
 * Files of an image as a Raspberry Pi's own ROM asks for them: over TFTP, in a folder that is called by its serial number (the usual), by its
 * MAC, or in none (TFTP_PREFIX of its EEPROM). Which there are is the image's affair; what is missing it asks for and goes on.
 */
export function raspberryPiRoute(options: {
  readonly imageId: string;
  readonly ofImage: readonly Route[];
  /** Whether a Raspberry Pi that may boot has this address. */
  readonly mayBoot: (address: string) => boolean;
}): Route {
  const { imageId, ofImage, mayBoot } = options;
  return {
    name: 'raspberry-pi',
    async claim(request) {
      if (request.protocol !== 'tftp' || !mayBoot(request.peerAddress)) return undefined;
      const path = pathOnPi(request.path);
      if (path === undefined) return undefined;
      const file = await claimFirst(ofImage, { ...request, path: `${imageId}/${path}` });
      return file === undefined ? undefined : { ...file, kind: kindOnPi(path) };
    },
  };
}

/** The path behind the machine's own folder. */
function pathOnPi(path: string): string | undefined {
  const inside = /^(?:[0-9a-f]{8}|(?:[0-9a-f]{2}-){5}[0-9a-f]{2})\/(.+)$/i.exec(path)?.[1];
  return inside ?? (path === '' ? undefined : path);
}

function kindOnPi(path: string): FileKind {
  if (/^(bootcode\.bin|(start|fixup)[^/]*\.(elf|dat))$/.test(path)) return 'loader';
  if (/^(kernel[^/]*\.img|vmlinuz)$/.test(path)) return 'kernel';
  return /^init(ramfs|rd)[^/]*$/.test(path) ? 'initrd' : 'other';
}

/** One of these stands beside `config.txt` where an image is made for a Raspberry Pi. */
const firmwareFiles = ['start4.elf', 'start.elf', 'bootcode.bin'];

export async function isForRaspberryPi(hasFile: (path: string) => Promise<boolean>): Promise<boolean> {
  if (!(await hasFile('config.txt'))) return false;
  for (const path of firmwareFiles) if (await hasFile(path)) return true;
  return false;
}
