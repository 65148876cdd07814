import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { LINUX_RUNS, SECURE_BOOT_IS_ON, tinyLinuxIso } from '../testbed/tiny-linux-iso.ts';

const BOOT_TIMEOUT_MS = 180_000;

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'busybox'))('Secure Boot', () => {
  it('heals in the same power-on: the firmware refuses the first loader, and gets a signed one', async () => {
    const image = await tinyLinuxIso();
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image });
    const mac = '52:54:00:5b:00:01';
    await using machine = await Machine.powerOn(bed.station, {
      firmware: 'uefi-secure-boot',
      mac,
      tap: await bed.addTap(),
      memoryMiB: 512,
    });
    await station.explain(async () => {
      await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS);
      expect(await machine.serialText()).toMatch(SECURE_BOOT_IS_ON);
    });
    expect(station.eventsOf('client.loader')).toMatchObject([
      { mac, loader: 'snponly.efi', rung: 1, reason: 'first' },
      { mac, loader: 'shimx64.efi', rung: 3, reason: 'refused', previous: 'snponly.efi' },
    ]);
  });
});
