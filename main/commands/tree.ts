import type { Command } from 'commander';
import { StationError } from '../contract/errors.ts';
import { dataFolder } from '../engine/data-folder.ts';
import { locateLoadersFolder } from '../engine/files/loaders-folder.ts';
import { readLoaderManifest } from '../engine/files/loaders-manifest.ts';
import { openLoaders } from '../engine/files/loaders.ts';
import { bootTreeState, type WrittenTree, writeBootTree } from '../engine/images/boot-tree.ts';
import { identify } from '../engine/images/identify.ts';
import { resolveImage } from '../engine/images/library.ts';
import { openBootableImage } from '../engine/images/netboot/open-bootable-image.ts';
import { interruption } from './interruption.ts';
import { printable, printJson, printLine } from './output.ts';
import { createProgressBar, formatBytes } from './progress.ts';
import { formatTable } from './table.ts';

interface TreeOptions {
  readonly out: string;
  readonly baseUrl?: string;
  readonly entry?: string;
  readonly loaders?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addTreeCommand(program: Command): void {
  program
    .command('tree')
    .description('writes the boot tree of an image, usable by any TFTP or HTTP server')
    .argument('<ISO|ID>', 'a path, or an id of the library')
    .requiredOption('--out <DIR>', 'the folder to write; it appears as a whole')
    .option(
      '--base-url <URL>',
      'where it will be served, such as http://192.168.77.1 (default: names relative to the scripts)',
    )
    .option('--entry <ID>', 'start this entry at once (default: show the menu)')
    .option('--loaders', 'also the boot loaders, for a server that has none, and a memory test in the menu')
    .option('--force', 'replace a boot tree that is there already')
    .option('--json', 'print one JSON document')
    .action(tree);
}

async function tree(image: string, options: TreeOptions): Promise<void> {
  const baseUrl = options.baseUrl === undefined ? undefined : checkedBaseUrl(options.baseUrl);
  const { path } = await resolveImage(image, dataFolder());
  await using opened = await openBootableImage(path);
  const description = await identify(opened);
  if (options.force !== true && (await bootTreeState(options.out)) === 'tree') {
    throw new StationError('E_OUTPUT_NOT_WRITABLE', {
      path: options.out,
      reason: 'a boot tree is there already, which only --force replaces',
    });
  }
  using signal = interruption();
  using bar = createProgressBar('Extracting');
  const written = await writeBootTree(opened, description, options.out, {
    baseUrl,
    entryId: options.entry,
    systemFiles: true,
    loaders:
      options.loaders === true ? await openLoaders(locateLoadersFolder(), await readLoaderManifest()) : undefined,
    onProgress: bar.update,
    signal,
  });
  bar[Symbol.dispose]();
  if (options.json === true) return printJson({ image: description.id, baseUrl: baseUrl ?? null, ...written });
  printLine(
    `Wrote ${printable(description.name)} to ${printable(written.folder)} (${formatBytes(written.totalBytes)}).`,
  );
  for (const line of treeLines(written)) printLine(`  ${line}`);
}

const treeLines = ({ files }: WrittenTree): string[] =>
  formatTable(
    ['SIZE', 'FILE'],
    files.map(({ path, sizeBytes }) => [formatBytes(sizeBytes), path]),
  );

/** Loaders join it with paths, so it is an origin: no path, query or password, and no slash at its end. */
function checkedBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || `${url.origin}/` !== url.href) {
    throw new StationError('E_USAGE', {
      problem: `"${text}" is no base URL: it has to look like http://192.168.77.1 or http://192.168.77.1:8080.`,
    });
  }
  return url.origin;
}
