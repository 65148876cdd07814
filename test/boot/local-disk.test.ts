import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { buildSystemDisk, DISK_RUNS } from '../testbed/system-disk.ts';
import { LINUX_RUNS, tinyLinuxIso } from '../testbed/tiny-linux-iso.ts';

const BOOT_TIMEOUT_MS = 200_000;
const RESETS = 2;

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'busybox', 'grub-mkimage', 'mformat'))(
  'a machine that is done',
  () => {
    it('starts its own disk, however often it is switched on', async () => {
      const image = await tinyLinuxIso();
      await using bed = await Bed.open();
      await using station = await Station.serve(bed, { image, words: ['--after-boot', 'local-disk'] });
      await using machines = new AsyncDisposableStack();
      const run = async (firmware: 'bios' | 'uefi', mac: string): Promise<void> => {
        const disk = machines.use(await buildSystemDisk());
        const options = { firmware, mac, memoryMiB: 512, ipv6: false, disk: disk.path };
        const machine = machines.use(await Machine.powerOn(bed.station, { ...options, tap: await bed.addTap() }));
        await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS);
        for (let reset = 1; reset <= RESETS; reset++) {
          await machine.reset();
          await machine.waitFor(
            `system on the disk, after reset ${reset} of ${firmware}`,
            async () => ((await machine.serialText()).match(DISK_RUNS)?.length ?? 0) >= reset || undefined,
            BOOT_TIMEOUT_MS,
          );
        }
        const methods = station.eventsOf('client.local-disk').filter((event) => event.mac === mac);
        expect(methods.map(({ method }) => method)).toEqual([firmware === 'bios' ? 'no-boot-file' : 'loader-exit']);
        expect(station.eventsOf('client.planned').filter((event) => event.mac === mac).length).toBeLessThanOrEqual(2);
      };
      await station.explain(
        async () => await Promise.all([run('bios', '52:54:00:1d:00:01'), run('uefi', '52:54:00:1d:00:02')]),
      );
    });
  },
);
