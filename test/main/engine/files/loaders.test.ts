import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loaderRoute } from '../../../../main/engine/files/loader-route.ts';
import { locateLoadersFolder } from '../../../../main/engine/files/loaders-folder.ts';
import {
  type LoaderManifest,
  loaderManifestSchema,
  readLoaderManifest,
} from '../../../../main/engine/files/loaders-manifest.ts';
import { openLoaders } from '../../../../main/engine/files/loaders.ts';
import type { FileRequest } from '../../../../main/engine/files/route.ts';

const content = { 'undionly.kpxe': 'first loader', 'ldlinux.c32': 'a module' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const pin = (file: keyof typeof content, required: boolean): object => ({
  file,
  pathInPackage: `usr/lib/${file}`,
  sha256: sha256(content[file]),
  sizeBytes: content[file].length,
  firmware: ['bios'],
  required,
});

const manifestOf = (...files: readonly object[]): unknown => ({
  packages: [
    {
      package: 'ipxe',
      version: '1.0-1',
      suite: 'trixie',
      licence: 'GPL-2.0-or-later',
      sourcePackage: 'ipxe',
      upstream: 'https://ipxe.org/',
      files,
    },
  ],
});

const manifest: LoaderManifest = loaderManifestSchema.parse(
  manifestOf(pin('undionly.kpxe', true), pin('ldlinux.c32', false)),
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-loaders-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const store = async (file: string, text: string): Promise<void> => await writeFile(join(folder, file), text);

describe('openLoaders', () => {
  it("takes a person's own signed set, and no other file that is not pinned", async () => {
    await store('undionly.kpxe', content['undionly.kpxe']);
    await mkdir(join(folder, 'x86_64-sb/ipxe.efi'), { recursive: true });
    for (const file of ['x86_64-sb/snponly-shim.efi', 'x86_64-sb/other.efi', 'other.efi']) await store(file, 'bytes');
    await store('x86_64-sb/snponly.efi', '');
    const { byFile } = await openLoaders(folder, manifest);
    expect([...byFile.keys()]).toEqual(['undionly.kpxe', 'x86_64-sb/snponly-shim.efi']);
    expect(byFile.get('x86_64-sb/snponly-shim.efi')?.sha256).toBe(sha256('bytes'));
  });

  it('opens what is there and tells what is not', async () => {
    await store('undionly.kpxe', content['undionly.kpxe']);
    const loaders = await openLoaders(folder, manifest);
    expect([...loaders.byFile.keys()]).toEqual(['undionly.kpxe']);
    expect(Buffer.from(loaders.byFile.get('undionly.kpxe')?.bytes ?? []).toString()).toBe('first loader');
    expect(loaders.missing).toEqual(['ldlinux.c32']);
  });

  it('names the required ones that are missing, and only those', async () => {
    await expect(openLoaders(folder, manifest)).rejects.toMatchObject({
      code: 'E_LOADERS_MISSING',
      data: { folder, missing: ['undionly.kpxe'] },
    });
  });

  it('counts a folder in the place of a loader as missing', async () => {
    await mkdir(join(folder, 'undionly.kpxe'));
    await expect(openLoaders(folder, manifest)).rejects.toMatchObject({ code: 'E_LOADERS_MISSING' });
  });

  it.each([
    ['a changed byte', 'first loadeR', sha256('first loadeR')],
    ['another length', 'first loader and more', 'of another file (21 bytes)'],
  ])('refuses %s', async (_, text, actual) => {
    await store('undionly.kpxe', text);
    await expect(openLoaders(folder, manifest)).rejects.toMatchObject({
      code: 'E_LOADER_CORRUPT',
      exitCode: 3,
      data: { path: join(folder, 'undionly.kpxe'), expected: sha256(content['undionly.kpxe']), actual },
    });
  });

  it('refuses a corrupt loader also where it is not required', async () => {
    await store('undionly.kpxe', content['undionly.kpxe']);
    await store('ldlinux.c32', 'A module');
    await expect(openLoaders(folder, manifest)).rejects.toMatchObject({ code: 'E_LOADER_CORRUPT' });
  });
});

describe('a loader that a person supplies', () => {
  const withWimboot = (bytes: string): LoaderManifest => ({
    ...manifest,
    supplied: [
      {
        file: 'wimboot',
        licence: 'GPL-2.0-or-later',
        upstream: 'https://ipxe.org/wimboot',
        releases: [{ version: '2.9.0', sha256: sha256(bytes) }],
      },
    ],
  });

  it('is taken where it is a release of its makers, and may be missing', async () => {
    await store('undionly.kpxe', content['undionly.kpxe']);
    expect((await openLoaders(folder, withWimboot('a release'))).byFile.has('wimboot')).toBe(false);
    await store('wimboot', 'a release');
    const { byFile, missing } = await openLoaders(folder, withWimboot('a release'));
    expect(byFile.get('wimboot')?.sha256).toBe(sha256('a release'));
    expect(missing).not.toContain('wimboot');
  });

  it('is refused where it is something else', async () => {
    await store('undionly.kpxe', content['undionly.kpxe']);
    await store('wimboot', 'something else');
    await expect(openLoaders(folder, withWimboot('a release'))).rejects.toMatchObject({
      code: 'E_LOADER_CORRUPT',
      data: { actual: sha256('something else'), expected: expect.stringContaining('2.9.0') as string },
    });
  });
});

describe('the loader route', () => {
  const request = (path: string): FileRequest => ({
    path,
    query: new URLSearchParams(),
    protocol: 'tftp',
    peerAddress: '192.0.2.1',
  });

  it('serves any range of a loader at the root, and declines the rest', async () => {
    await store('undionly.kpxe', content['undionly.kpxe']);
    const route = loaderRoute(await openLoaders(folder, manifest));
    const file = await route.claim(request('undionly.kpxe'));
    expect(file).toMatchObject({ kind: 'loader', sizeBytes: 12, entityTag: `"${sha256('first loader')}"` });

    const target = new Uint8Array(8);
    expect(await file?.read(target, 6)).toBe(6);
    expect(Buffer.from(target.subarray(0, 6)).toString()).toBe('loader');
    expect(await file?.read(target, 12)).toBe(0);
    await file?.close();

    for (const path of ['ldlinux.c32', 'boot/undionly.kpxe', 'UNDIONLY.KPXE', '']) {
      expect(await route.claim(request(path))).toBeUndefined();
    }
  });
});

describe('the manifest', () => {
  it('pins every loader of the station, with the ones that firmware is sent first required', async () => {
    const { packages } = await readLoaderManifest();
    const files = packages.flatMap(({ files }) => files);
    expect(files.filter(({ required }) => required).map(({ file }) => file)).toEqual([
      'undionly.kpxe',
      'snponly.efi',
      'ipxe-arm64.efi',
    ]);
    expect(files.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'ipxe.pxe',
        'ipxe.efi',
        'pxelinux.0',
        'ldlinux.c32',
        'shimx64.efi',
        'grubx64.efi',
        'mmx64.efi',
        'memtest86+x64.bin',
        'memtest86+x64.efi',
      ]),
    );
  });

  it.each([
    ['a name that leaves the folder', { file: '../undionly.kpxe' }],
    ['a path that leaves the package', { pathInPackage: 'usr/../../etc/passwd' }],
    ['an absolute path', { pathInPackage: '/etc/passwd' }],
    ['a short hash', { sha256: 'abc' }],
    ['an unknown firmware', { firmware: ['openfirmware'] }],
  ])('is refused with %s', (_, change) => {
    const result = loaderManifestSchema.safeParse(manifestOf({ ...pin('undionly.kpxe', true), ...change }));
    expect(result.success).toBe(false);
  });

  it('is refused with two loaders of one name', () => {
    const twice = manifestOf(pin('undionly.kpxe', true), pin('undionly.kpxe', false));
    expect(loaderManifestSchema.safeParse(twice).success).toBe(false);
  });
});

describe('locateLoadersFolder', () => {
  it('takes FIELDBOOT_LOADERS, else the folder of the set-up', () => {
    const root = resolve(import.meta.dirname, '../../../..');
    expect(locateLoadersFolder({ FIELDBOOT_LOADERS: '/srv/loaders' })).toBe('/srv/loaders');
    expect(locateLoadersFolder({ FIELDBOOT_LOADERS: '' })).toBe(join(root, '.loaders'));
    expect(locateLoadersFolder({})).toBe(join(root, '.loaders'));
  });
});
