import { identify } from '../../../main/engine/images/identify.ts';
import type { ImageFs } from '../../../main/engine/iso/image-fs.ts';
import { openImageFile } from '../../../main/engine/iso/open-image.ts';

/**
 * Our readers as a process of their own: `node walk-image.ts identify|list ISO`. Prints the milliseconds of the work
 * without the process's start, and the number of files for `list`.
 */
const [task = '', path = ''] = process.argv.slice(2);

async function countFiles(fs: ImageFs): Promise<number> {
  let files = 0;
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { name, type } of (await fs.list(folder)) ?? []) {
      if (type === 'directory') folders.push(`${folder}/${name}`);
      else files += 1;
    }
  }
  return files;
}

const startedAtMs = performance.now();
await using image = await openImageFile(path);
const files = task === 'list' ? await countFiles(image.fs) : (await identify(image)).extracted.length;
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - startedAtMs, files }));
