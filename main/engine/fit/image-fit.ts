import { secondsAtWireSpeed } from '../../contract/download-time.ts';
import type { Entry, ImageDescription } from '../../contract/image.ts';
import { firmwareName } from '../images/kernel-evidence.ts';
import { roughDuration } from './rough-duration.ts';

/** What an entry asks of machines and bench, said before anybody walks there. Pure. */

export interface FitStatement {
  readonly about: 'memory' | 'firmware' | 'secure-boot' | 'download';
  readonly sentence: string;
  /** True where a person has to do or know something before it works. */
  readonly isWarning: boolean;
}

export interface BenchFacts {
  /** Speed of the station's own link; undefined where it is not known: gigabit is assumed, and said. */
  readonly linkMbps?: number | undefined;
  /** Numbers of machines to say the time for. */
  readonly machines: readonly number[];
}

/** A bench that takes longer than this to be served is worth a warning. */
const PATIENCE_SECONDS = 15 * 60;
const ASSUMED_LINK_MBPS = 1000;

type ImageNeeds = Pick<ImageDescription, 'architecture' | 'memoryNeededMiB' | 'secureBoot' | 'ownLoaders'>;

export function imageFit(image: ImageNeeds, entry: Entry, bench: BenchFacts): FitStatement[] {
  return [
    ...memoryStatement(image),
    firmwareStatement(image, entry),
    ...secureBootStatement(image, entry),
    ...downloadStatement(entry, bench),
  ];
}

function memoryStatement({ memoryNeededMiB }: ImageNeeds): FitStatement[] {
  if (memoryNeededMiB === undefined) return [];
  return [
    {
      about: 'memory',
      sentence: `A machine needs ${memoryText(memoryNeededMiB)} of memory or more.`,
      isWarning: false,
    },
  ];
}

function firmwareStatement({ architecture }: ImageNeeds, entry: Entry): FitStatement {
  const firmware = firmwareOf(entry);
  const names = new Intl.ListFormat('en').format(firmware.map(firmwareName));
  const processor = architecture === undefined ? '' : ` (${architecture} processors)`;
  return { about: 'firmware', sentence: `It boots machines with ${names}${processor}.`, isWarning: false };
}

function secureBootStatement({ secureBoot, ownLoaders }: ImageNeeds, entry: Entry): FitStatement[] {
  if (!firmwareOf(entry).some((firmware) => firmware.startsWith('uefi-'))) return [];
  const sentence = {
    yes: `It starts with Secure Boot on: its kernel is signed for ${ownLoaders === undefined ? 'the station’s loader' : 'the loaders of the image itself'}.`,
    no: 'No loader that can fetch its kernel may start it with Secure Boot on: turn that off in the firmware of the machines.',
    unknown: 'Whether it starts with Secure Boot on is not known: where it does not, turn Secure Boot off.',
  }[secureBoot];
  return [{ about: 'secure-boot', sentence, isWarning: secureBoot === 'no' }];
}

function downloadStatement({ downloadBytes }: Entry, { linkMbps, machines }: BenchFacts): FitStatement[] {
  if (downloadBytes === undefined || downloadBytes === 0) return [];
  const speed = linkMbps ?? ASSUMED_LINK_MBPS;
  const seconds = machines.map((count) => secondsAtWireSpeed(downloadBytes, count, speed));
  // What is there at once needs no words.
  const times = machines.flatMap((count, index) => {
    const duration = seconds[index] ?? 0;
    return duration < 1 ? [] : [`${count === 1 ? 'one takes' : `${count} take`} ${roughDuration(duration)}`];
  });
  const at = `At ${speed >= 1000 ? `${speed / 1000} Gbit/s` : `${speed} Mbit/s`}`;
  const time = times.length === 0 ? '' : ` ${at}, ${new Intl.ListFormat('en').format(times)}.`;
  return [
    {
      about: 'download',
      sentence: `A machine fetches ${sizeText(downloadBytes)}.${time}`,
      isWarning: Math.max(0, ...seconds) > PATIENCE_SECONDS,
    },
  ];
}

const firmwareOf = ({ variants }: Entry) => [...new Set(variants.flatMap(({ firmware }) => firmware))];

const memoryText = (mebibytes: number): string =>
  mebibytes < 1024 ? `${mebibytes} MiB` : `${Math.ceil((mebibytes / 1024) * 10) / 10} GiB`;

const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
