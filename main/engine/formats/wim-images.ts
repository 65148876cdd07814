import { ImageDamage } from '../iso/image-damage.ts';
import { elementAt, parseXml, textAt } from './xml-elements.ts';
import type { XmlElement } from './xml-elements.ts';

/** What the XML of a WIM says of its images. Pure. */

/** One image (edition) of a WIM. Left out is what the file does not say, as in a WIM that is not of Windows. */
export interface WimImage {
  /** From 1 on: what Windows Setup and DISM call the image by. */
  readonly index: number;
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** What Windows Setup shows in its list. */
  readonly displayName: string | undefined;
  /** `Professional`, `Core`, `ServerStandard`, `WindowsPE`. */
  readonly editionId: string | undefined;
  /** `Client`, `Server`, `Server Core`, `WindowsPE`. */
  readonly installationType: string | undefined;
  /** As Linux calls it: `x86_64`, `i386`, `aarch64`, `armhf`, `ia64`. */
  readonly architecture: string | undefined;
  /** `10.0.26100`. */
  readonly version: string | undefined;
  readonly build: number | undefined;
  readonly servicePackBuild: number | undefined;
  /** `en-US`. */
  readonly languages: readonly string[];
  readonly defaultLanguage: string | undefined;
  /** Size of its files when unpacked. */
  readonly totalBytes: number | undefined;
}

const maxImages = 256;

/** Numbers of PROCESSOR_ARCHITECTURE_* in Windows' headers. */
const architectures: Readonly<Record<string, string>> = {
  '0': 'i386',
  '5': 'armhf',
  '6': 'ia64',
  '9': 'x86_64',
  '12': 'aarch64',
};

/** The images in the XML's own order. The XML is UTF-16, little endian, mostly with a byte order mark. */
export function parseWimXml(bytes: Uint8Array): WimImage[] {
  const root = parseXml(new TextDecoder('utf-16le').decode(bytes).replace(/\0+$/, ''));
  if (root.name !== 'WIM') throw new ImageDamage('its XML is not that of a WIM');
  const images = root.children.filter(({ name }) => name === 'IMAGE');
  if (images.length > maxImages) throw new ImageDamage(`it claims to hold ${images.length} images`);
  return images.map(parseImage);
}

function parseImage(element: XmlElement): WimImage {
  const windows = elementAt(element, 'WINDOWS') ?? element;
  const versionParts = ['MAJOR', 'MINOR', 'BUILD'].map((part) => textAt(windows, 'VERSION', part));
  const languages = elementAt(windows, 'LANGUAGES')?.children.filter(({ name }) => name === 'LANGUAGE') ?? [];
  return {
    index: numberOf(element.attributes.get('INDEX')) ?? 0,
    name: plain(textAt(element, 'NAME')),
    description: plain(textAt(element, 'DESCRIPTION')),
    displayName: plain(textAt(element, 'DISPLAYNAME')),
    editionId: plain(textAt(windows, 'EDITIONID') ?? textAt(element, 'FLAGS')),
    installationType: plain(textAt(windows, 'INSTALLATIONTYPE')),
    architecture: architectures[textAt(windows, 'ARCH') ?? ''],
    version: versionParts.some((part) => numberOf(part) === undefined) ? undefined : versionParts.join('.'),
    build: numberOf(versionParts[2]),
    servicePackBuild: numberOf(textAt(windows, 'VERSION', 'SPBUILD')),
    languages: languages.flatMap((language) => plain(language.text.trim()) ?? []).slice(0, maxImages),
    defaultLanguage: plain(textAt(windows, 'LANGUAGES', 'DEFAULT')),
    totalBytes: numberOf(textAt(element, 'TOTALBYTES')),
  };
}

/** As a person may see it: no control characters, no endless text. */
const plain = (text: string | undefined): string | undefined =>
  text
    ?.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200) || undefined;

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
