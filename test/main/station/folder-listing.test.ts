import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listFolder, locateFile } from '../../../main/station/folder-listing.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'fieldboot-home-'));
  vi.stubEnv('HOME', home);
  await mkdir(join(home, 'Downloads', 'old'), { recursive: true });
  await mkdir(join(home, 'Downloads', '.hidden'));
  await writeFile(join(home, 'Downloads', 'debian-10.iso'), '12345');
  await writeFile(join(home, 'Downloads', 'debian-9.ISO'), '1234');
  await writeFile(join(home, 'Downloads', 'letter.pdf'), '1');
  await symlink(join(home, 'gone.iso'), join(home, 'Downloads', 'broken.iso'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

describe('listFolder', () => {
  it('begins with the downloads: folders first, images in the order of their numbers, nothing else', async () => {
    const listing = await listFolder(undefined);
    expect(listing.folder).toBe(join(home, 'Downloads'));
    expect(listing.parent).toBe(home);
    expect(listing.entries.map(({ name, type, sizeBytes }) => [name, type, sizeBytes])).toEqual([
      ['old', 'folder', undefined],
      ['debian-9.ISO', 'image', 4],
      ['debian-10.iso', 'image', 5],
    ]);
    expect(listing.shortcuts.map(({ name }) => name)).toContain('Home');
  });

  it('says that a folder is not there', async () => {
    await expect(listFolder(join(home, 'nowhere'))).rejects.toMatchObject({
      code: 'E_IMAGE_NOT_READABLE',
      data: { reason: 'there is no such folder' },
    });
  });
});

describe('locateFile', () => {
  it('finds a dropped file by name and size, and not one of another size', async () => {
    expect(await locateFile('debian-10.iso', 5)).toBe(join(home, 'Downloads', 'debian-10.iso'));
    expect(await locateFile('debian-10.iso', 6)).toBeUndefined();
  });

  it('takes no path for a name', async () => {
    expect(await locateFile('../Downloads/debian-10.iso', 5)).toBeUndefined();
  });
});
