import { describe, expect, it } from 'vitest';
import { debianDisc } from '../testbed/debian-disc-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { startDiscInstallation } from './disc-installation.ts';

const INSTALLED_TIMEOUT_MS = 5_400_000;
const programs = ['qemu-system-x86_64', 'xorriso', 'grub-mkimage', 'mformat', 'apt-get', 'dpkg-deb', 'bsdtar'];

/** Its own initrd cannot install over a network; Debian's netboot installer with the same kernel can, out of the disc's packages. */
describe.skipIf(!bedAvailable(...programs))('a Debian disc', () => {
  it.each(['bios', 'uefi'] as const)(
    'is installed whole on a machine with %s, which then starts from its own disk',
    async (firmware) => {
      await using installation = await startDiscInstallation(await debianDisc('with-system'), [firmware]);
      const { station, machines } = installation;
      const [installing] = machines;
      if (installing === undefined) throw new Error('No machine was switched on');
      const { machine } = installing;
      await station.explain(async () => {
        await machine.waitForSerial(/installed login:/, INSTALLED_TIMEOUT_MS);
        process.stderr.write(`${(await machine.serialText()).trimEnd().slice(-800)}\n`);
      });
      // It came back as firmware after its installation, and was sent on to its own disk.
      const kernels = station
        .eventsOf('transfer.started')
        .filter(({ kind, path }) => kind === 'kernel' && path.endsWith('/linux'));
      expect(kernels).toHaveLength(1);
      expect(station.eventsOf('engine.trouble')).toEqual([]);
    },
  );
});
