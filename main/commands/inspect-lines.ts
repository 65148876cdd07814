import type { Entry, ImageDescription } from '../contract/image.ts';
import { imageFit } from '../engine/fit/image-fit.ts';
import { firmwareName } from '../engine/images/kernel-evidence.ts';
import { printable } from './output.ts';
import { formatBytes } from './progress.ts';
import { formatTable } from './table.ts';

/** What `inspect` says to a person. Pure: description in, lines out. */
export function formatDescription(image: ImageDescription): string[] {
  return [
    printable(image.name),
    ...facts(image).map(([name, value]) => `  ${name.padEnd(13)}${printable(value)}`),
    ...section('Why we think so', image.evidence.map(printable)),
    ...section('Entries', entryLines(image)),
    ...section('Asks of machines and network', needsLines(image)),
    ...section('Goes into the boot tree (everything else stays in the image)', fileLines(image)),
    ...section('Know before you start', image.warnings.map(printable)),
  ];
}

function facts(image: ImageDescription): [string, string][] {
  const catalogue = image.bootCatalogue.map((platform) => platform.toUpperCase()).join(', ') || 'nothing';
  const hasUefi = image.firmware.some((firmware) => firmware.startsWith('uefi'));
  const rows: [string, string | undefined][] = [
    ['Id', image.id],
    ['File', `${image.path} (${formatBytes(image.sizeBytes)})`],
    ['Recipe', image.mechanism === undefined ? image.recipe : `${image.recipe} (boots by ${image.mechanism})`],
    ['Confidence', confidenceOf(image)],
    ['Version', image.version],
    ['Architecture', image.architecture],
    ['Label', image.volumeLabel],
    ['Disc boots', `${catalogue}${image.hybrid ? ', and from a USB stick' : ''}`],
    ['Network', image.netboot?.possible === false ? 'no' : image.firmware.map(firmwareName).join(', ')],
    [
      'Secure Boot',
      !hasUefi
        ? undefined
        : { yes: 'yes', no: 'no: switch it off in the firmware', unknown: 'not known' }[image.secureBoot],
    ],
    ['Memory', image.memoryNeededMiB === undefined ? undefined : `${image.memoryNeededMiB} MiB or more`],
    ['Loader', image.suppliedLoaders?.map((loader) => `${loader}, which you have to supply`).join(', ')],
    [
      'Disks',
      image.entries.length === 0
        ? undefined
        : image.destructive
          ? 'its default entry may change them'
          : 'its default entry leaves them alone',
    ],
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

const identityWords = {
  named: 'it says itself what it is',
  layout: 'its files are those of this family',
  menu: 'unknown, its own boot menu is offered',
};
const bootWords = {
  'boot-tested': 'tried',
  documented: 'as its documentation or source says',
  inferred: 'concluded from similar images, not tried',
};

function confidenceOf({ confidence, netboot }: ImageDescription): string | undefined {
  if (confidence === undefined) return undefined;
  const boots = netboot?.possible === false ? '' : `; that it boots this way: ${bootWords[confidence.boot]}`;
  return `${identityWords[confidence.identity]}${boots}`;
}

function entryLines(image: ImageDescription): string[] {
  if (image.entries.length === 0) return [];
  return formatTable(
    ['', 'ID', 'TITLE', 'BOOTS ON', 'DISKS'],
    image.entries.map((entry) => [
      entry.id === image.defaultEntryId ? '*' : '',
      entry.id,
      entry.title,
      firmwareOf(entry),
      entry.destructive ? 'may change' : 'untouched',
    ]),
  );
}

function fileLines({ extracted }: ImageDescription): string[] {
  if (extracted.length === 0) return [];
  return formatTable(
    ['SIZE', 'FILE'],
    extracted.map(({ path, sizeBytes }) => [formatBytes(sizeBytes), path]),
  );
}

/** Numbers of machines that downloads are reckoned for: one, a bench, a class room. */
const BENCH_SIZES = [1, 10, 30];

function needsLines(image: ImageDescription): string[] {
  const entry = image.entries.find(({ id }) => id === image.defaultEntryId);
  if (entry === undefined) return [];
  return imageFit(image, entry, { machines: BENCH_SIZES }).map(({ sentence }) => printable(sentence));
}

const firmwareOf = ({ variants }: Entry): string =>
  [...new Set(variants.flatMap(({ firmware }) => firmware))].map(firmwareName).join(', ');

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`.trimEnd())];
