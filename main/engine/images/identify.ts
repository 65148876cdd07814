import { basename } from 'node:path';
import { StationError } from '../../contract/errors.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { Entry, ImageDescription } from '../../contract/image.ts';
import type { OpenedImage } from '../iso/open-image.ts';
import { downloadBytesOf } from './download-size.ts';
import { slug, withIds } from './entry-id.ts';
import { extractedFiles } from './extracted-files.ts';
import { fillFiles, findFiles, type FoundFiles } from './fill-files.ts';
import { ImageFacts } from './image-facts.ts';
import { kernelEvidence } from './kernel-evidence.ts';
import { memoryNeeded } from './memory-needed.ts';
import { menuChoices } from './menu-choices.ts';
import { entriesOfMenu, type NamedEntry } from './menu-entries.ts';
import { menuWarnings } from './menu-warnings.ts';
import { ownEntries } from './own-entries.ts';
import type { BootRecipe, Family, Layout } from './recipe.ts';
import { shippedRecipes } from './recipe-files.ts';
import { type Recognition, recognise } from './recognise.ts';
import { rewrittenFiles } from './rewritten-files.ts';
import { secureBootOf } from './secure-boot.ts';
import { firmwareOrder } from './variants.ts';

export type IdentifiableImage = Pick<
  OpenedImage,
  'source' | 'fs' | 'sizeBytes' | 'volumeLabel' | 'fileSystems' | 'bootCatalogue' | 'hybrid' | 'descriptorDigest'
> &
  Partial<Pick<OpenedImage, 'efiProblems'>>;

/**
 * What an image is, why we think so, and what of it can be booted over a network. The path is only told to the person: nothing is
 * concluded from file names. Rejects with E_IMAGE_NOT_BOOTABLE where no recipe fits and no boot menu names a kernel; an image that is
 * known and cannot be booted over a network is described with the reason, and without entries.
 */
export async function identify(image: IdentifiableImage, families?: readonly Family[]): Promise<ImageDescription> {
  const facts = new ImageFacts(image.fs);
  const imageFirmware = await firmwareOfLoaders(image, facts);
  for (const recognition of await recognise(facts, families ?? (await shippedRecipes()))) {
    const found = await findFiles(recognition.boot.find, facts);
    const { entries, warnings } = await entriesOf(recognition, found, facts, imageFirmware);
    if (entries.length === 0 && recognition.boot.cannot === undefined) continue;
    return await describe({ image, facts, recognition, found, entries, warnings, imageFirmware });
  }
  const [menuProblem] = menuWarnings(await facts.menu(), [], false);
  throw new StationError('E_IMAGE_NOT_BOOTABLE', { path: image.source.path, menuProblem });
}

/** The id of an image: readable, safe in a URL, and another one for other content. */
export function imageId(volumeLabel: string, descriptorDigest: string): string {
  const label = slug(volumeLabel, /[^a-z0-9.]+/g).slice(0, 40);
  return `${label === '' ? 'image' : label}-${descriptorDigest.slice(0, 8)}`;
}

const loaderNames: readonly (readonly [Firmware, string])[] = [
  ['uefi-x64', 'EFI/BOOT/bootx64.efi'],
  ['uefi-ia32', 'EFI/BOOT/bootia32.efi'],
  ['uefi-arm64', 'EFI/BOOT/bootaa64.efi'],
  ['uefi-arm32', 'EFI/BOOT/bootarm.efi'],
  ['uefi-riscv64', 'EFI/BOOT/bootriscv64.efi'],
  ['uefi-loong64', 'EFI/BOOT/bootloongarch64.efi'],
];

async function firmwareOfLoaders(image: IdentifiableImage, facts: ImageFacts): Promise<Firmware[]> {
  const bios = image.bootCatalogue.some(({ platform }) => platform === 'bios') ? (['bios'] as const) : [];
  const uefi: Firmware[] = [];
  const folders = ['', ...(facts.fs.mounts ?? []).map(({ folder }) => `${folder}/`)];
  for (const [firmware, loader] of loaderNames) {
    const found = await Promise.all(folders.map(async (folder) => await facts.fs.stat(folder + loader)));
    if (found.some((entry) => entry?.type === 'file')) uefi.push(firmware);
  }
  const hasUefiImage = image.bootCatalogue.some(({ platform }) => platform === 'uefi');
  // A loader of another name, or in a file system that cannot be read: x64 is what all but a few such discs are for.
  if (uefi.length === 0 && hasUefiImage) uefi.push('uefi-x64');
  return [...bios, ...uefi];
}

/** The mechanism of images that no recipe knows. */
const OWN_MENU = 'own-menu';

async function entriesOf(
  { boot, mechanism }: Recognition,
  found: FoundFiles,
  facts: ImageFacts,
  imageFirmware: readonly Firmware[],
): Promise<{ entries: readonly NamedEntry[]; warnings: string[] }> {
  if (boot.cannot !== undefined) {
    return { entries: [], warnings: [`It cannot be booted over a network. ${boot.cannot}`] };
  }
  const fill = (commandLine: string): string | undefined => fillFiles(commandLine, found);
  const { choices, broken } =
    boot.menu.length === 0 ? { choices: [], broken: [] } : await menuChoices(facts.fs, (await facts.menu()).entries);
  const rules = await fitting(boot.menu, facts);
  const ofMenu = await entriesOfMenu(choices, { facts, rules, fill, imageFirmware });
  const own =
    boot.ownEntries === 'always' || ofMenu.length === 0
      ? await ownEntries(boot.entries, { facts, imageFirmware, fill })
      : [];
  const warnings =
    broken.length === 0
      ? []
      : [
          `Its boot menu names files that are not in the image, so these are left out: ${broken.slice(0, 5).join(', ')}.`,
        ];
  const entries = [...own, ...ofMenu];
  const ofItsMenu = boot.menu.length === 0 ? [] : menuWarnings(await facts.menu(), entries, mechanism !== OWN_MENU);
  return { entries, warnings: [...warnings, ...ofItsMenu, ...(await warningsOf(boot, facts))] };
}

async function warningsOf({ warnings }: BootRecipe, facts: ImageFacts): Promise<string[]> {
  return (await fitting(warnings, facts)).map(({ text }) => text);
}

/** Those that are for images like this one. */
async function fitting<Part extends { readonly when?: Layout | undefined }>(
  parts: readonly Part[],
  facts: ImageFacts,
): Promise<Part[]> {
  const fit: Part[] = [];
  for (const part of parts) if (part.when === undefined || (await facts.fits(part.when)) !== undefined) fit.push(part);
  return fit;
}

interface Findings {
  readonly image: IdentifiableImage;
  readonly facts: ImageFacts;
  readonly recognition: Recognition;
  readonly found: FoundFiles;
  readonly entries: readonly NamedEntry[];
  readonly warnings: readonly string[];
  readonly imageFirmware: readonly Firmware[];
}

async function describe(findings: Findings): Promise<ImageDescription> {
  const { image, facts, recognition, found, entries: named, imageFirmware } = findings;
  const { boot } = recognition;
  const entries = await Promise.all(
    withIds(named).map(async (entry) => ({
      ...entry,
      downloadBytes: await downloadBytesOf(entry, facts.fs, image.sizeBytes),
    })),
  );
  const defaultIndex = Math.max(
    0,
    named.findIndex(({ isDefault }) => isDefault),
  );
  const defaultEntry = entries[defaultIndex];
  const kernels = await kernelEvidence(defaultEntry, facts);
  const secureBoot = await secureBootOf(defaultEntry, facts.fs);
  const rewritten = await rewrittenFiles(boot.rewrites, facts);
  const suppliedLoaders = loadersToSupply(entries);
  const firmware = new Set(entries.flatMap(({ variants }) => variants.flatMap((variant) => variant.firmware)));
  const platforms = new Set(image.bootCatalogue.map(({ platform }) => platform));
  return {
    id: imageId(image.volumeLabel, image.descriptorDigest),
    path: image.source.path,
    name: nameOf(recognition, image),
    recipe: recognition.id,
    mechanism: recognition.mechanism,
    version: recognition.version,
    architecture: kernels.architecture ?? architectureOf(imageFirmware),
    sizeBytes: image.sizeBytes,
    volumeLabel: image.volumeLabel,
    fileSystems: [...image.fileSystems],
    bootCatalogue: (['bios', 'uefi'] as const).filter((platform) => platforms.has(platform)),
    hybrid: image.hybrid,
    evidence: [
      ...new Set([
        ...recognition.evidence,
        ...(await menuEvidence(facts)),
        ...kernels.sentences,
        ...secureBoot.sentences,
      ]),
    ],
    confidence: { identity: recognition.knownBy, boot: boot.confidence },
    netboot: boot.cannot === undefined ? { possible: true } : { possible: false, because: boot.cannot },
    firmware: firmwareOrder.filter((one) => firmware.has(one)),
    secureBoot: secureBoot.verdict,
    ...(secureBoot.ownLoaders === undefined ? {} : { ownLoaders: secureBoot.ownLoaders }),
    memoryNeededMiB: entries.length === 0 ? undefined : await memoryNeeded(boot, found, facts, image.sizeBytes),
    destructive: defaultEntry?.destructive ?? false,
    entries,
    defaultEntryId: defaultEntry?.id ?? '',
    extracted: await extractedFiles(entries, facts.fs),
    ...(boot.answerFile === undefined || entries.length === 0
      ? {}
      : { answerFileArguments: boot.answerFile.commandLine, answerFileFormat: boot.answerFile.format }),
    ...(rewritten.length === 0 ? {} : { rewrittenFiles: rewritten }),
    ...(suppliedLoaders.length === 0 ? {} : { suppliedLoaders }),
    warnings: [...findings.warnings, ...(image.efiProblems ?? [])],
  };
}

const loadersToSupply = (entries: readonly Entry[]): 'wimboot'[] =>
  entries.some(({ variants }) => variants.some(({ method }) => method === 'wimboot')) ? ['wimboot'] : [];

/** Where no kernel says it: the image's only UEFI loader does. */
function architectureOf(imageFirmware: readonly Firmware[]): string | undefined {
  const uefi = imageFirmware.filter((firmware) => firmware !== 'bios');
  return uefi.length === 1 ? uefiArchitectures[uefi[0] ?? ''] : undefined;
}
const uefiArchitectures: Readonly<Record<string, string>> = {
  'uefi-x64': 'x86_64',
  'uefi-ia32': 'i386',
  'uefi-arm64': 'aarch64',
};

/** An image that says nothing of itself is called by its label, and only without one by its file. */
function nameOf({ name }: Recognition, { volumeLabel, source }: IdentifiableImage): string {
  if (name !== '{label}') return name;
  return volumeLabel.trim() === '' ? basename(source.path) : volumeLabel.trim();
}

async function menuEvidence(facts: ImageFacts): Promise<string[]> {
  const { entries } = await facts.menu();
  const files = [...new Set(entries.map(({ file }) => file))];
  if (files.length === 0) return [];
  const more = files.length > 3 ? ` and ${files.length - 3} more files` : '';
  return [
    `Its own boot menu (${files.slice(0, 3).join(', ')}${more}) names ${entries.length === 1 ? 'one way' : `${entries.length} ways`} to start it.`,
  ];
}
