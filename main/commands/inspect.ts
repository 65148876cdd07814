import type { Command } from 'commander';
import { dataFolder } from '../engine/data-folder.ts';
import { identify } from '../engine/images/identify.ts';
import { resolveImage } from '../engine/images/library.ts';
import { openBootableImage } from '../engine/images/netboot/open-bootable-image.ts';
import { formatDescription } from './inspect-lines.ts';
import { printJson, printLine } from './output.ts';

export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description('what an image is, why we think so, and what of it can be booted')
    .argument('<ISO|ID>', 'a path, or an id of the library')
    .option('--json', 'print one JSON document')
    .action(async (image: string, options: { json?: boolean }) => {
      const { path } = await resolveImage(image, dataFolder());
      await using opened = await openBootableImage(path);
      const description = await identify(opened);
      if (options.json === true) printJson(description);
      else for (const line of formatDescription(description)) printLine(line);
    });
}
