import type { MenuProblem } from './boot-config/config-reader.ts';
import type { ImageMenu } from './boot-config/read-menu.ts';
import type { NamedEntry } from './menu-entries.ts';
import { fitsWord } from './image-facts.ts';

/** Words by which a system looks for the disc or stick that it came on. */
const mediumWords = [
  'root=LABEL=*',
  'root=UUID=*',
  'root=PARTUUID=*',
  'root=/dev/*',
  'root=live:CDLABEL=*',
  'root=live:LABEL=*',
  'root=live:UUID=*',
  'root=live:/dev/*',
  'inst.stage2=hd:*',
  'inst.repo=hd:*',
  'inst.repo=cdrom*',
  'inst.ks=hd:*',
  'archisolabel=*',
  'archisodevice=*',
  'archisosearchuuid=*',
  'misolabel=*',
  'misodevice=*',
  'img_dev=*',
  'img_loop=*',
  'findiso=?*',
  'iso-scan/filename=?*',
  'live-media=*',
  'bootfrom=*',
  'cdroot*',
];

const shown = 3;

/**
 * What a person should know of an image's own boot menu, as sentences: its mistakes by file and line, and, where no recipe knows better,
 * what of it has no equal on the network. Pure.
 */
export function menuWarnings(menu: ImageMenu, entries: readonly NamedEntry[], isKnown: boolean): string[] {
  const broken = menu.problems.filter(({ kind }) => kind === 'broken').map(sentence);
  if (isKnown) return limited(broken);
  const leftOut = menu.problems.filter(({ kind }) => kind === 'left-out').map(sentence);
  const untranslated = menu.entries.flatMap(({ titles, untranslated: parts }) =>
    parts === undefined ? [] : [`"${titles.join(': ')}" uses what the network has no equal for: ${parts.join(', ')}.`],
  );
  const words = [
    ...new Set(entries.flatMap(({ variants }) => variants.flatMap(({ commandLine }) => commandLine.split(' ')))),
  ].filter((word) => mediumWords.some((pattern) => fitsWord(word, pattern)));
  const names =
    words.length === 0
      ? []
      : [
          `Its command lines name a disc or stick, which a machine on the network does not have: ${words.slice(0, shown * 2).join(', ')}.`,
        ];
  return [...limited(broken), ...limited(leftOut), ...limited(untranslated), ...names];
}

const sentence = ({ file, line, text }: MenuProblem): string => `Its boot menu, ${file} line ${line}: ${text}.`;

function limited(sentences: readonly string[]): string[] {
  const more = sentences.length - shown;
  return more <= 0
    ? [...sentences]
    : [...sentences.slice(0, shown), `There ${more === 1 ? 'is one more' : `are ${more} more`} of this kind.`];
}
