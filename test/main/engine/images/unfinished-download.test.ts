import { copyFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeImage } from '../../../../main/engine/images/describe-image.ts';
import { addImage, keepImage } from '../../../../main/engine/images/library.ts';
import { readLibrary } from '../../../../main/engine/images/library-file.ts';
import { writeRehearsalImage } from '../../../../main/engine/rehearsal/rehearsal-image.ts';

let folder: string;
let image: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-download-'));
  image = join(folder, 'bench.iso');
  await writeRehearsalImage(image, { kernelBytes: 50_000, initrdBytes: 50_000, systemBytes: 50_000 });
});
afterEach(async () => await rm(folder, { recursive: true }));

describe('a download that has not finished', () => {
  it('is told by the size that the image says it has, with what points to the reason', async () => {
    const { length } = await readFile(image);
    await truncate(image, length - 4096);
    await expect(describeImage(image)).rejects.toMatchObject({ code: 'E_IMAGE_TRUNCATED' });
    await writeFile(`${image}.aria2`, '');
    const advice = expect.stringContaining('bench.iso.aria2 lies beside it') as string;
    await expect(describeImage(image)).rejects.toMatchObject({ code: 'E_IMAGE_TRUNCATED', advice });
    await expect(keepImage(image, folder, 0)).rejects.toMatchObject({ advice });
    await expect(addImage(image, folder, { nowMs: 0 })).rejects.toMatchObject({ advice });
  });

  it.each(['bench.iso.part', 'bench.iso.crdownload', 'Unconfirmed 1.download'])('may be called %s', async (name) => {
    await rename(image, join(folder, name));
    const { warnings } = await describeImage(join(folder, name));
    expect(warnings.at(-1)).toContain(`Its name, ${name},`);
  });

  it.each(['.aria2', '.part', '.crdownload', '.zs-old'])('may have a %s beside it', async (suffix) => {
    const { warnings: before } = await describeImage(image);
    await writeFile(image + suffix, '');
    const { warnings } = await describeImage(image);
    expect(warnings).toHaveLength(before.length + 1);
    expect(warnings.at(-1)).toContain(`bench.iso${suffix} lies beside it`);
  });
});

describe('the same image under another path', () => {
  it('is told and not added twice', async () => {
    const first = await keepImage(image, folder, 0);
    const copy = join(folder, 'copy.iso');
    await copyFile(image, copy);
    expect(await keepImage(copy, folder, 1)).toMatchObject({
      alreadyAt: image,
      image: { id: first.image.id, path: image },
    });
    expect(await addImage(copy, folder, { nowMs: 2 })).toMatchObject({ alreadyAt: image, image: { path: image } });
    expect((await readLibrary(folder)).map(({ path }) => path)).toEqual([image]);
    expect((await keepImage(image, folder, 3)).alreadyAt).toBeUndefined();
  });

  it('takes its place where the first one is gone', async () => {
    await keepImage(image, folder, 0);
    const moved = join(folder, 'moved.iso');
    await rename(image, moved);
    expect(await keepImage(moved, folder, 1)).toMatchObject({ alreadyAt: undefined, image: { path: moved } });
    expect((await readLibrary(folder)).map(({ path }) => path)).toEqual([moved]);
  });

  it('is another one where its content differs further in', async () => {
    await addImage(image, folder, { nowMs: 0 });
    const other = join(folder, 'other.iso');
    const bytes = await readFile(image);
    bytes[bytes.length - 1] = 1;
    await writeFile(other, bytes);
    expect(await addImage(other, folder, { nowMs: 1 })).toMatchObject({ alreadyAt: undefined, image: { path: other } });
  });
});
