import type { Command } from 'commander';
import { dataFolder } from '../engine/data-folder.ts';
import { addImage, removeImage, stateOf, verifyImage } from '../engine/images/library.ts';
import { type LibraryImage, readLibrary } from '../engine/images/library-file.ts';
import { signatureLine } from './signature-line.ts';
import { interruption } from './interruption.ts';
import { printable, printJson, printLine } from './output.ts';
import { createProgressBar, formatBytes } from './progress.ts';
import { formatTable } from './table.ts';

interface JsonOption {
  readonly json?: boolean;
}

export function addImagesCommand(program: Command): void {
  const images = program.command('images').description('the library of images');
  images
    .command('add')
    .description('recognises and hashes an image and keeps it in the library (its file stays where it is)')
    .argument('<ISO>', 'path of the image')
    .option('--json', 'print one JSON document')
    .action(add);
  images
    .command('list')
    .description('the images of the library')
    .option('--json', 'print one JSON document')
    .action(list);
  images
    .command('remove')
    .description('takes an image out of the library (its file is not touched)')
    .argument('<ID>', 'id of the image, or the beginning of it')
    .option('--json', 'print one JSON document')
    .action(remove);
  images
    .command('verify')
    .description('reads an image whole and compares its SHA-256 with the one it had')
    .argument('<ID>', 'id of the image, or the beginning of it')
    .option('--json', 'print one JSON document')
    .action(verify);
}

async function add(path: string, options: JsonOption): Promise<void> {
  using signal = interruption();
  using bar = createProgressBar('Hashing');
  const { image, published, signature, description, alreadyAt } = await addImage(path, dataFolder(), {
    nowMs: Date.now(),
    onProgress: bar.update,
    signal,
  });
  bar[Symbol.dispose]();
  if (options.json === true)
    return printJson({
      image,
      checksum: published ?? null,
      signature: signature ?? null,
      alreadyAt: alreadyAt ?? null,
    });
  printLine(
    alreadyAt === undefined
      ? `Added ${printable(image.name)} as ${image.id}.`
      : `${printable(image.name)} is in the library already, as ${image.id} at ${printable(alreadyAt)}. It was not added twice.`,
  );
  printLine(`  SHA-256  ${image.sha256}`);
  printLine(
    `  ${published === undefined ? 'No checksum file lies beside it.' : `Agrees with ${printable(published.file)}.`}`,
  );
  if (signature !== undefined) printLine(`  ${printable(signatureLine(signature))}`);
  for (const warning of description.warnings) printLine(`  Note: ${printable(warning)}`);
}

async function list(options: JsonOption): Promise<void> {
  const images = await Promise.all(
    (await readLibrary(dataFolder())).map(async (image) => ({ ...image, state: await stateOf(image) })),
  );
  if (options.json === true) return printJson({ images });
  if (images.length === 0) return printLine('The library is empty. "fieldboot images add ISO" adds an image.');
  const states = { 'as-added': 'as added', changed: 'changed since', missing: 'not there' };
  const rows = images.map((image) => [
    image.id,
    image.name,
    formatBytes(image.sizeBytes),
    states[image.state],
    image.path,
  ]);
  for (const line of formatTable(['ID', 'NAME', 'SIZE', 'FILE IS', 'PATH'], rows)) printLine(line);
}

async function remove(id: string, options: JsonOption): Promise<void> {
  const image = await removeImage(id, dataFolder());
  if (options.json === true) printJson({ image });
  else printLine(`Removed ${image.id}. Its file is still at ${printable(image.path)}.`);
}

async function verify(id: string, options: JsonOption): Promise<void> {
  using signal = interruption();
  using bar = createProgressBar('Hashing');
  const { image, published, signature } = await verifyImage(id, dataFolder(), { onProgress: bar.update, signal });
  bar[Symbol.dispose]();
  if (options.json === true) return printJson({ image, checksum: published ?? null, signature: signature ?? null });
  printLine(verifiedLine(image, published?.file));
  if (signature !== undefined) printLine(printable(signatureLine(signature)));
}

const verifiedLine = (image: LibraryImage, publishedIn: string | undefined): string =>
  `${image.id} is what was added${publishedIn === undefined ? '' : `, and what ${printable(publishedIn)} says`}: SHA-256 ${image.sha256}.`;
