import type { Command } from 'commander';
import { dataFolder } from '../engine/data-folder.ts';
import { describeImage } from '../engine/images/describe-image.ts';
import { resolveImage } from '../engine/images/library.ts';
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
      const description = await describeImage(path);
      if (options.json === true) printJson(description);
      else for (const line of formatDescription(description)) printLine(line);
    });
}
