import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import type { ImageDescription } from '../../../../main/contract/image.ts';
import { type BootTreeProgress, bootTreeState, writeBootTree } from '../../../../main/engine/images/boot-tree.ts';
import { type IdentifiableImage, identify } from '../../../../main/engine/images/identify.ts';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import { buildIso, canBuildIso } from '../../../testbed/iso-builder.ts';
import { isInstalled } from '../../../testbed/gate.ts';
import { debianLive, netinst } from './layouts.ts';
import { memoryImage } from './memory-image.ts';

const contentsOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('writeBootTree', () => {
  let folder: string;
  let out: string;
  let opened: IdentifiableImage;
  let image: ImageDescription;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-tree-'));
    out = join(folder, 'sub', 'tree');
    opened = memoryImage(netinst);
    image = await identify(opened);
  });
  afterEach(async () => {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true });
  });

  it('holds kernels, initrds and scripts', async () => {
    const written = await writeBootTree(opened, image, out);
    expect(await contentsOf(out)).toEqual(
      [
        'autoexec.ipxe',
        'boot.ipxe',
        `${image.id}/install.amd/gtk/initrd.gz`,
        `${image.id}/install.amd/initrd.gz`,
        `${image.id}/install.amd/vmlinuz`,
        'fieldboot-tree.json',
        'grub/grub.cfg',
        'pxelinux.cfg/default',
      ].sort(),
    );
    const kernel = await readFile(join(out, image.id, 'install.amd/vmlinuz'));
    expect(new Uint8Array(kernel)).toEqual(netinst.files['install.amd/vmlinuz']);
    expect(written.totalBytes).toBe(written.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(await readdir(join(folder, 'sub'))).toEqual(['tree']);
  });

  it('shows the menu without an entry, and starts one at once with it', async () => {
    await writeBootTree(opened, image, out);
    expect(await readFile(join(out, 'boot.ipxe'), 'utf8')).toContain('choose --default graphical-install');
    await writeBootTree(opened, image, out, { entryId: 'install', baseUrl: 'http://192.168.77.1' });
    const ipxe = await readFile(join(out, 'boot.ipxe'), 'utf8');
    expect(ipxe).not.toContain('choose');
    expect(ipxe).toContain('goto install');
    expect(ipxe).toContain(`kernel http://192.168.77.1/${image.id}/install.amd/vmlinuz`);
    await expect(writeBootTree(opened, image, out, { entryId: 'nope' })).rejects.toMatchObject({
      code: 'E_ENTRY_NOT_FOUND',
    });
  });

  it('writes none of an image that has no way over a network', async () => {
    const files = { 'nix-store.squashfs': 1, 'boot/bzImage': 1 };
    const nixos = memoryImage({ label: 'nixos-24.05', files });
    const described = await identify(nixos);
    await expect(writeBootTree(nixos, described, out)).rejects.toMatchObject({ code: 'E_IMAGE_CANNOT_NETBOOT' });
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(!isInstalled('grub-script-check'))('writes a GRUB script that GRUB understands', async () => {
    for (const options of [netinst, debianLive]) {
      const source = memoryImage(options);
      await writeBootTree(source, await identify(source), out, { systemFiles: true });
      const check = (): unknown => execFileSync('grub-script-check', [join(out, 'grub/grub.cfg')], { stdio: 'pipe' });
      expect(check).not.toThrow();
    }
  });

  it('has the files that a live system fetches, where another server has the tree alone', async () => {
    const live = memoryImage(debianLive);
    const description = await identify(live);
    const squashfs = `${description.id}/live/filesystem.squashfs`;
    await writeBootTree(live, description, out);
    expect(await contentsOf(out)).not.toContain(squashfs);
    await writeBootTree(live, description, out, { systemFiles: true });
    expect(await contentsOf(out)).toContain(squashfs);
  });

  it('tells its progress in bytes, to the end', async () => {
    const seen: BootTreeProgress[] = [];
    const { totalBytes } = await writeBootTree(opened, image, out, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ doneBytes: totalBytes, totalBytes });
    expect(seen.every(({ doneBytes }, index) => doneBytes > (seen[index - 1]?.doneBytes ?? 0))).toBe(true);
  });

  it('replaces a tree as a whole', async () => {
    await writeBootTree(opened, image, out);
    await writeFile(join(out, 'stray'), 'x');
    await writeBootTree(opened, image, out);
    expect(await contentsOf(out)).not.toContain('stray');
  });

  it.each([
    ['reading fails', { failAt: 'initrd' }, 'E_IMAGE_DAMAGED'],
    ['it is aborted', { abort: true }, 'E_INTERRUPTED'],
  ])('leaves the old tree as it was when %s', async (_title, how, code) => {
    await writeBootTree(opened, image, out);
    const before = await contentsOf(out);
    await writeFile(join(out, 'boot.ipxe'), 'old');
    const damaged = new StationError('E_IMAGE_DAMAGED', { path: 'x', detail: 'y' });
    const fs = {
      ...opened.fs,
      open: async (path: string) => {
        const file = await opened.fs.open(path);
        if (file === undefined || !('failAt' in how) || !path.includes(how.failAt)) return file;
        return { ...file, read: async () => await Promise.reject(damaged) };
      },
    };
    const controller = new AbortController();
    const options = {
      signal: controller.signal,
      onProgress: () => 'abort' in how && controller.abort(new StationError('E_INTERRUPTED', {})),
    };
    await expect(writeBootTree({ ...opened, fs }, image, out, options)).rejects.toMatchObject({ code });
    expect(await contentsOf(out)).toEqual(before);
    expect(await readFile(join(out, 'boot.ipxe'), 'utf8')).toBe('old');
    expect(await readdir(join(folder, 'sub'))).toEqual(['tree']);
  });

  it('puts right what a kill left behind', async () => {
    await writeBootTree(opened, image, out);
    const old = join(folder, 'sub', '.tree.old');
    // Killed between the two renames, with a fresh folder of a process that is gone.
    await mkdir(join(folder, 'sub', '.tree.new-999999999-1'));
    await rm(old, { recursive: true, force: true });
    const { rename } = await import('node:fs/promises');
    await rename(out, old);
    const unreadable = { ...opened, fs: { ...opened.fs, open: async () => await Promise.reject(new Error('gone')) } };
    await expect(writeBootTree(unreadable, image, out)).rejects.toThrow('gone');
    await writeBootTree(opened, image, out);
    expect(await readdir(join(folder, 'sub'))).toEqual(['tree']);
  });

  it.each([
    ['a folder of somebody', async (path: string) => await writeFile(join(path, 'thesis.odt'), 'x')],
    [
      'a folder with a marker that is not ours',
      async (path: string) => await writeFile(join(path, 'fieldboot-tree.json'), '{'),
    ],
  ])('never replaces %s', async (_title, fill) => {
    await mkdir(out, { recursive: true });
    await fill(out);
    const before = await contentsOf(out);
    await expect(writeBootTree(opened, image, out)).rejects.toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE' });
    expect(await contentsOf(out)).toEqual(before);
    expect(await bootTreeState(out)).toBe('foreign');
  });

  it('fills an empty folder', async () => {
    await mkdir(out, { recursive: true });
    await writeBootTree(opened, image, out);
    expect(await bootTreeState(out)).toBe('tree');
  });

  it('says why it cannot write', async () => {
    await writeFile(join(folder, 'file'), 'x');
    for (const bad of [join(folder, 'file'), join(folder, 'file', 'tree')]) {
      await expect(writeBootTree(opened, image, bad)).rejects.toMatchObject({ code: 'E_OUTPUT_NOT_WRITABLE' });
    }
  });

  it('does not begin what cannot fit on the disk', async () => {
    const huge = {
      ...opened,
      fs: {
        ...opened.fs,
        open: async (path: string) => {
          const file = await opened.fs.open(path);
          return file && { ...file, sizeBytes: 2 ** 60 };
        },
      },
    };
    await expect(writeBootTree(huge, image, out)).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['../outside', 'a/../../outside', '/etc/outside', 'a//b', 'a\\..\\..\\b', 'c:\\x'])(
    'refuses to write %s',
    async (path) => {
      const hostile = { ...image, extracted: [{ path, sizeBytes: 1 }] };
      const fs = { ...opened.fs, open: async () => await opened.fs.open('install.amd/vmlinuz') };
      await expect(writeBootTree({ ...opened, fs }, hostile, out)).rejects.toMatchObject({
        code: 'E_OUTPUT_NOT_WRITABLE',
      });
      expect(await readdir(join(folder, 'sub'))).toEqual([]);
    },
  );

  it('goes through a link to the folder that it means', async () => {
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'link'));
    await writeBootTree(opened, image, join(folder, 'link', 'tree'));
    expect(await bootTreeState(join(folder, 'real', 'tree'))).toBe('tree');
  });
});

describe.skipIf(!canBuildIso())('boot tree of a real image', () => {
  it('has the bytes of the image', async () => {
    const kernel = Buffer.concat([
      Buffer.from(netinst.files['install.amd/vmlinuz'] as Uint8Array),
      Buffer.alloc(2_500_000, 'k'),
    ]);
    const initrd = Buffer.alloc(3_000_001, 'initrd');
    await using iso = await buildIso({
      label: 'Debian 12.5.0 amd64 n',
      files: {
        'isolinux/isolinux.bin': Buffer.alloc(4096),
        'isolinux/isolinux.cfg':
          'default i\nlabel i\n menu label ^Install\n kernel /install.amd/vmlinuz\n append initrd=/install.amd/initrd.gz --- quiet\n',
        'install.amd/vmlinuz': kernel,
        'install.amd/initrd.gz': initrd,
        'dists/x': 'x',
      },
      boot: { bios: 'isolinux/isolinux.bin' },
    });
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-tree-'));
    try {
      await using opened = await openImageFile(iso.path);
      const image = await identify(opened);
      const { files } = await writeBootTree(opened, image, join(folder, 'tree'));
      expect(files.slice(0, 2)).toEqual([
        { path: `${image.id}/install.amd/vmlinuz`, sizeBytes: kernel.length },
        { path: `${image.id}/install.amd/initrd.gz`, sizeBytes: initrd.length },
      ]);
      const read = async (path: string): Promise<Buffer> => await readFile(join(folder, 'tree', image.id, path));
      expect((await read('install.amd/vmlinuz')).equals(kernel)).toBe(true);
      expect((await read('install.amd/initrd.gz')).equals(initrd)).toBe(true);
      const scripts = ['boot.ipxe', 'grub/grub.cfg', 'pxelinux.cfg/default'];
      const texts = await Promise.all(
        scripts.map(async (path) => (await readFile(join(folder, 'tree', path), 'utf8')).replaceAll(image.id, 'IMAGE')),
      );
      expect(texts.join('\n')).toMatchSnapshot();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
