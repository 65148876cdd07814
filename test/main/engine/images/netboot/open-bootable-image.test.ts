import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageDescription } from '../../../../../main/contract/image.ts';
import { identify } from '../../../../../main/engine/images/identify.ts';
import type { NetbootPlaces } from '../../../../../main/engine/images/netboot/netboot-pair.ts';
import { openBootableImage } from '../../../../../main/engine/images/netboot/open-bootable-image.ts';
import { buildIso, type BuiltIso, canBuildIso } from '../../../../testbed/iso-builder.ts';
import { kernelBytes } from '../memory-image.ts';

const RELEASE = '6.1.0-50-amd64';
const kernelOf = (version: string): Uint8Array =>
  kernelBytes({ machine: 'x64', version: `${version} (debian-kernel)` });

describe.skipIf(!canBuildIso())('an installer disc on a computer with netboot installers', () => {
  let folder: string;
  let disc: BuiltIso;
  let mini: BuiltIso;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-netboot-'));
    for (const [name, version] of [
      ['12', '6.1.0-47-amd64'],
      ['13', RELEASE],
    ] as const) {
      await mkdir(join(folder, name, 'amd64'), { recursive: true });
      await writeFile(join(folder, name, 'amd64/linux'), kernelOf(version));
      await writeFile(join(folder, name, 'amd64/initrd.gz'), `initrd of ${version}`);
    }
    // Half of a pair is none.
    await mkdir(join(folder, '14/amd64'), { recursive: true });
    await cp(join(folder, '13/amd64/linux'), join(folder, '14/amd64/linux'));
    disc = await buildIso({
      label: 'Debian 12.12.0 amd64 n',
      files: {
        '.disk/info': 'Debian GNU/Linux 12.12.0 "Bookworm" - Official amd64 NETINST with firmware',
        'install.amd/vmlinuz': kernelOf(RELEASE),
        'install.amd/initrd.gz': 'looks for a disc',
        'dists/bookworm/Release': 'Origin: Debian\n',
        [`pool/main/l/linux-signed-amd64/ext4-modules-${RELEASE}-di_6.1.170-1_amd64.udeb`]: 'modules',
        'boot/grub/grub.cfg': "menuentry 'Install' {\n linux /install.amd/vmlinuz\n initrd /install.amd/initrd.gz\n}\n",
      },
    });
    mini = await buildIso({ files: { linux: kernelOf(RELEASE), 'initrd.gz': 'initrd of mini.iso' } });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await disc[Symbol.asyncDispose]();
    await mini[Symbol.asyncDispose]();
  });

  const described = async (places: NetbootPlaces): Promise<{ description: ImageDescription; initrd: string }> => {
    await using opened = await openBootableImage(disc.path, () => Promise.resolve(places));
    const description = await identify(opened);
    const file = await opened.fs.open(description.entries[0]?.variants[0]?.initrds[0] ?? '');
    const bytes = new Uint8Array(file?.sizeBytes ?? 0);
    await file?.read(bytes, 0);
    return { description, initrd: new TextDecoder().decode(bytes) };
  };

  it('installs by the one with its kernel, from its own packages', async () => {
    const { description, initrd } = await described({ folders: [join(folder, '*/*')], images: [] });
    expect(description).toMatchObject({ recipe: 'debian-disc-netboot', name: 'Debian 12.12.0 installer' });
    expect(description.entries.map(({ title }) => title)).toEqual(['Install', 'Rescue mode']);
    expect(description.entries[0]?.destructive).toBe(true);
    expect(description.entries[0]?.variants).toMatchObject([
      {
        firmware: ['bios', 'uefi-x64'],
        kernel: `.netboot/${RELEASE}/linux`,
        initrds: [`.netboot/${RELEASE}/initrd.gz`],
        commandLine: expect.stringContaining('mirror/http/hostname={ip}:{port} mirror/http/directory=/{iso} '),
      },
    ]);
    expect(description.extracted.map(({ path }) => path)).toContain(`.netboot/${RELEASE}/initrd.gz`);
    expect(description.warnings.join(' ')).not.toMatch(/cannot fetch them over the network/);
    expect(initrd).toBe(`initrd of ${RELEASE}`);
  });

  it('takes a netboot image of the library as well', async () => {
    const { initrd } = await described({ folders: [join(folder, 'absent/*')], images: ['/absent.iso', mini.path] });
    expect(initrd).toBe('initrd of mini.iso');
  });

  it('says clearly where it gets no further, where none has its kernel', async () => {
    const { description } = await described({ folders: [join(folder, '12/*')], images: [] });
    expect(description).toMatchObject({ recipe: 'debian-netinst' });
    expect(description.entries[0]?.variants[0]?.kernel).toBe('install.amd/vmlinuz');
    expect(description.warnings.join(' ')).toMatch(/cannot fetch them over the network.*mini\.iso/);
  });
});
