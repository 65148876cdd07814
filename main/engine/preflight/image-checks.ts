import { StationError, toStationError } from '../../contract/errors.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { Entry, ImageDescription } from '../../contract/image.ts';
import type { PreflightCheck } from '../../contract/session.ts';
import { chosenEntry, refuseMissingLoader } from '../boot/chosen-entry.ts';
import { firstLoader } from '../boot/loader-rungs.ts';
import { failed, failedBy, passed, warning } from './check-results.ts';
import type { Finding, PreflightDraft, PreflightFacts } from './facts.ts';

/** Checks of what is to be booted. Pure. */

export function loadersCheck(loaders: PreflightFacts['loaders']): PreflightCheck {
  if (!loaders.ok) return failedBy('loaders', loaders.error);
  const { present, missing } = loaders.value;
  if (missing.length === 0) return passed('loaders', `All ${present.length} boot loaders are there and as pinned.`);
  return warning('loaders', `The required boot loaders are there; these are not: ${missing.join(', ')}.`, {
    advice: 'Install Fieldboot again to have all of them; in a checkout run "npm run setup".',
  });
}

/** An image that is not what its publisher says must not reach a machine, whatever else is right. */
export function imageCheck(
  image: Finding<ImageDescription>,
  { checksum, signature }: Pick<PreflightFacts, 'checksum' | 'signature'>,
): PreflightCheck {
  if (!image.ok) return failedBy('image', image.error, 'choose-image');
  const { name, warnings, netboot } = image.value;
  if (netboot?.possible === false) {
    const error = new StationError('E_IMAGE_CANNOT_NETBOOT', { name, because: netboot.because });
    return failedBy('image', error, 'choose-image');
  }
  if (checksum?.matches === false) {
    return failed('image', `${name} is not the image that ${checksum.source} describes: its SHA-256 differs.`, {
      advice: 'Download or copy it again, or choose another image. Do not boot machines with it.',
      fix: 'choose-image',
    });
  }
  if (signature?.state === 'bad') {
    return failed('image', `The signature beside ${name} does not fit ${signature.of}.`, {
      advice: 'Download image, checksums and signature again, or choose another image. Do not boot machines with it.',
      fix: 'choose-image',
    });
  }
  const [first] = warnings;
  return first === undefined ? passed('image', `${name} is readable.`) : warning('image', `${name}: ${first}`);
}

const firmwareNames: Partial<Record<Firmware, string>> = {
  bios: 'BIOS',
  'uefi-x64': 'UEFI x64',
  'uefi-ia32': 'UEFI 32-bit',
  'uefi-arm64': 'UEFI arm64',
};

/** What the chosen entry boots on, and whether there is a loader for it. */
export function architectureCheck(
  draft: PreflightDraft,
  image: ImageDescription,
  loaders: PreflightFacts['loaders'],
): PreflightCheck {
  const present = new Set(loaders.ok ? loaders.value.present : []);
  let entry: Entry;
  try {
    entry = chosenEntry(image, draft.entryId);
    if (loaders.ok) refuseMissingLoader(entry, present, loaders.value.folder);
  } catch (error) {
    return failedBy('architecture', toStationError(error));
  }
  const firmware = [...new Set(entry.variants.flatMap((variant) => variant.firmware))];
  const isServed = (one: Firmware): boolean => present.has(firstLoader(one) ?? '');
  const names = (list: readonly Firmware[]): string => list.map((one) => firmwareNames[one] ?? one).join(', ');
  const served = firmware.filter(isServed);
  const unserved = firmware.filter((one) => !isServed(one));
  if (served.length === 0) {
    return failed('architecture', `${entry.title} boots on ${names(firmware)}, for which there is no boot loader.`, {
      advice: 'Choose another entry or image, or install Fieldboot again to have all boot loaders.',
    });
  }
  const detail = `${entry.title} boots machines with ${names(served)}.`;
  if (unserved.length === 0) return passed('architecture', detail);
  return warning('architecture', `${detail} There is no boot loader for ${names(unserved)}.`);
}

const MIB = 1024 * 1024;

export function diskSpaceCheck(image: ImageDescription, freeBytes: number | undefined): PreflightCheck {
  const neededBytes = image.extracted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const needed = `${Math.ceil(neededBytes / MIB)} MiB`;
  if (freeBytes === undefined) return warning('disk-space', 'The free space of the disk cannot be told.');
  const free = `${Math.floor(freeBytes / MIB)} MiB`;
  if (freeBytes >= neededBytes) return passed('disk-space', `The boot tree needs ${needed}; ${free} are free.`);
  return warning('disk-space', `The boot tree needs ${needed} and only ${free} are free.`, {
    advice: 'Machines are served straight out of the image all the same. Free some space to have the tree as well.',
  });
}
