import { openImageFile } from '../../main/engine/iso/open-image.ts';
import type { ImageFs } from '../../main/engine/iso/image-fs.ts';

/** Opens the image named on the command line in a fresh process and prints what that took, as JSON. */

const [path = ''] = process.argv.slice(2);
const addedMiB = (since: number): number => Math.round((process.memoryUsage.rss() - since) / 1024 / 102.4) / 10;
const roundMs = (ms: number): number => Math.round(ms * 10) / 10;

async function countFiles(fs: ImageFs): Promise<number> {
  let files = 0;
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { name, type } of (await fs.list(folder)) ?? []) {
      if (type === 'directory') folders.push(`${folder}/${name}`);
      else if (!name.startsWith('boot.cat')) files += 1;
    }
  }
  return files;
}

const startRss = process.memoryUsage.rss();
const startMs = performance.now();
await using image = await openImageFile(path);
const openMs = performance.now() - startMs;
for (const file of ['.disk/info', 'isolinux/isolinux.cfg', 'live/vmlinuz', 'live/initrd.img'])
  await image.fs.open(file);
const bootFilesMs = performance.now() - startMs;
const addedMiBAfterOpen = addedMiB(startRss);
const listedFiles = await countFiles(image.fs);
const listAllMs = performance.now() - startMs - bootFilesMs;
process.stdout.write(
  `${JSON.stringify({
    openMs: roundMs(openMs),
    bootFilesMs: roundMs(bootFilesMs),
    addedMiBAfterOpen,
    listedFiles,
    listAllMs: roundMs(listAllMs),
    addedMiBAfterListAll: addedMiB(startRss),
  })}\n`,
);
