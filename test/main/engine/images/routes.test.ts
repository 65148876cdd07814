import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageDescription } from '../../../../main/contract/image.ts';
import type { FileRequest, Route, ServedFile } from '../../../../main/engine/files/route.ts';
import { writeBootTree } from '../../../../main/engine/images/boot-tree.ts';
import { type IdentifiableImage, identify } from '../../../../main/engine/images/identify.ts';
import { isoRoute } from '../../../../main/engine/images/iso-route.ts';
import { treeRoute } from '../../../../main/engine/images/tree-route.ts';
import { netinst } from './layouts.ts';
import { memoryImage } from './memory-image.ts';

const request = (path: string): FileRequest => ({
  path,
  query: new URLSearchParams(),
  protocol: 'http',
  peerAddress: '192.168.77.20',
});

async function claimed(route: Route, path: string): Promise<ServedFile | undefined> {
  return await route.claim(request(path));
}

async function textOf(file: ServedFile | undefined, from = 0, length = 1000): Promise<string> {
  const target = new Uint8Array(length);
  const read = (await file?.read(target, from)) ?? 0;
  return new TextDecoder('latin1').decode(target.subarray(0, read));
}

let folder: string;
let tree: string;
let opened: IdentifiableImage;
let image: ImageDescription;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-routes-'));
  tree = join(folder, 'tree');
  opened = memoryImage(netinst);
  image = await identify(opened);
});
afterEach(async () => await rm(folder, { recursive: true }));

describe('isoRoute', () => {
  it('serves files of the image by their kind, and the whole image', async () => {
    const route = isoRoute(opened, image);
    const kinds = await Promise.all(
      ['install.amd/vmlinuz', 'install.amd/initrd.gz', '.disk/info'].map(
        async (path) => (await claimed(route, `${image.id}/${path}`))?.kind,
      ),
    );
    expect(kinds).toEqual(['kernel', 'initrd', 'system']);
    expect(await claimed(route, `${image.id}.iso`)).toMatchObject({
      kind: 'image',
      sizeBytes: opened.source.sizeBytes,
    });
    expect(await textOf(await claimed(route, `${image.id}/.disk/info`), 7, 9)).toBe('GNU/Linux');
  });

  it('declines what is not there, what is a folder and what is another image', async () => {
    const route = isoRoute(opened, image);
    for (const path of [
      '',
      image.id,
      `${image.id}/`,
      `${image.id}/nope`,
      `${image.id}/isolinux`,
      'other/.disk/info',
      '.disk/info',
    ]) {
      expect(await claimed(route, path)).toBeUndefined();
    }
  });

  it('looks a path up once, and again after an error', async () => {
    let looks = 0;
    let isBroken = false;
    const fs = {
      ...opened.fs,
      open: async (path: string) => {
        looks++;
        if (isBroken) throw new Error('the disk is gone');
        return await opened.fs.open(path);
      },
    };
    const route = isoRoute({ ...opened, fs }, image);
    for (let time = 0; time < 5; time++) await claimed(route, `${image.id}/.disk/info`);
    expect(looks).toBe(1);
    isBroken = true;
    await expect(claimed(route, `${image.id}/dists`)).rejects.toThrow('gone');
    isBroken = false;
    expect(await claimed(route, `${image.id}/install.amd/vmlinuz`)).toBeDefined();
    expect(await claimed(route, `${image.id}/dists`)).toBeUndefined();
    expect(looks).toBe(4);
  });

  it('forgets the oldest of many paths', async () => {
    let looks = 0;
    const fs = { ...opened.fs, open: async () => (looks++, await Promise.resolve(undefined)) };
    const route = isoRoute({ ...opened, fs }, image);
    for (let index = 0; index < 5000; index++) await claimed(route, `${image.id}/${index}`);
    await claimed(route, `${image.id}/4999`);
    expect(looks).toBe(5000);
    await claimed(route, `${image.id}/0`);
    expect(looks).toBe(5001);
  });
});

describe('treeRoute', () => {
  beforeEach(async () => {
    await writeBootTree(opened, image, tree);
  });

  it('serves the files of the tree by their kind', async () => {
    const route = treeRoute(tree, image);
    for (const [path, kind] of [
      [`${image.id}/install.amd/vmlinuz`, 'kernel'],
      [`${image.id}/install.amd/initrd.gz`, 'initrd'],
      ['boot.ipxe', 'script'],
      ['grub/grub.cfg', 'script'],
      ['pxelinux.cfg/default', 'script'],
    ] as const) {
      const file = await claimed(route, path);
      expect([path, file?.kind]).toEqual([path, kind]);
      await file?.close();
    }
    const script = await claimed(route, 'boot.ipxe');
    expect(await textOf(script, 2, 4)).toBe('ipxe');
    expect(await textOf(script, script?.sizeBytes)).toBe('');
    await script?.close();
  });

  it('calls the same bytes by the same tag as the image itself', async () => {
    const path = `${image.id}/install.amd/vmlinuz`;
    const onDisk = await claimed(treeRoute(tree, image), path);
    const inImage = await claimed(isoRoute(opened, image), path);
    expect(onDisk?.entityTag).toBe(inImage?.entityTag);
    expect(onDisk?.entityTag).toMatch(/^"[\w.-]+"$/);
    const other = await claimed(treeRoute(tree, image), `${image.id}/install.amd/initrd.gz`);
    expect(other?.entityTag).not.toBe(onDisk?.entityTag);
    for (const file of [onDisk, other]) await file?.close();
  });

  it('declines what is not there, folders, and what lies outside', async () => {
    await writeFile(join(folder, 'secret'), 'x');
    await symlink(join(folder, 'secret'), join(tree, 'link'));
    await symlink(folder, join(tree, 'up'));
    await symlink('loop', join(tree, 'loop'));
    const route = treeRoute(tree, image);
    for (const path of [
      'nope',
      image.id,
      '',
      'link',
      'up/secret',
      'loop',
      '../secret',
      'a/../../secret',
      '..\\secret',
      'x\0y',
    ]) {
      expect([path, await claimed(route, path)]).toEqual([path, undefined]);
    }
    expect(await claimed(treeRoute(join(folder, 'no-tree'), image), 'boot.ipxe')).toBeUndefined();
  });

  it('leaves a kernel of the wrong size to the image', async () => {
    await truncate(join(tree, image.id, 'install.amd/vmlinuz'), 10);
    expect(await claimed(treeRoute(tree, image), `${image.id}/install.amd/vmlinuz`)).toBeUndefined();
  });

  it('goes on with a file whose tree was replaced, and tells of one that was cut short', async () => {
    const route = treeRoute(tree, image);
    const kept = await claimed(route, 'boot.ipxe');
    await rename(tree, join(folder, 'old'));
    await mkdir(tree);
    expect(await textOf(kept, 2, 4)).toBe('ipxe');
    await kept?.close();
    await rename(join(folder, 'old'), join(tree, 'x'));
    const cut = await claimed(route, 'x/boot.ipxe');
    await truncate(join(tree, 'x/boot.ipxe'), 1);
    await expect(cut?.read(new Uint8Array(100), 0)).rejects.toMatchObject({ code: 'E_IMAGE_CHANGED' });
    await cut?.close();
  });
});
