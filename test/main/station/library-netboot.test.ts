import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLibraryService } from '../../../main/station/library-service.ts';
import { createStateHolder } from '../../../main/station/state-holder.ts';
import { buildIso, type BuiltIso, canBuildIso } from '../../testbed/iso-builder.ts';
import { kernelBytes } from '../engine/images/memory-image.ts';
import { emptyState } from './empty-state.ts';

// No kernel of any release, so that no installer of this computer fits.
const RELEASE = '6.0.1-fieldboot-test';
const kernel = kernelBytes({ machine: 'x64', version: RELEASE });

describe.skipIf(!canBuildIso())('a library with an installer disc', () => {
  let folder: string;
  let disc: BuiltIso;
  let netboot: BuiltIso;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-library-'));
    disc = await buildIso({
      label: 'Debian 12.12.0 amd64 n',
      files: {
        '.disk/info': 'Debian GNU/Linux 12.12.0 "Bookworm" - Official amd64 NETINST with firmware',
        'install.amd/vmlinuz': kernel,
        'install.amd/initrd.gz': 'looks for a disc',
        'dists/bookworm/Release': 'Origin: Debian\n',
        [`pool/main/l/linux-signed-amd64/ext4-modules-${RELEASE}-di_6.0.1_amd64.udeb`]: 'modules',
        'isolinux/isolinux.cfg': 'label install\n kernel /install.amd/vmlinuz\n append initrd=/install.amd/initrd.gz\n',
      },
    });
    netboot = await buildIso({
      label: 'ISOIMAGE',
      files: {
        linux: kernel,
        'initrd.gz': 'fetches its packages',
        'isolinux.cfg': 'include menu.cfg\n',
        'menu.cfg':
          'menu title Debian GNU/Linux installer menu\nlabel install\n kernel /linux\n append initrd=/initrd.gz\n',
      },
    });
  });
  afterAll(async () => {
    await disc[Symbol.asyncDispose]();
    await netboot[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('knows at once that a netboot image makes it installable over the network, and when that is gone', async () => {
    const holder = createStateHolder(emptyState);
    await using library = await createLibraryService({ holder, dataFolder: folder, now: Date.now });
    const recipeOf = (imageId: string) => holder.state.images.find(({ id }) => id === imageId)?.description?.recipe;

    const { imageId } = await library.add(disc.path);
    expect(recipeOf(imageId)).toBe('debian-netinst');
    const { imageId: netbootId } = await library.add(netboot.path);
    expect(recipeOf(netbootId)).toBe('debian-netboot');
    expect(recipeOf(imageId)).toBe('debian-disc-netboot');
    await library.remove(netbootId);
    expect(recipeOf(imageId)).toBe('debian-netinst');
  });
});
