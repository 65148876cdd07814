import { describe, expect, it } from 'vitest';
import { debianDisc } from '../testbed/debian-disc-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { startDiscInstallation } from './disc-installation.ts';
import { filesSentTo } from './files-sent.ts';
import { partitionsOf } from './partition-table.ts';

const PARTITIONED_TIMEOUT_MS = 1_200_000;

const programs = ['qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat', 'apt-get', 'dpkg-deb', 'bsdtar'];

/** Its own initrd cannot install over a network; Debian's netboot installer with the same kernel can, out of the disc's packages. */
describe.skipIf(!bedAvailable(...programs))('a Debian disc', () => {
  it(
    'installs by answers: it makes file systems on an empty disk and asks nothing',
    { timeout: 1_800_000 },
    async () => {
      await using installation = await startDiscInstallation(await debianDisc('partitioner'), ['bios', 'uefi']);
      const { station, machines } = installation;
      await station.explain(async () => {
        await Promise.all(
          machines.map(async ({ machine, disk }) => {
            await machine.waitFor(
              'ext4 on its disk',
              async () => ((await partitionsOf(disk)).some(({ isExt }) => isExt) ? true : undefined),
              PARTITIONED_TIMEOUT_MS,
            );
            expect(filesSentTo(station, machine.mac)).toEqual(expect.arrayContaining(['kernel', 'initrd', 'system']));
          }),
        );
        const paths = station.eventsOf('transfer.started').map(({ path }) => path.replace(/^[^/]+\//, ''));
        expect(paths).toContain('dists/trixie/Release');
        expect(paths.filter((path) => /^pool\/.*partman-auto_.*\.udeb$/.test(path)).length).toBeGreaterThan(0);
        expect(paths.filter((path) => path.startsWith('install.amd/'))).toEqual([]);
      });
      expect(station.eventsOf('engine.trouble')).toEqual([]);
    },
  );
});
